/**
 * Sequences of words, written so that they can be read: `STOP DET* MESSAGES` is a word of the list STOP, then any of DET,
 * then one of MESSAGES. Lower-case words stand for themselves; `(a|b|LIST)` is one of several; `X?` may be missing, `X*`
 * comes up to eight times; `!X` is a word that must not follow; `^` and `$` are the ends of the clause.
 */
export type WordLists = Readonly<Record<string, ReadonlySet<string>>>;

interface Part {
  kind: 'word' | 'not' | 'begin' | 'end';
  words: ReadonlySet<string>;
  /** Whether the end of the clause is one of the alternatives. */
  orEnd: boolean;
  least: 0 | 1;
  most: number;
}

export type WordPattern = readonly Part[];

const MOST_REPEATED = 8;

/** Throws for a list that is not there, so that a misspelt rule never loads. */
export function wordPattern(text: string, lists: WordLists): WordPattern {
  return text.split(' ').map((part): Part => {
    const any = { words: new Set<string>(), orEnd: false, least: 1, most: 1 } as const;
    if (part === '^') return { ...any, kind: 'begin' };
    if (part === '$') return { ...any, kind: 'end' };
    const [, not = '', inner = '', times = ''] = /^(!?)\(?([^()?*]+)\)?([?*]?)$/.exec(part) ?? [];
    const names = inner.split('|');
    const words = new Set(names.flatMap((name) => [...wordsNamed(name, lists)]));
    return {
      kind: not === '' ? 'word' : 'not',
      words,
      orEnd: names.includes('$'),
      least: times === '' ? 1 : 0,
      most: times === '*' ? MOST_REPEATED : 1,
    };
  });
}

function wordsNamed(name: string, lists: WordLists): Iterable<string> {
  if (name === '$') return [];
  if (!/^[A-Z_]+$/.test(name)) return [name];
  const list = lists[name];
  if (list === undefined) throw new Error(`There is no list of words called ${name}.`);
  return list;
}

/** Where in the clause the pattern begins first, at or after `from`; -1 when nowhere. */
export function findPattern(pattern: WordPattern, clause: readonly string[], from = 0): number {
  for (let start = from; start <= clause.length; start += 1) {
    if (matches(pattern, 0, clause, start)) return start;
  }
  return -1;
}

function matches(pattern: WordPattern, index: number, clause: readonly string[], at: number): boolean {
  const part = pattern[index];
  if (part === undefined) return true;
  const word = clause[at];
  const next = (position: number) => matches(pattern, index + 1, clause, position);
  switch (part.kind) {
    case 'begin':
      return at === 0 && next(at);
    case 'end':
      return word === undefined && next(at);
    case 'not':
      return (word === undefined || !part.words.has(word)) && next(at);
    case 'word':
      return matchesWords(part, clause, at, next);
    default:
      return part.kind satisfies never;
  }
}

/** As many of the words as there are, then fewer. */
function matchesWords(
  part: Part,
  clause: readonly string[],
  at: number,
  next: (position: number) => boolean,
): boolean {
  let end = at;
  while (end - at < part.most && part.words.has(clause[end] ?? '')) end += 1;
  for (let position = end; position >= at + part.least; position -= 1) if (next(position)) return true;
  return part.orEnd && at === clause.length && next(at);
}
