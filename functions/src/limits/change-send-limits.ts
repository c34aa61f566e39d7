import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { SendLimitsAnswer, SendLimitsPatch } from '../contract/send-limits.ts';
import type { Clock } from '../platform/clock.ts';
import { isAlreadyExists, isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { retrying } from '../platform/retry.ts';
import { isAsSeen } from '../platform/settings-seen.ts';
import { readSpend } from './send-counters-store.ts';
import { readLimits, writeLimits, type KeptLimits } from './send-limits-store.ts';

const TRIES = 10;

/** The limits and what of them is used. Two reads. */
export async function readSendLimits(deps: { db: Database; clock: Clock }): Promise<SendLimitsAnswer> {
  return answerOf(deps, await readLimits(deps.db));
}

async function answerOf(
  deps: { db: Database; clock: Clock },
  { limits, updatedAt, updatedBy }: KeptLimits,
): Promise<SendLimitsAnswer> {
  const spentMicros = await readSpend(deps.db, deps.clock.now());
  return {
    ...limits,
    spentToday: Math.round(spentMicros / 100) / 10_000,
    updatedAt: updatedAt?.toISOString() ?? null,
    updatedBy,
  };
}

/**
 * Sets limits (OUT-11), with the change in the audit log; they hold from the answer on. Null when they were changed since
 * the caller saw them.
 */
export async function changeSendLimits(
  deps: { db: Database; clock: Clock; ids: Ids },
  { seen, ...patch }: SendLimitsPatch,
  audit: AuditContext,
): Promise<SendLimitsAnswer | null> {
  const lostRace = (error: unknown) => isAlreadyExists(error) || isConflict(error);
  return retrying(TRIES, lostRace, async () => {
    const before = await readLimits(deps.db);
    if (!isAsSeen(before, seen)) return null;
    const set = Object.fromEntries(Object.entries(patch).filter(([, limit]) => limit !== undefined));
    const after: KeptLimits = {
      ...before,
      limits: { ...before.limits, ...set },
      updatedAt: deps.clock.now(),
      updatedBy: audit.actor.label,
    };
    const batch = deps.db.batch();
    writeLimits(batch, deps.db, after);
    appendAudit(batch, deps, audit, {
      action: 'settings.changed',
      target: { kind: 'system', id: 'limits' },
      before: { ...before.limits },
      after: { ...after.limits },
    });
    await batch.commit();
    return answerOf(deps, after);
  });
}
