import type { Keyword } from '../contract/delivery.ts';

/**
 * Keywords that carriers act on (IN-7), as Twilio's default opt-out handling and US carriers know them. Twilio answers
 * them itself; Parley records what they mean.
 */
const EXACT: Readonly<Record<string, Keyword>> = {
  STOP: 'stop',
  STOPALL: 'stop',
  UNSUBSCRIBE: 'stop',
  CANCEL: 'stop',
  END: 'stop',
  QUIT: 'stop',
  REVOKE: 'stop',
  OPTOUT: 'stop',
  START: 'start',
  YES: 'start',
  UNSTOP: 'start',
  HELP: 'help',
  INFO: 'help',
};

/**
 * Wordings that revoke consent without a keyword. US rules honour any reasonable one, so these are flagged for an
 * operator and never acted on by themselves: "don't stop" must not opt anybody out.
 */
const REVOCATIONS: readonly RegExp[] = [
  /\b(?:please\s+)?stop\s+(?:texting|messaging|contacting|sending|bothering|calling)\b/,
  /\b(?:do\s+not|don't|dont|never)\s+(?:text|message|contact|send|call)\b/,
  /\b(?:no\s+more|quit)\s+(?:texts?|texting|messages?|messaging)\b/,
  /\b(?:take|get)\s+me\s+off\b/,
  /\bremove\s+(?:me|my\s+(?:number|name|phone))\b/,
  /\bunsubscribe\b/,
  /\bopt(?:ing)?[\s-]*(?:me\s+)?out\b/,
  /\bleave\s+me\s+alone\b/,
  /\b(?:wrong\s+number|lose\s+my\s+number)\b/,
];

function fromOptOutType(type: string): Keyword | null {
  const verdicts: Readonly<Record<string, Keyword>> = { STOP: 'stop', START: 'start', HELP: 'help' };
  const name = type.trim().toUpperCase();
  return Object.hasOwn(verdicts, name) ? (verdicts[name] ?? null) : null;
}

/**
 * What a text asks for. `optOutType` is Twilio's own verdict (`STOP`, `START`, `HELP`) where its Advanced Opt-Out sends
 * one; it wins over the words. A keyword is the whole text but for case, white space and punctuation around it.
 */
export function detectKeyword(body: string, optOutType: string | null): Keyword | null {
  const verdict = optOutType === null ? null : fromOptOutType(optOutType);
  if (verdict !== null) return verdict;
  const word = body.toUpperCase().replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
  const exact = Object.hasOwn(EXACT, word) ? EXACT[word] : undefined;
  if (exact !== undefined) return exact;
  const plain = body.toLowerCase().replace(/[\u2018\u2019]/g, "'");
  return REVOCATIONS.some((wording) => wording.test(plain)) ? 'revocation' : null;
}
