import {
  BARE_CLAUSES,
  CLAIMS,
  COMMANDS,
  DENIALS,
  ENDINGS,
  NOUN_MARKS,
  OWN_MISTAKE,
  SPANISH,
  WRONG_NUMBER,
} from './opt-out-rules.ts';
import {
  IDIOMS,
  LAUGHTER,
  LISTS,
  LOOKALIKES,
  POLITE,
  POLITE_PHRASES,
  SAME_MEANING,
} from './opt-out-words.ts';
import { plainText, type Clause } from './plain-words.ts';
import { findPattern, type WordPattern } from './word-pattern.ts';

/**
 * Whether a text asks to be texted no more (IN-7): `stop` for one that is nothing but a stop word, however it is dressed,
 * `request` for one that asks it in other words, or that a stop word may be misspelt in, and null for any other. Pure, and
 * linear in the length of the text.
 */
export function readOptOut(body: string, stopWords: readonly string[]): 'stop' | 'request' | null {
  const clauses = plainText(body).clauses.map((clause) => clause.map(calm));
  const core = clauses.filter((clause) => clause.join() !== 'no').flatMap(withoutPoliteness);
  if (core.length === 0) return body.includes('\u{1f6d1}') ? 'request' : null;
  if (core.length <= MOST_CORE) {
    const alone = readAlone(core, stopWords);
    if (alone !== null) return alone;
  }
  return clauses.some((clause, index) => isRequest(clause, clauses[index + 1], clauses)) ? 'request' : null;
}

/** Stop words repeated more often than this are read as a longer text. */
const MOST_CORE = 200;
/** Longer words are no stop word misspelt. */
const MOST_LETTERS = 14;

/** A letter three times and more is emphasis: `stoooop`. */
function calm(word: string): string {
  return word.replace(/(\p{L})\1{2,}/gu, '$1');
}

/** What is left of a clause without greetings, thanks and the like, and without quotation marks. */
function withoutPoliteness(clause: Clause): string[] {
  const words = clause.map((word) => word.replace('"', ''));
  const rest = words
    .join(' ')
    .replace(POLITE_PHRASES, ' ')
    .split(' ')
    .filter((word) => word !== '' && !POLITE.has(word));
  // "Unsubscribe me", "opt me out".
  return rest.some((word) => /^(?:unsub|opt)/.test(word)) ? rest.filter((word) => word !== 'me') : rest;
}

function readAlone(core: readonly string[], stopWords: readonly string[]): 'stop' | 'request' | null {
  const letters = core.join('');
  if (isMadeOf(letters, new Set(stopWords.map(calm)))) return 'stop';
  if (SAME_MEANING.has(letters)) return 'request';
  const words = core.filter((word) => !/^\p{N}+$/u.test(word));
  if (words.length < core.length && isMadeOf(words.join(''), new Set(stopWords))) return 'request';
  return core.length <= 3 && isNearMiss(letters) ? 'request' : null;
}

const LONGEST_WORD = 30;

/** Whether the letters are stop words one after the other, with politeness written on to them: `stopstop`, `stopplease`. */
function isMadeOf(letters: string, stopWords: ReadonlySet<string>): boolean {
  // How far the letters can be read, and whether a stop word was among them.
  const reached = new Map<number, boolean>([[0, false]]);
  for (let start = 0; start < letters.length; start += 1) {
    const stopped = reached.get(start);
    if (stopped === undefined) continue;
    for (let end = start + 1; end <= Math.min(letters.length, start + LONGEST_WORD); end += 1) {
      const word = letters.slice(start, end);
      const isStop = stopWords.has(word);
      if (!isStop && !(word.length >= 3 && POLITE.has(word))) continue;
      reached.set(end, (reached.get(end) ?? false) || stopped || isStop);
    }
  }
  return reached.get(letters.length) ?? false;
}

/** Of words too short to guess at, only with two letters swapped. */
const SWAPPED: ReadonlySet<string> = new Set(['qiut', 'quti', 'uqit', 'edn', 'atlo', 'prar', 'paarr']);
const NEAR = ['stop', 'unsubscribe', 'cancel', 'optout', 'stopall', 'revoke'];

/** One slip of the thumb away from a stop word: a letter changed, left out, doubled or swapped; two in a long word. */
function isNearMiss(letters: string): boolean {
  if (letters.length > MOST_LETTERS || LOOKALIKES.has(letters)) return false;
  if (SWAPPED.has(letters)) return true;
  return NEAR.some((word) => slips(letters, word) <= (word.length > 8 ? 2 : 1));
}

