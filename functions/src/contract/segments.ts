/**
 * How a message is cut into SMS segments (OUT-1): GSM-7 160 septets, or 153 in each part of several; UCS-2 70 units, or 67.
 * Figures and tables: 3GPP TS 23.038 and 23.040, as Twilio applies them without Smart Encoding.
 */

export type Encoding = 'GSM-7' | 'UCS-2';

/** One character that does not exist in GSM-7, so that the whole message costs UCS-2. */
export interface CostlyCharacter {
  /** The character as a reader sees it: a whole grapheme, never half an emoji. */
  text: string;
  /** In words where they are known (`curly apostrophe`), else its code points (`U+0416`). */
  name: string;
  /** How often the text holds it. */
  count: number;
  /** What to write instead at no extra cost, or null where nothing says the same. */
  plain: string | null;
}

export interface SegmentCount {
  encoding: Encoding;
  /** UTF-16 units of the text, which is what MAX_BODY_LENGTH limits. */
  length: number;
  /** Septets (GSM-7; extension characters take two) or 16-bit units (UCS-2) that the text takes. */
  units: number;
  /** At least 1: an empty text still travels as one. */
  segments: number;
  /** Units that still fit before another segment is needed. */
  unitsLeft: number;
  /** In the order in which they first occur; empty for GSM-7. */
  costly: CostlyCharacter[];
}

/** A run of the text, for marking it: joined in order, `text` gives the whole back. */
export interface TextRun {
  text: string;
  costly: boolean;
}

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');

const CAPACITY = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } } as const;

/** Characters that word processors and phones slip in, with what they stand for. */
const KNOWN: Readonly<Record<string, { name: string; plain: string | null }>> = {
  '\u2018': { name: 'curly opening quote', plain: "'" },
  '\u2019': { name: 'curly apostrophe', plain: "'" },
  '\u201a': { name: 'low quote', plain: "'" },
  '\u201c': { name: 'curly opening quotes', plain: '"' },
  '\u201d': { name: 'curly closing quotes', plain: '"' },
  '\u201e': { name: 'low quotes', plain: '"' },
  '\u2013': { name: 'en dash', plain: '-' },
  '\u2014': { name: 'em dash', plain: '-' },
  '\u2010': { name: 'typographic hyphen', plain: '-' },
  '\u2011': { name: 'non-breaking hyphen', plain: '-' },
  '\u2212': { name: 'minus sign', plain: '-' },
  '\u2026': { name: 'ellipsis', plain: '...' },
  '\u2022': { name: 'bullet', plain: '-' },
  '\u00a0': { name: 'non-breaking space', plain: ' ' },
  '\u202f': { name: 'narrow non-breaking space', plain: ' ' },
  '\u2009': { name: 'thin space', plain: ' ' },
  '\u200b': { name: 'zero-width space', plain: '' },
  '\u2060': { name: 'word joiner', plain: '' },
  '\ufeff': { name: 'byte order mark', plain: '' },
  '\u00ad': { name: 'soft hyphen', plain: '' },
  '\t': { name: 'tab', plain: ' ' },
  '`': { name: 'backtick', plain: "'" },
  '\u00b4': { name: 'acute accent', plain: "'" },
  '\u00ab': { name: 'opening guillemet', plain: '"' },
  '\u00bb': { name: 'closing guillemet', plain: '"' },
};

const splitter = new Intl.Segmenter('en', { granularity: 'grapheme' });

function graphemes(text: string): string[] {
  // A line break of two characters is one grapheme, but two ordinary GSM-7 characters.
  return Array.from(splitter.segment(text), (part) => part.segment).flatMap((part) =>
    part === '\r\n' ? ['\r', '\n'] : [part],
  );
}

function isGsm(grapheme: string): boolean {
  return BASIC.has(grapheme) || EXTENSION.has(grapheme);
}

/** Fills segments in order. A character is never divided between two, unless it is longer than a segment holds. */
function pack(sizes: readonly number[], encoding: Encoding): { segments: number; unitsLeft: number } {
  const { single, part } = CAPACITY[encoding];
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= single) return { segments: 1, unitsLeft: single - total };
  let segments = 1;
  let left: number = part;
  for (const size of sizes) {
    if (size > left) {
      segments += Math.ceil(size / part);
      left = part - (size % part || part);
    } else {
      left -= size;
    }
  }
  return { segments, unitsLeft: left };
}

function nameOf(grapheme: string): string {
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(grapheme)) return 'emoji';
  return Array.from(
    grapheme,
    (point) => `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ');
}

function costlyIn(parts: readonly string[]): CostlyCharacter[] {
  const found = new Map<string, CostlyCharacter>();
  for (const text of parts) {
    if (isGsm(text)) continue;
    const seen = found.get(text);
    if (seen) seen.count += 1;
    else
      found.set(text, {
        text,
        name: KNOWN[text]?.name ?? nameOf(text),
        count: 1,
        plain: KNOWN[text]?.plain ?? null,
      });
  }
  return [...found.values()];
}

/** Counts a text of any length, well-formed or not; O(n). */
export function countSegments(text: string): SegmentCount {
  const parts = graphemes(text);
  const costly = costlyIn(parts);
  const encoding: Encoding = costly.length === 0 ? 'GSM-7' : 'UCS-2';
  const sizes = parts.map((part) => (encoding === 'UCS-2' ? part.length : EXTENSION.has(part) ? 2 : 1));
  return {
    encoding,
    length: text.length,
    units: sizes.reduce((sum, size) => sum + size, 0),
    ...pack(sizes, encoding),
    costly,
  };
}

/** The text in runs of plain and costly characters, for marking the costly ones where they stand. */
export function costRuns(text: string): TextRun[] {
  const runs: TextRun[] = [];
  for (const part of graphemes(text)) {
    const costly = !isGsm(part);
    const last = runs.at(-1);
    if (last?.costly === costly) last.text += part;
    else runs.push({ text: part, costly });
  }
  return runs;
}

/** The same text with every costly character that has a plain stand-in replaced by it; emoji and letters stay. */
export function withPlainCharacters(text: string): string {
  return graphemes(text)
    .map((part) => KNOWN[part]?.plain ?? part)
    .join('');
}
