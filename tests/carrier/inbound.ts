import type { CarrierMessage } from './message.ts';
import type { CarrierSettings } from './settings.ts';
import type { DeliveryDeps } from './delivery.ts';
import type { OptOutType } from './keywords.ts';
import type { TwimlMessage } from './twiml.ts';
import type { WebhookAnswer } from './post-webhook.ts';
import { callbackFields } from './status-callbacks.ts';
import { decideKeyword } from './keywords.ts';
import { deliver } from './delivery.ts';
import { inboundAddress, inboundFields } from './inbound-form.ts';
import { newMessage } from './new-message.ts';
import { toE164 } from './numbers.ts';
import { readTwiml } from './twiml.ts';

export interface InboundDeps extends DeliveryDeps {
  settings: CarrierSettings;
  /** Address under which the account's media would be fetched. */
  mediaBase: () => string;
  /** Starts work that goes on behind the answer. */
  run: (work: () => Promise<unknown>) => void;
}

export interface Text {
  body: string;
  media: readonly { contentType: string }[];
}

/** What a handset's text led to. */
export interface TextOutcome {
  sid: string;
  optOutType: OptOutType | null;
  /** The last answer of the webhook, and every attempt at it. */
  webhook: Omit<WebhookAnswer, 'body' | 'contentType'>;
  /** What is on its way back: the webhook's answer in TwiML, and the carrier's own to a keyword. */
  replies: { sid: string; body: string; status: string }[];
  /** What Twilio's debugger would show. */
  problems: { code: number; message: string }[];
}

/** A person texts: the webhook is called as Twilio would, and what it answers goes back to the handset. */
export async function receiveText(handset: string, text: Text, deps: InboundDeps): Promise<TextOutcome> {
  const { settings } = deps;
  const message = newMessage(
    {
      ...text,
      direction: 'inbound',
      from: handset,
      to: settings.fromNumber,
      messagingServiceSid: settings.messagingServiceSid,
    },
    deps.now(),
    deps.mediaBase(),
  );
  const keyword = decideKeyword(text.body, deps.store.isOptedOut(handset));
  keep(message, deps);
  const replies: CarrierMessage[] = [];
  if (keyword) {
    deps.store.setOptedOut(handset, keyword.optedOut);
    if (keyword.reply !== null) replies.push(newReply(handset, keyword.reply, message.to, null, deps));
  }

  const address = inboundAddress(settings.webhookUrl);
  const fields = inboundFields(settings, message, keyword?.optOutType ?? null);
  const answer = await deps.post(address, fields);
  for (let copy = 1; copy < deps.dials.for(handset).inboundCopies; copy += 1)
    await deps.post(address, fields);
  const twiml = readAnswer(answer);
  deps.store.move(message, 'received', twiml.ok ? null : twiml.code);
  deps.changed(message);

  const problems: TextOutcome['problems'] = [];
  if (twiml.ok) {
    problems.push(...twiml.warnings.map((warning) => ({ code: 12200, message: warning })));
    for (const verb of twiml.messages)
      replies.push(...executeMessage(verb, message, answer.url, problems, deps));
  } else {
    problems.push({ code: twiml.code, message: twiml.message });
  }
  for (const reply of replies) deps.run(() => deliver(reply, deps));

  return {
    sid: message.sid,
    optOutType: keyword?.optOutType ?? null,
    webhook: { url: answer.url, status: answer.status, attempts: answer.attempts },
    replies: replies.map(({ sid, body, status }) => ({ sid, body, status })),
    problems,
  };
}

function readAnswer(answer: WebhookAnswer): ReturnType<typeof readTwiml> {
  if (answer.status === null) return { ok: false, code: 11205, message: 'HTTP connection failure' };
  if (answer.status < 200 || answer.status >= 300)
    return { ok: false, code: 11200, message: 'HTTP retrieval failure' };
  return readTwiml(answer.contentType, answer.body);
}

/** One `<Message>`: a reply to the sender unless it names another recipient; refusals are noted, as at Twilio. */
function executeMessage(
  verb: TwimlMessage,
  inbound: CarrierMessage,
  base: string,
  problems: TextOutcome['problems'],
  deps: InboundDeps,
): CarrierMessage[] {
  const to = verb.to === null ? inbound.from : toE164(verb.to);
  const refuse = (code: number, message: string): CarrierMessage[] => {
    problems.push({ code, message });
    return [];
  };
  if (to === null) return refuse(21211, "Invalid 'To' Phone Number");
  if (verb.body === '') return refuse(14103, 'Message Invalid Body');
  if (verb.body.length > 1600)
    return refuse(21617, 'The concatenated message body exceeds the 1600 character limit');
  if (deps.store.isOptedOut(to)) return refuse(21610, 'Attempt to send to unsubscribed recipient');

  const statusCallback = resolve(verb.statusCallback, base);
  const reply = newReply(to, verb.body, verb.from ?? inbound.to, statusCallback, deps);
  const action = resolve(verb.action, base);
  if (action !== null) {
    const fields = callbackFields(deps.settings.accountSid, reply, deps.now());
    deps.run(() => deps.post(action, fields));
  }
  return [reply];
}

function resolve(address: string | null, base: string): string | null {
  return address !== null && URL.canParse(address, base) ? new URL(address, base).href : null;
}

function newReply(
  to: string,
  body: string,
  from: string,
  statusCallback: string | null,
  deps: InboundDeps,
): CarrierMessage {
  return keep(newMessage({ direction: 'outbound-reply', from, to, body, statusCallback }, deps.now()), deps);
}

function keep(message: CarrierMessage, deps: InboundDeps): CarrierMessage {
  deps.store.add(message);
  deps.changed(message);
  return message;
}
