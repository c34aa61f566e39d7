import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { PreferencesPatch } from '../contract/team.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { Operator } from './operator.ts';
import { operatorsStore } from './operators-store.ts';

/** Sets an operator's own preferences (OUT-9), with the audit entry; null when there is no such operator. */
export async function changePreferences(
  deps: { db: Database; ids: Ids; config: Pick<Config, 'secrets'> },
  operatorId: string,
  { undoSeconds }: PreferencesPatch,
  audit: AuditContext,
  now: Date,
): Promise<Operator | null> {
  const operators = operatorsStore(deps.db, deps.config);
  const operator = await operators.find(operatorId);
  if (operator === null) return null;
  if (operator.undoSeconds === undoSeconds) return operator;
  const batch = deps.db.batch();
  operators.change(batch, operatorId, { undoSeconds, updatedAt: now });
  appendAudit(batch, deps, audit, {
    action: 'operator.changed',
    target: { kind: 'operator', id: operatorId },
    before: { undoSeconds: operator.undoSeconds ?? null },
    after: { fields: ['undoSeconds'], undoSeconds },
  });
  await batch.commit();
  return { ...operator, undoSeconds };
}
