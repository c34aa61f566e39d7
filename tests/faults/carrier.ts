import type { SeededRandom } from '../../functions/cli/seed/random.ts';
import type { OutgoingText, SendOutcome } from '../../functions/src/carrier/gateway.ts';
import type { CarrierText, FetchAnswer, FindAnswer } from '../../functions/src/carrier/lookup.ts';
import type { Stage } from './stage.ts';

/**
 * The carrier behind the gateway's port, with the dials of the simulated carrier (tests/carrier) and a memory of what it
 * really took. In this process and in virtual time: through HTTP and the SDK, time would be the machine's, a timeout a
 * real wait, and the same seed not the same run. What the real gateway makes of each of these troubles is held by
 * tests/unit/gateway.test.ts; the HTTP carrier itself is in tests/processes/kill-functions.test.ts.
 */
export const SEND_TROUBLES = [
  'none',
  '429',
  '500',
  'no-connection',
  'reset-after',
  'reset-before',
  'timeout-after',
  'timeout-before',
  'cut-off',
  'refused',
] as const;
export type SendTrouble = (typeof SEND_TROUBLES)[number];

export interface CarrierDials {
  /** What happens to the next send. */
  trouble: () => SendTrouble;
  /** Error code of an undelivered message; null where it is delivered. */
  failure: () => number | null;
  /** Whether the carrier can be asked what it knows, and whether its list ends. */
  lookup: () => 'complete' | 'endless' | 'unavailable';
  /** When each of the callbacks for one status arrives, in milliseconds; none when it is lost. */
  callbacks: (status: string) => readonly number[];
}

export interface CarrierMessage {
  sid: string;
  /** Our own id, out of the address for callbacks. */
  messageId: string;
  to: string;
  body: string;
  at: number;
  /** The answer to a webhook, or a request of ours. */
  isReply: boolean;
  status: string;
  errorCode: number | null;
  /** The statuses that Parley took a callback for (2xx). */
  told: string[];
}

const TOOK_IT = new Set<SendTrouble>(['none', 'reset-after', 'timeout-after', 'cut-off']);
const UNCLEAR = 'The connection to the carrier broke before its answer came.';

const OUTCOMES: Readonly<Record<Exclude<SendTrouble, 'none'>, SendOutcome>> = {
  '429': { kind: 'retry', errorCode: 20429, reason: 'The carrier cannot take messages right now.' },
  '500': { kind: 'retry', errorCode: null, reason: 'The carrier cannot take messages right now.' },
  'no-connection': { kind: 'retry', errorCode: null, reason: 'The carrier could not be reached.' },
  'reset-after': { kind: 'unknown', reason: UNCLEAR },
  'reset-before': { kind: 'unknown', reason: UNCLEAR },
  'timeout-after': { kind: 'unknown', reason: UNCLEAR },
  'timeout-before': { kind: 'unknown', reason: UNCLEAR },
  'cut-off': { kind: 'unknown', reason: UNCLEAR },
  refused: { kind: 'refused', errorCode: 21211, reason: 'This is not a valid number.' },
};

export class FaultyCarrier {
  readonly messages: CarrierMessage[] = [];
  readonly optedOut = new Set<string>();
  readonly #stage: Stage;
  readonly #random: SeededRandom;
  readonly #report: (message: CarrierMessage, status: string) => void;
  dials: CarrierDials;

  /** `report` starts one status callback. */
  constructor(
    stage: Stage,
    random: SeededRandom,
    dials: CarrierDials,
    report: (message: CarrierMessage, status: string) => void,
  ) {
    this.#stage = stage;
    this.#random = random;
    this.dials = dials;
    this.#report = report;
  }

  /** As the gateway's `send`. */
  send(text: OutgoingText): Promise<SendOutcome> {
    return this.#io('provider', () => {
      if (this.optedOut.has(text.to)) return { kind: 'refused', errorCode: 21610, reason: 'They opted out.' };
      const trouble = this.dials.trouble();
      const message = TOOK_IT.has(trouble)
        ? this.take(text.to, text.body, idIn(text.statusCallback), false)
        : null;
      if (trouble !== 'none') return OUTCOMES[trouble];
      return { kind: 'accepted', providerId: message?.sid ?? '' };
    });
  }

  /** As the lookup's `find`. */
  find({ to, since }: { to: string; since: Date }): Promise<FindAnswer> {
    return this.#io('provider-list', () => {
      const answer = this.dials.lookup();
      if (answer === 'unavailable') return { kind: answer };
      const texts = this.messages.filter((each) => each.to === to && each.at >= since.getTime());
      // Of a list that does not end, the pages that were read need not hold what is looked for.
      const complete = answer === 'complete';
      const read = complete ? texts : texts.filter(() => this.#random.next() < 0.3);
      return { kind: 'listed', texts: read.map(shown), complete };
    });
  }

  /** As the lookup's `fetch`. */
  fetch(providerId: string): Promise<FetchAnswer> {
    return this.#io('provider-fetch', () => {
      if (this.dials.lookup() === 'unavailable') return { kind: 'unavailable' };
      const message = this.messages.find(({ sid }) => sid === providerId);
      return message === undefined ? { kind: 'absent' } : { kind: 'found', text: shown(message) };
    });
  }

  /** Takes a message to a handset: its statuses follow, and their callbacks. */
  take(to: string, body: string, messageId: string, isReply: boolean): CarrierMessage {
    const sid = `SM${this.#random.id()}`;
    const message: CarrierMessage = {
      sid,
      messageId,
      to,
      body,
      at: this.#stage.now,
      isReply,
      status: 'queued',
      errorCode: null,
      told: [],
    };
    this.messages.push(message);
    const failure = this.dials.failure();
    this.#follow(message, 'sent', this.#random.whole(0, 2_000), null);
    const last = failure === null ? 'delivered' : 'undelivered';
    this.#follow(message, last, this.#random.whole(2_000, 5_000), failure);
    return message;
  }

  #follow(message: CarrierMessage, status: string, delay: number, errorCode: number | null): void {
    this.#stage.after(delay, () => {
      message.status = status;
      message.errorCode = errorCode;
    });
    for (const late of this.dials.callbacks(status))
      this.#stage.after(delay + late, () => this.#report(message, status));
  }

  #io<T>(name: string, go: () => T): Promise<T> {
    return this.#stage.io({ name, writes: [], locks: [], transactional: false }, () => Promise.resolve(go()));
  }
}

function shown({ sid, body, at, isReply, status, errorCode }: CarrierMessage): CarrierText {
  const sentBy = isReply ? 'reply' : 'api';
  return { providerId: sid, body, createdAt: new Date(at), sentBy, status, errorCode, price: null };
}

function idIn(statusCallback: string): string {
  return new URL(statusCallback).searchParams.get('m') ?? '';
}
