import { appendAudit, type AuditContext } from '../audit/append.ts';
import { isAlreadyExists, isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { retrying } from '../platform/retry.ts';
import { decideLookUp, LOOK_UP_WINDOWS, type LookUpKind } from './look-ups.ts';
import { lookUpsStore } from './look-ups-store.ts';

/** Tries of a commit that lost a race: each round of rivals has a winner. */
const TRIES = 40;

export type LookUpCount = { kind: 'admitted' } | { kind: 'limited'; retryAfterSeconds: number };

/** Counts one look-up of an operator before it is answered: exactly, however many run at once and wherever. */
export async function countLookUp(
  deps: { db: Database; ids: Ids },
  operatorId: string,
  kind: LookUpKind,
  audit: AuditContext,
  now: Date,
): Promise<LookUpCount> {
  const store = lookUpsStore(deps.db, operatorId, kind);
  const lostRace = (error: unknown) => isAlreadyExists(error) || isConflict(error);
  return retrying(TRIES, lostRace, async (): Promise<LookUpCount> => {
    const { seen, version } = await store.read();
    const decision = decideLookUp(seen, LOOK_UP_WINDOWS[kind], now);
    const batch = deps.db.batch();
    if (decision.kind === 'admitted') {
      store.write(batch, decision.next, version, now);
    } else {
      const { retryAfterSeconds, note } = decision;
      if (!note) return { kind: 'limited', retryAfterSeconds };
      store.write(batch, { ...seen, notedAt: now }, version, now);
      appendAudit(batch, deps, audit, {
        action: 'person.lookup_limited',
        target: { kind: 'person', id: null },
        after: { of: kind },
      });
    }
    await batch.commit();
    return decision.kind === 'admitted'
      ? decision
      : { kind: 'limited', retryAfterSeconds: decision.retryAfterSeconds };
  });
}

/** Where a whole number was looked up. */
export type LookUpPlace = 'people' | 'messages' | 'opt_outs';

/**
 * Puts the look-up of a whole number into the audit log, before it is answered: never the number, but whom it led to, so
 * that a reader of the log sees what was learned. `found` may be true without a person: a number that opted out, or that
 * texted, is nobody's.
 */
export async function recordLookUp(
  deps: { db: Database; ids: Ids },
  audit: AuditContext,
  { place, userId, found }: { place: LookUpPlace; userId: string | null; found: boolean },
): Promise<void> {
  const batch = deps.db.batch();
  appendAudit(batch, deps, audit, {
    action: 'person.looked_up',
    target: { kind: 'person', id: userId },
    after: { in: place, found },
  });
  await batch.commit();
}
