/** At most this many distinct words of a text are kept for search; the rest of a longer one is not found by word. */
export const MAX_WORDS = 100;
/** Longer words are cut, in the log and in what is searched for alike. UTF-16 units. */
export const MAX_WORD_LENGTH = 40;

/** Digits with nothing but the usual separators of a written phone number between them. */
const DIGIT_RUN = /\+?\p{Nd}(?:[\s().\-/\u2010-\u2015]{0,3}\p{Nd})+/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/**
 * The words of a text as the log keeps them for search (LOG-2): lower case, in compatibility form (NFKC), distinct, in
 * order. What could be a phone number is left out, since no index may tell one (PRIV-1).
 */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(DIGIT_RUN, hidePhoneNumber);
  const words = new Set<string>();
  for (const [word] of plain.matchAll(WORD)) {
    words.add(cut(word));
    if (words.size === MAX_WORDS) break;
  }
  return [...words];
}

/** 7 to 15 digits in one go or after a plus (E.164), or 10 and more in groups; 16 in one go are a tracking number or a card. */
function hidePhoneNumber(run: string): string {
  const digits = run.replace(/\P{Nd}/gu, '').length;
  const grouped = !/^\+?\p{Nd}+$/u.test(run);
  const phoneLike = grouped
    ? digits >= 10 || (run.startsWith('+') && digits >= 7)
    : digits >= 7 && digits <= 15;
  return phoneLike ? ' ' : run;
}

/** Never leaves half a surrogate pair, which Firestore would refuse. */
function cut(word: string): string {
  return word.length <= MAX_WORD_LENGTH
    ? word
    : word.slice(0, MAX_WORD_LENGTH).replace(/[\ud800-\udbff]$/, '');
}
