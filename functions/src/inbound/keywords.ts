import type { Keyword } from '../contract/delivery.ts';
import { readOptOut } from './opt-out-reading.ts';
import { plainForm } from './plain-words.ts';

/**
 * Keywords that carriers act on (IN-7): Twilio's default opt-out words, and the two Spanish ones that US carriers honour.
 * Twilio answers them itself; Parley records what they mean.
 */
const STOP_WORDS = [
  'stop',
  'stopall',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'optout',
  'alto',
  'parar',
];

/**
 * Words that opt in or ask for help. They count only as the whole text but for case, invisible characters, white space and
 * punctuation: a loose reading could opt somebody in who only said yes, or leave a cry for help without an answer.
 */
const OTHER_WORDS: Readonly<Record<string, Keyword>> = {
  start: 'start',
  yes: 'start',
  unstop: 'start',
  help: 'help',
  info: 'help',
};

const VERDICTS: Readonly<Record<string, Keyword>> = { STOP: 'stop', START: 'start', HELP: 'help' };

function wordIn<T>(table: Readonly<Record<string, T>>, word: string): T | null {
  return Object.hasOwn(table, word) ? (table[word] ?? null) : null;
}

/**
 * What a text asks for. `optOutType` is Twilio's own verdict (`STOP`, `START`, `HELP`) where its Advanced Opt-Out sends
 * one; it wins over the words. `extraStopWords` are a deployment's own, in any script (EXTRA_STOP_WORDS).
 */
export function detectKeyword(
  body: string,
  optOutType: string | null,
  extraStopWords: readonly string[] = [],
): Keyword | null {
  const verdict = optOutType === null ? null : wordIn(VERDICTS, optOutType.trim().toUpperCase());
  if (verdict !== null) return verdict;
  const word = plainForm(body).replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
  const other = wordIn(OTHER_WORDS, word);
  if (other !== null) return other;
  const reading = readOptOut(body, [...STOP_WORDS, ...extraStopWords.map(stopWordForm)]);
  return reading === 'request' ? 'revocation' : reading;
}

/** A stop word as it is compared: its letters alone, without case and accents. */
function stopWordForm(word: string): string {
  return plainForm(word).replace(/[^\p{L}\p{N}]/gu, '');
}
