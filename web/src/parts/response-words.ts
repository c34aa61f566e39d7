import type { Keyword, ResponseReason } from '../../../functions/src/contract/delivery.ts';

/** Whether an incoming message got an automatic reply, and why not. */
export const RESPONSE_WORDS: Readonly<Record<ResponseReason, string>> = {
  acknowledged: 'Automatic reply sent.',
  unknown_sender: 'No automatic reply: the number is not registered.',
  inactive: 'No automatic reply: the person is inactive.',
  loop_guard: 'No automatic reply: this person reached the hourly limit of automatic replies.',
  keyword: 'No automatic reply: the carrier answers STOP, START and HELP itself.',
};

/** What a message is by its words; what follows from it is in the person's consent history. */
export const KEYWORD_WORDS: Readonly<Record<Keyword, string>> = {
  stop: 'Opt-out',
  start: 'Opt-in',
  help: 'Help request',
  revocation: 'Opt-out request',
};

const PARTS: Readonly<Record<string, string>> = {
  sender: 'sender',
  segments: 'number of segments',
  media: 'attachments',
  messageSid: 'carrier ID',
};

/** Which parts of a message could not be read; null when all could. */
export function unreadableWords(irregularities: readonly string[]): string | null {
  if (irregularities.length === 0) return null;
  const names = irregularities.map((each) => (Object.hasOwn(PARTS, each) ? PARTS[each] : each));
  return `Parts of this message could not be read: ${names.join(', ')}.`;
}
