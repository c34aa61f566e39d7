/**
 * What a text says, without how it is written: case, accents, width, styled letters, invisible characters, symbols,
 * apostrophes and letter-spacing are all taken away, and clauses, quotations and phones' signatures are told apart. Each
 * step passes over the text once, whatever it holds.
 */

/** One clause: its words in lower-case ASCII where they are Latin. A word inside quotation marks begins with `"`. */
export type Clause = readonly string[];

export interface PlainText {
  clauses: readonly Clause[];
  /** Whether there was a signature, which is left out of the clauses. */
  signed: boolean;
}

/** Much longer texts are no requests; what follows is not read. UTF-16 units. */
const MAX_READ = 12_000;

/** Letters in circles and squares, and flags' letters, which compatibility forms leave alone: first code point of each A. */
const STYLED_A = [0x1f150, 0x1f170, 0x1f1e6];
const STYLED = /[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u{1f1e6}-\u{1f1ff}]/gu;
const APOSTROPHES = /['\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u02c8\u00b4\u0060]/gu;
const BLANKS = /[\u2800\p{Co}\p{Cs}]/gu;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const CONTROLS = /(?![\n\t])\p{Cc}/gu;

/**
 * The text in lower case and compatibility form, with straight apostrophes and quotation marks, and without accents or
 * anything invisible. Line breaks stay.
 */
export function plainForm(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(BLANKS, ' ')
    .replace(STYLED, plainLetter)
    .replace(APOSTROPHES, "'")
    .normalize('NFKD')
    .slice(0, MAX_READ)
    .replace(/\p{M}/gu, '')
    .replace(INVISIBLE, '')
    .replace(CONTROLS, ' ')
    .replace(APOSTROPHES, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u2033]/g, '"')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\u0131/g, 'i');
}

function plainLetter(styled: string): string {
  const point = styled.codePointAt(0) ?? 0;
  const first = STYLED_A.find((each) => point >= each && point < each + 26) ?? point;
  return String.fromCodePoint(0x41 + point - first);
}

/** Splits a text into what its writer says. Linear in its length; reads at most MAX_READ units. */
export function plainText(text: string): PlainText {
  const [body, signed] = withoutSignature(plainForm(text.slice(0, MAX_READ)));
  const numbered = body.replace(/\b(my|this|wrong) #/g, '$1 number');
  const marked = markQuotations(joinSpelled(numbered.replace(/(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}])/gu, '')));
  const clauses = marked
    .split(/[.!?;:,\n()\u2013\u2014\u2026\u00a1\u00bf]|\s-+\s/u)
    .map((clause) => clause.match(/"?[\p{L}\p{N}]+/gu) ?? [])
    .filter((clause) => clause.length > 0);
  return { clauses, signed };
}

/** Letters with the same few signs between them all: `s t o p`, `s.t.o.p`, `s-t-o-p`. */
const SPELLED = /(?<![\p{L}\p{N}'])\p{L}(?:[^\p{L}\p{N}']{1,3}\p{L}(?![\p{L}\p{N}'])){2,}/gu;

function joinSpelled(text: string): string {
  return text.replace(SPELLED, (letters) => letters.replace(/\P{L}/gu, ''));
}

/** Somebody else's message, as phones write of a reaction to it; the end of it may be cut off. */
const REACTION =
  /^\s*(?:liked|loved|disliked|emphasi[sz]ed|questioned|laughed at|reacted|le (?:gusto|encanto))\b/u;
const PAIR = /"([^"]*)"/gu;
const SINGLE_PAIR = /(?<![\p{L}\p{N}'])'(?=[^\s'])([^'\n]*)'(?![\p{L}\p{N}'])/gu;

/** Words between quotation marks get a `"` in front, unless the whole text stands between them. */
function markQuotations(text: string): string {
  if (REACTION.test(text)) {
    const start = text.indexOf('"');
    return start < 0 ? text : text.slice(0, start) + quoted(text.slice(start));
  }
  const marks = text.split('"').length - 1;
  const paired =
    marks % 2 === 0 ? text.replace(PAIR, (_all, inner: string) => quoted(inner)) : text.replaceAll('"', ' ');
  const marked = paired.replace(SINGLE_PAIR, (_all, inner: string) => quoted(inner));
  const words = marked.match(/"?[\p{L}\p{N}]+/gu) ?? [];
  return words.every((word) => word.startsWith('"')) ? marked.replaceAll('"', ' ') : marked;
}

function quoted(inner: string): string {
  return ` ${inner.replaceAll('"', ' ').replace(/[\p{L}\p{N}]+/gu, '"$&')} `;
}

/** How phones and mail programs sign what is sent from them. Each stands at the end of the text, after something else. */
const SIGNATURES: readonly RegExp[] = [
  /\b(?:please )?(?:excuse|pardon|forgive)(?: \S+){0,2} (?:brevity|typos?|errors)\b[^.!?\n]{0,60}[.!]?$/u,
  /\b(?:sent|posted) (?:from|via|using|with|on) [^.!?\n]{1,60}[.!]?$/u,
  /\bget (?:outlook|bluemail|textnow|spark|gmail|yahoo mail) for [^!?\n]{1,100}$/u,
  /\benviad[oa] (?:desde|con|por|do|de) [^.!?\n]{1,60}[.!]?$/u,
  /\b(?:obtener|descarga|baixe) (?:o )?outlook [^.!?\n]{1,60}$/u,
  /\b(?:envoye (?:de|depuis) mon|inviato da|von meine[mr]) [^.!?\n]{1,60}$/u,
  // Two dashes and what follows; a dash or tilde and a name on the last line; a dash that touches a name.
  /(?:^|\s)(?:--|__|\u2014)[-_\u2014]{0,10}[ \t]*\n?[^\n]{1,60}(?:\n[^\n]{0,80}){0,6}$/u,
  /\n[ \t]*[-~*\u2013\u2022][ \t]*[^\s\d]{1,20}(?: [^\s\d]{1,20}){0,3}[ \t~*-]*$/u,
  /[ \t][~-](?!stop\b|unsub|opt|end\b|quit\b|cancel\b)\p{L}{1,15}(?: \p{L}{1,15}\.?)?[ \t]*~?$/u,
  // "Thanks," and a name below it.
  /(?<=(?:thanks|thank you|thx|regards|best|cheers|sincerely|gracias|saludos)[,.! ]{0,3}\n{1,2}[ \t]{0,3})[\p{L}.' -]{1,40}$/u,
];
/** A signature begins within so many units of the end. */
const SIGNATURE_REACH = 400;

/** The text without its signature; a text that is nothing else stays whole. */
function withoutSignature(text: string): [body: string, signed: boolean] {
  const whole = text.trimEnd();
  const start = Math.max(0, whole.length - SIGNATURE_REACH);
  let tail = whole.slice(start);
  for (const signature of SIGNATURES) {
    const at = tail.search(signature);
    if (at >= 0 && /[\p{L}\p{N}]/u.test(whole.slice(0, start) + tail.slice(0, at)))
      tail = tail.slice(0, at).trimEnd();
  }
  const body = whole.slice(0, start) + tail;
  return [body, body.length < whole.length];
}
