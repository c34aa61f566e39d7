import { CarrierError } from '../carrier-error.ts';
import type { CarrierSettings } from '../settings.ts';
import type { MessageStore } from '../message-store.ts';
import { toE164 } from '../numbers.ts';
import { MAGIC_SENDER, refuseMagicRecipient, refuseMagicSender } from './magic-numbers.ts';

/** Twilio's ceiling for one text, in characters. */
export const MAX_BODY_LENGTH = 1600;

/** A request to send, as far as it was found good. */
export interface CheckedSend {
  to: string;
  from: string;
  messagingServiceSid: string | null;
  body: string;
  statusCallback: string | null;
  mediaUrls: string[];
}

/** Checks the form of `POST Messages.json` as Twilio does. @throws CarrierError 400 with Twilio's code. */
export function checkCreate(
  form: URLSearchParams,
  settings: CarrierSettings,
  store: MessageStore,
): CheckedSend {
  const body = form.get('Body') ?? '';
  const mediaUrls = form.getAll('MediaUrl');
  const sender = checkSender(form, settings);
  const to = checkRecipient(form.get('To'), sender.from, store);
  if (body === '' && mediaUrls.length === 0) throw refusal(21602, 'Message body is required.');
  if (body.length > MAX_BODY_LENGTH)
    throw refusal(21617, 'The concatenated message body exceeds the 1600 character limit');
  return { ...sender, to, body, mediaUrls, statusCallback: checkCallback(form.get('StatusCallback')) };
}

function checkSender(
  form: URLSearchParams,
  settings: CarrierSettings,
): Pick<CheckedSend, 'from' | 'messagingServiceSid'> {
  const messagingServiceSid = form.get('MessagingServiceSid') || null;
  const given = form.get('From');
  if (messagingServiceSid !== null && !/^MG[0-9a-fA-F]{32}$/.test(messagingServiceSid)) {
    throw refusal(21701, 'The Messaging Service does not exist');
  }
  if (given === null || given === '') {
    if (messagingServiceSid === null) throw refusal(21603, "A 'From' phone number is required.");
    return { from: settings.fromNumber, messagingServiceSid };
  }
  refuseMagicSender(given);
  const from = toE164(given);
  if (from === null)
    throw refusal(
      21212,
      `The 'From' number ${given} is not a valid phone number, shortcode, or alphanumeric sender ID.`,
    );
  if (from !== settings.fromNumber && from !== MAGIC_SENDER) {
    throw refusal(
      21606,
      `The From phone number ${from} is not a valid, SMS-capable inbound phone number or short code for your account.`,
    );
  }
  return { from, messagingServiceSid };
}

function checkRecipient(given: string | null, from: string, store: MessageStore): string {
  if (given === null || given === '') throw refusal(21604, "A 'To' phone number is required.");
  const to = toE164(given);
  if (to === null) throw refusal(21211, `The 'To' number ${given} is not a valid phone number.`);
  if (to === from) throw refusal(21266, "'To' and 'From' number cannot be the same");
  refuseMagicRecipient(to, from);
  if (store.isOptedOut(to)) throw refusal(21610, 'Attempt to send to unsubscribed recipient');
  return to;
}

/** An absolute http or https address; underscores in its host name are refused, as Twilio refuses them. */
function checkCallback(address: string | null): string | null {
  if (address === null || address === '') return null;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname.includes('_')) {
    throw refusal(21609, `The StatusCallback URL ${address} is not a valid URL.`);
  }
  return address;
}

function refusal(code: number, message: string): CarrierError {
  return new CarrierError(400, code, message);
}
