import { DocumentReference, GeoPoint, Timestamp } from '@google-cloud/firestore';
import type { Database } from '../../src/platform/firestore.ts';

/**
 * A stored value as JSON can hold it, with all of its precision: times and other values that JSON has no form for are
 * `{"$time": "…"}`, `{"$reference": …}`, `{"$place": …}`, `{"$bytes": …}`, `{"$number": …}`; a map that has a name with a
 * dollar of its own is `{"$map": {…}}`, so that each text means one value.
 */
export function plain(value: unknown): unknown {
  if (value instanceof Timestamp) return { $time: timeText(value) };
  if (value instanceof DocumentReference) return { $reference: value.path };
  if (value instanceof GeoPoint) return { $place: [value.latitude, value.longitude] };
  if (Buffer.isBuffer(value) || value instanceof Uint8Array)
    return { $bytes: Buffer.from(value).toString('base64') };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const map = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  return Object.keys(map).some((name) => name.startsWith('$')) ? { $map: map } : map;
}

/** The value that `plain` wrote. Throws for what it never writes. */
export function stored(db: Database, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => stored(db, each));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, inner] = entries[0] ?? [];
  if (name === undefined || !entries.some(([each]) => each.startsWith('$'))) return mapOf(db, value);
  if (entries.length > 1) throw new Error(`A value has ${name} beside other names.`);
  return special(db, name, inner);
}

function special(db: Database, name: string, inner: unknown): unknown {
  if (name === '$map' && typeof inner === 'object' && inner !== null) return mapOf(db, inner);
  if (name === '$time' && typeof inner === 'string') return timeOf(inner);
  if (name === '$reference' && typeof inner === 'string') return db.doc(inner);
  if (name === '$bytes' && typeof inner === 'string') return Buffer.from(inner, 'base64');
  if (name === '$number' && typeof inner === 'string') return Number(inner);
  if (name === '$place' && Array.isArray(inner)) return new GeoPoint(Number(inner[0]), Number(inner[1]));
  throw new Error(`A value has a ${name} that no export writes.`);
}

function mapOf(db: Database, map: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([name, each]) => [name, stored(db, each)]));
}

/** ISO 8601 with the nine digits that a stored time has. */
function timeText({ seconds, nanoseconds }: Timestamp): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${whole}.${String(nanoseconds).padStart(9, '0')}Z`;
}

function timeOf(text: string): Timestamp {
  const [, whole, nanoseconds] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{9})Z$/.exec(text) ?? [];
  const milliseconds = Date.parse(`${whole ?? ''}Z`);
  if (Number.isNaN(milliseconds)) throw new Error(`"${text}" is not a time.`);
  return new Timestamp(milliseconds / 1000, Number(nanoseconds));
}
