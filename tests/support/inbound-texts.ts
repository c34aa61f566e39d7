import { randomBytes } from 'node:crypto';
import { decodeKey, parseKeyRing } from '../../functions/src/platform/key-ring.ts';
import { createPhoneVault, type PhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { newMessageSid } from './emulator.ts';
import { sharedDatabase, stack, twilioPosts, type WebhookAnswer } from './stack.ts';

// For tests of what comes in through the webhook of the shared stack.

export const ACK = 'Your number is recognized. Message received.';
export const SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response/>';
const db = sharedDatabase();

/** With the keys of the running Parley. */
export function stackVault(): PhoneVault {
  const { PHONE_KEYS, PHONE_HASH_KEY } = stack().settings;
  return createPhoneVault(
    () => parseKeyRing('PHONE_KEYS', PHONE_KEYS),
    () => decodeKey('PHONE_HASH_KEY', PHONE_HASH_KEY),
  );
}

/** A sender that no other test has: Twilio also delivers messages from names, which need not be real numbers. */
export function newSender(): string {
  return `T${randomBytes(5).toString('hex')}`;
}

/** A number that no other test has, under a country code that is not in use. */
export function newNumber(): string {
  return `+999${String(randomBytes(6).readUIntBE(0, 6) % 1e10).padStart(10, '0')}`;
}

/** A person with a number of their own, put straight into the store. */
export async function newPerson(
  change: { active?: boolean } = {},
): Promise<{ userId: string; from: string }> {
  const userId = randomBytes(8).toString('hex');
  const from = newSender();
  const key = { userId, active: change.active ?? true, optedOut: null, suppressed: null };
  const conversation = {
    label: 'Ada Test',
    lastText: '',
    lastAt: null,
    lastDirection: null,
    unread: 0,
    autoReplies: [],
    state: 'open',
  };
  await Promise.all([
    db.doc(`phoneKeys/${stackVault().hash(from)}`).set(key),
    db.doc(`conversations/${userId}`).set(conversation),
  ]);
  return { userId, from };
}

export interface Text {
  sid?: string;
  from: string;
  body: string;
  [field: string]: string | undefined;
}

/** Posts a message as Twilio does. */
export function text(
  { sid = newMessageSid(), from, body, ...more }: Text,
  change?: Parameters<typeof twilioPosts>[2],
): Promise<WebhookAnswer> {
  const extra = Object.fromEntries(
    Object.entries(more).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return twilioPosts(
    '/inbound',
    { MessageSid: sid, From: from, Body: body, NumMedia: '0', ...extra },
    change,
  );
}

/** The data of a document. */
export const read = async (path: string) => (await db.doc(path).get()).data();
/** What the webhook answers to a message that is acknowledged. */
export const answered = (sid: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Response><Message statusCallback="${stack().settings.WEBHOOK_URL}/status?m=r_${sid}">${ACK}</Message></Response>`;
