import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { operatorsStore } from './operators-store.ts';

/** Lifts every lock-out that failed sign-ins of this account have brought about (OP-5); false when there is no such operator. */
export async function unlockOperator(
  deps: { db: Database; ids: Ids; config: Pick<Config, 'secrets'> },
  operatorId: string,
  audit: AuditContext,
  now: Date,
): Promise<boolean> {
  const operators = operatorsStore(deps.db, deps.config);
  const operator = await operators.find(operatorId);
  if (operator === null) return false;
  const batch = deps.db.batch();
  operators.change(batch, operatorId, { unlockedAt: now, updatedAt: now });
  appendAudit(batch, deps, audit, {
    action: 'operator.unlocked',
    target: { kind: 'operator', id: operatorId },
  });
  await batch.commit();
  return true;
}