/** Letters changed, missing, added or swapped with their neighbour, between two short words. */
function slips(a: string, b: string): number {
  let [older, old] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (older[j - 2] ?? Infinity) + 1 : Infinity;
      row.push(Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + same, swapped));
    }
    [older, old] = [old, row];
  }
  return old[b.length] ?? Infinity;
}

function isRequest(clause: Clause, next: Clause | undefined, all: readonly Clause[]): boolean {
  if (DENIALS.some((denial) => findPattern(denial, clause) >= 0)) return false;
  return (
    COMMANDS.some((rule) => holds(rule, clause, (at) => !isNegated(clause, at) && !isOthers(clause, at))) ||
    ENDINGS.some((rule) => holds(rule, clause, (at) => !isNegated(clause, at))) ||
    CLAIMS.some((rule) => holds(rule, clause, (at) => !isStatement(clause, at))) ||
    SPANISH.some((rule) => holds(rule, clause, (at) => clause[at - 1] !== 'no' && !isNegated(clause, at))) ||
    isWrongNumber(clause) ||
    isBareClause(clause, next, all)
  );
}

/** Whether the rule is found anywhere where it also counts. */
function holds(rule: WordPattern, clause: Clause, counts: (at: number) => boolean): boolean {
  for (let at = findPattern(rule, clause); at >= 0; at = findPattern(rule, clause, at + 1))
    if (counts(at)) return true;
  return false;
}

const word = (name: string, text: string | undefined) =>
  text !== undefined && (LISTS[name]?.has(text) ?? false);

/** The word before the one at `at` that is no auxiliary and no adverb: its subject, or what negates it. */
function governor(clause: Clause, at: number): number {
  let before = at - 1;
  while (word('AUX', clause[before])) before -= 1;
  return before;
}

/** "Don't stop", "I don't want to unsubscribe", "the bus stop"; but "you won't stop texting me" complains of it. */
function isNegated(clause: Clause, at: number): boolean {
  let before = governor(clause, at);
  // "I don't want you to stop."
  if (/^(?:you|u)$/.test(clause[before] ?? '') && clause[before + 1] === 'to')
    before = governor(clause, before);
  const complaint = clause[before] === 'wont' && /^(?:you|u)$/.test(clause[before - 1] ?? '');
  return (word('NEG', clause[before]) && !complaint) || NOUN_MARKS.has(clause[at - 1] ?? '');
}

const OTHERS = /^(?:i|ill|id|im|ive|we|he|she|they|hes|shes|theyre|him|her)$/;
const REPORTS = /^(?:if|when|since|because|cause|did|do|does|before|after|once|whenever|until)$/;

/** Not the reader is to stop but the writer or somebody else; or what somebody else said is repeated. */
function isOthers(clause: Clause, at: number): boolean {
  const before = governor(clause, at);
  const [last = '', earlier = ''] = [clause[before], clause[before - 1]];
  if (OTHERS.test(last)) return !isWish(clause, before, at);
  if (/^(?:you|u)$/.test(last)) return REPORTS.test(earlier);
  return /^(?:said|says|say|saying|yelled|screamed)$/.test(last) && !/^(?:i|ive|we|already)$/.test(earlier);
}

/** "I want to unsubscribe", "can I opt out": what the writer wants done to themselves. */
function isWish(clause: Clause, from: number, at: number): boolean {
  return /^(?:i|id|we|im|ive|ill)$/.test(clause[from] ?? '') && !word('STOP', clause[at]);
}

/** "You never text me", "I don't text": a statement about somebody, and no command. */
function isStatement(clause: Clause, at: number): boolean {
  if (!word('NOT', clause[at])) return false;
  const verb = clause.slice(at + 1).find((each) => !word('EVEN', each));
  if (!word('CONTACT', verb) && verb !== 'send') return false;
  return word('SUBJECT', /^(?:do|does|did)$/.test(clause[at - 1] ?? '') ? clause[at - 2] : clause[at - 1]);
}

function isWrongNumber(clause: Clause): boolean {
  return (
    WRONG_NUMBER.some((rule) => findPattern(rule, clause) >= 0) &&
    !OWN_MISTAKE.some((rule) => findPattern(rule, clause) >= 0)
  );
}

/** A clause that is nothing but "stop" or "stop it", unless it is a joke or the beginning of a song. */
function isBareClause(clause: Clause, next: Clause | undefined, all: readonly Clause[]): boolean {
  if (IDIOMS.has(next?.[0] ?? '') || all.some((each) => each.some((text) => LAUGHTER.test(text))))
    return false;
  return BARE_CLAUSES.some((rule) => holds(rule, clause, () => true));
}
