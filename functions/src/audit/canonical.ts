import { Timestamp } from '@google-cloud/firestore';

/**
 * One text for one value, whatever order its fields were read in: what is hashed when entries are sealed. It tells
 * every two different values apart, so a change of type counts as an edit too. Throws for what no entry holds.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (value instanceof Timestamp) return `@${String(value.seconds)}.${String(value.nanoseconds)}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isPlain(value))
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
      .join(',')}}`;
  throw new TypeError('An audit entry holds a value of a kind that none has.');
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
