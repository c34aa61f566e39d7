import type { Carrier } from '../carrier/carrier.ts';
import type { CarrierCodes } from '../carrier/codes.ts';
import type { AccountState, Answer, InboundRoute, SenderState } from '../carrier/inquiry.ts';
import type { Config } from '../platform/config.ts';
import { fine, warning, wrong, type Check, type Verdict } from './check.ts';

type Codes = Pick<CarrierCodes, 'error'>;
type Settings = Pick<Config, 'smsMode' | 'sender' | 'webhookUrl' | 'emulator'>;

/** How Twilio is asked to try again: up to five times, whatever went wrong. It is not part of what Twilio signs. */
const RETRY_FRAGMENT = '#rc=5&rp=all';

const NOT_ASKED = fine('Not checked: sending is disabled.');

/** What Parley's side of Twilio looks like: the account, the sender, and where texts are handed on to. */
export function twilioChecks(config: Settings, carrier: Pick<Carrier, 'codes' | 'inquiry'>): Check[] {
  // Two checks look at the same answer.
  let asked: Promise<Answer<SenderState | null>> | null = null;
  const sender = (): Promise<Answer<SenderState | null>> | null => {
    const { sender } = config;
    if (config.smsMode === 'disabled' || sender === null) return null;
    return (asked ??= carrier.inquiry().then((inquiry) => inquiry.sender(sender)));
  };
  return [
    {
      id: 'twilio-account',
      title: 'Twilio account',
      async run() {
        if (config.smsMode === 'disabled') return NOT_ASKED;
        const inquiry = await carrier.inquiry();
        return judgeAccount(carrier.codes, await inquiry.account());
      },
    },
    {
      id: 'twilio-sender',
      title: 'Sender number',
      run: async () => judgeSender(config, await sender()),
    },
    {
      id: 'twilio-webhook',
      title: 'Webhook address',
      run: async () => judgeWebhook(config, await sender()),
    },
  ];
}

function judgeAccount(codes: Codes, answer: Answer<AccountState>): Verdict {
  if (answer.kind !== 'answered') return refusal(codes, answer);
  const { status, type } = answer.value;
  if (status !== 'active') return wrong(`The account is ${status}.`, 'Reactivate it in the Twilio console.');
  if (type !== 'Trial') return fine('Credentials accepted; the account is active.');
  return warning(
    'This is a trial account: it can text verified numbers only, and adds a line to every message.',
    'Upgrade it in the Twilio console.',
  );
}

function judgeSender({ sender }: Settings, answer: Answer<SenderState | null> | null): Verdict {
  if (sender === null || answer === null) return NOT_ASKED;
  if (answer.kind !== 'answered') return notChecked(answer);
  const setting = sender.kind === 'service' ? 'TWILIO_MESSAGING_SERVICE_SID' : 'TWILIO_FROM_NUMBER';
  if (answer.value === null)
    return wrong(
      `${setting} names nothing that belongs to the account.`,
      `Correct ${setting}, or TWILIO_ACCOUNT_SID.`,
    );
  const { numbers } = answer.value;
  if (numbers.length === 0)
    return wrong('The messaging service has no number.', 'Add a sender to it in the Twilio console.');
  const mute = numbers.filter((number) => !number.sms).length;
  if (mute === numbers.length)
    return wrong('It cannot send messages.', 'Rent a number with the SMS capability.');
  if (mute > 0)
    return warning(
      `${String(mute)} of ${String(numbers.length)} numbers cannot send messages.`,
      'Remove them from the messaging service.',
    );
  return fine(
    numbers.length === 1
      ? 'It belongs to the account and can send messages.'
      : `${String(numbers.length)} numbers; all can send messages.`,
  );
}

function judgeWebhook(config: Settings, answer: Answer<SenderState | null> | null): Verdict {
  if (answer === null) return NOT_ASKED;
  if (answer.kind !== 'answered') return notChecked(answer);
  const routes = routesOf(answer.value);
  if (routes.length === 0) return warning('Not checked: there is no sender number.', 'Fix the sender first.');
  const wanted = `${config.webhookUrl}/inbound`;
  const mend = `In the Twilio console, set the address for incoming messages to ${wanted}${RETRY_FRAGMENT} with POST.`;
  for (const route of routes) {
    const problem = routeProblem(route, wanted);
    if (problem !== null) return wrong(problem, mend);
  }
  // The simulated carrier tries again as it is told; nobody has to tell it.
  if (config.emulator || routes.every((route) => route.url.includes('#rc=')))
    return fine('Twilio delivers messages to this Parley.');
  return warning(
    'Twilio delivers messages to this Parley, but retries only once when one is not accepted.',
    mend,
  );
}

function routesOf(state: SenderState | null): InboundRoute[] {
  if (state === null) return [];
  return state.serviceInbound === null
    ? state.numbers.map((number) => number.inbound)
    : [state.serviceInbound];
}

/** The address is compared as text, since that is what Twilio signs. */
function routeProblem({ url, method, application }: InboundRoute, wanted: string): string | null {
  if (application) return 'A TwiML app answers messages to this number instead of Parley.';
  const [address = ''] = url.split('#');
  if (address === '') return 'Twilio delivers messages to no address.';
  if (address !== wanted) return `Twilio delivers messages to ${shown(address)}.`;
  return method.toUpperCase() === 'POST' ? null : `Twilio calls with ${method}.`;
}

/** Without what may be secret in an address: user, password and query. */
function shown(address: string): string {
  if (!URL.canParse(address)) return 'an address that cannot be read';
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}

function refusal(codes: Codes, answer: Exclude<Answer<unknown>, { kind: 'answered' }>): Verdict {
  if (answer.kind === 'unreachable')
    return wrong(
      'Twilio could not be reached, or did not answer in time.',
      'Check TWILIO_API_URL, the network, and https://status.twilio.com.',
    );
  const { status, errorCode } = answer;
  if (status === 401 || status === 403 || status === 404) {
    return wrong(
      'Twilio rejected the credentials.',
      'Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN again from the Twilio console.',
    );
  }
  const reason =
    status === 429 ? 'The carrier is receiving too many requests.' : codes.error(errorCode).reason;
  return wrong(`${reason} (HTTP ${String(status)})`, 'Try again in a minute; see https://status.twilio.com.');
}

/** Said in full by the account's own finding. */
function notChecked(answer: Exclude<Answer<unknown>, { kind: 'answered' }>): Verdict {
  const why = answer.kind === 'unreachable' ? 'Twilio did not answer' : 'Twilio refused to answer';
  return warning(`Not checked: ${why}.`, 'Fix the Twilio account first.');
}
