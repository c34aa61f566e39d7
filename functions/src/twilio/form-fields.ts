import type { Hash } from '../carrier/webhook.ts';
import { asReceived, mayHoldNumber } from '../platform/odd-text.ts';
import type { FormFields } from './signature.ts';

/**
 * What a signed form says, whatever it looks like: nothing here refuses anything. Names are understood in any case; a field
 * that came several times has its first value, and differing ones are noted.
 */
export interface Form {
  /** The first value that is not empty of the first of these fields that has one; `''` where none has. */
  one(...names: string[]): string;
  /** All differing values of these fields that are not empty, in order. */
  all(...names: string[]): string[];
  /** The names of all fields that are not empty, in lower case. */
  names: readonly string[];
}

export function readForm(fields: FormFields): Form {
  const values = new Map<string, string[]>();
  for (const [name, value] of Object.entries(fields)) {
    const key = name.trim().toLowerCase();
    values.set(key, [...(values.get(key) ?? []), ...[value].flat()]);
  }
  const all = (...names: string[]) => [
    ...new Set(names.flatMap((name) => values.get(name.toLowerCase()) ?? []).filter((value) => value !== '')),
  ];
  return {
    all,
    one: (...names) => all(...names)[0] ?? '',
    names: [...values.keys()].filter((name) => all(name).length > 0),
  };
}

/** The carrier's message ID and the names that it had before. */
const ID_FIELDS = ['MessageSid', 'SmsMessageSid', 'SmsSid'];
const REGULAR_ID = /^(?:SM|MM)[0-9a-f]{32}$/i;

export interface CarrierId {
  /** Can be the ID of a document, and holds no phone number. */
  id: string;
  /** Whether it is one as Twilio makes them. */
  regular: boolean;
  /** All that the form said of it, where that is odd or contradicts itself; else null. */
  odd: string | null;
}

/**
 * The message's ID; null where the form has none. One that no document can have, or that may hold a phone number, is named
 * by `hash`, a keyed hash, so that it comes out the same when it comes again.
 */
export function carrierId(form: Form, hash: Hash): CarrierId | null {
  const values = form.all(...ID_FIELDS).map((value) => value.trim());
  const [id, ...others] = values.filter((value) => value !== '');
  if (id === undefined) return null;
  const regular = REGULAR_ID.test(id);
  const odd =
    regular && others.every((other) => other === id)
      ? null
      : [id, ...others].map((each) => (isSid(each) ? each : asReceived(each))).join(' ');
  const fits = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id) && (isSid(id) || !mayHoldNumber(id));
  return { id: fits ? id : `x_${hash(`message id: ${id}`).slice(0, 40)}`, regular, odd };
}

/** Of any kind: 32 hexadecimal digits may look like a number and are none. */
function isSid(id: string): boolean {
  return /^[A-Z]{2}[0-9a-f]{32}$/i.test(id);
}
