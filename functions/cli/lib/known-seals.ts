import { z } from 'zod';
import type { KnownSeal } from '../../src/audit/verify.ts';

/** The fields of an `audit.sealed` line that name a seal. */
const sealedLine = z.object({
  event: z.literal('audit.sealed'),
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
const cloudEntry = z.object({ jsonPayload: z.unknown() });

/**
 * Every seal that log lines tell of: out of `gcloud logging read … --format=json`, which is one JSON array of entries, or
 * out of JSON lines, of Cloud Logging or of the functions themselves. Other lines are passed over.
 */
export function sealsInLog(text: string): KnownSeal[] {
  return entriesIn(text).flatMap((entry) => {
    const cloud = cloudEntry.safeParse(entry);
    const line = sealedLine.safeParse(cloud.success ? cloud.data.jsonPayload : entry);
    return line.success ? [{ seq: line.data.seq, hash: line.data.hash }] : [];
  });
}

function entriesIn(text: string): unknown[] {
  const whole = parsed(text);
  if (whole !== undefined) return [whole].flat();
  // The emulators put a prefix before what a function prints.
  return text.split('\n').flatMap((line) => {
    const start = line.indexOf('{');
    return start < 0 ? [] : (parsed(line.slice(start)) ?? []);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `NUMBER:HASH`, as an earlier report printed it; null when it is not. */
export function sealFromText(text: string): KnownSeal | null {
  const [, seq, hash] = /^(\d{1,12}):([0-9a-f]{64})$/.exec(text) ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash };
}
