import { FieldValue } from '@google-cloud/firestore';
import type { AuditAction, AuditItem, AuditTarget } from '../contract/audit.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { Writer } from '../platform/writer.ts';
import { auditEntryRef } from './entries-store.ts';

/** Who acts, from where, in which request. Every use case that changes something is given one. */
export interface AuditContext {
  actor: AuditItem['actor'];
  /** The client's network address; null for the system's own acts. */
  address: string | null;
  requestId: string;
}

/** `before` and `after` hold what changed, without personal data: names of fields, statuses, roles, counts. */
export interface AuditChange {
  action: AuditAction;
  target: AuditTarget;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

export const SYSTEM_ACTOR: AuditItem['actor'] = { kind: 'system', id: null, label: 'Parley' };

/**
 * Adds an audit entry to the commit that makes the change (PRIV-5), so that neither exists without the other. The time is
 * the server's, which orders entries for sealing.
 */
export function appendAudit(
  writer: Writer,
  store: { db: Database; ids: Ids },
  context: AuditContext,
  change: AuditChange,
): void {
  writer.create(auditEntryRef(store.db, store.ids.next()), {
    at: FieldValue.serverTimestamp(),
    actor: context.actor,
    action: change.action,
    target: change.target,
    address: context.address,
    requestId: context.requestId,
    before: change.before ?? null,
    after: change.after ?? null,
  });
}
