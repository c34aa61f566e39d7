import type { AuditContext } from '../../audit/append.ts';
import { withoutLastDigits } from '../../contract/masks.ts';
import { AppError } from '../../platform/errors.ts';
import type { LookUpKind } from '../../team/look-ups.ts';
import { countLookUp } from '../../team/record-look-up.ts';
import type { ApiDeps } from '../deps.ts';
import type { Caller, KnownCaller } from './caller.ts';
import { refuse } from './guard.ts';

/**
 * Lets a call that takes a phone number through, or throws (PRIV-3): PERMISSION_DENIED where the caller may not look
 * numbers up, LOOKUP_LIMITED where the caller has done so as often as one may. Whatever the answer will be, it counts.
 */
export async function admitLookUp(
  deps: ApiDeps,
  { caller, audit, now }: { caller: KnownCaller; audit: AuditContext; now: Date },
  kind: LookUpKind = 'look_up',
): Promise<void> {
  if (!caller.scopes.has('people:lookup')) refuse(caller, 'people:lookup');
  const count = await countLookUp(deps, caller.id, kind, audit, now);
  if (count.kind === 'limited')
    throw new AppError('LOOKUP_LIMITED', { details: { retryAfterSeconds: count.retryAfterSeconds } });
}

/** Texts of messages are shown as they are; everything else that holds a masked number is a label. */
const AS_WRITTEN = new Set(['body', 'words']);

/** An answer as JSON, for who reads it: without `people:lookup`, masked numbers show no digit at all. */
export function answerFor(caller: Caller, answer: unknown): string {
  if (caller.kind === 'nobody' || caller.scopes.has('people:lookup')) return JSON.stringify(answer);
  return JSON.stringify(answer, (key, value: unknown) =>
    typeof value === 'string' && !AS_WRITTEN.has(key) ? withoutLastDigits(value) : value,
  );
}
