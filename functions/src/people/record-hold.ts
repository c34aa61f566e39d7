import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { AuditAction } from '../contract/audit.ts';
import type { ConsentChange, ConsentSource, HoldKind } from '../contract/consent.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { Writer } from '../platform/writer.ts';
import { createConsentEvent } from './consent-events-store.ts';
import { holdOf, writeHold, type ReadPhoneKey } from './phone-keys-store.ts';
import type { User } from './users-store.ts';

/** An opt-out or a suppression of one number is added or lifted. */
export interface HoldChange {
  kind: HoldKind;
  change: ConsentChange;
  /** The keyed hash of the number. */
  phoneKey: string;
  /** The number's document as it was just read. */
  known: ReadPhoneKey | null;
  source: ConsentSource;
  reason: string | null;
  errorCode: number | null;
  /** The message that caused it. */
  messageId: string | null;
  at: Date;
}

const ACTIONS: Readonly<Record<HoldKind, Readonly<Record<ConsentChange, AuditAction>>>> = {
  opted_out: { added: 'consent.opted_out', lifted: 'consent.opted_in' },
  suppressed: { added: 'consent.suppressed', lifted: 'consent.unsuppressed' },
};

/**
 * Adds an opt-out or a suppression, or lifts one: the number's document, the consent event and the audit entry, three
 * writes in the caller's commit (SUPP-1). Answers whether anything had to change; otherwise nothing is written. The commit
 * fails when the number's document has changed since it was read.
 */
export function recordHold(
  writer: Writer,
  store: { db: Database; ids: Ids },
  audit: AuditContext,
  change: HoldChange,
): boolean {
  const { kind, phoneKey, known, source, reason, errorCode, messageId, at } = change;
  const adds = change.change === 'added';
  if (adds === (holdOf(known, kind) !== null)) return false;
  const { actor } = audit;
  const operator = byRequest(actor);
  const name = operator?.label ?? null;
  const hold = adds ? { at, source, reason, errorCode, operator: name } : null;
  const userId = known?.userId ?? null;
  writeHold(writer, store.db, phoneKey, known, kind, hold);
  createConsentEvent(writer, store.db, store.ids.next(), {
    at,
    kind,
    change: change.change,
    source,
    reason,
    errorCode,
    operatorId: operator?.id ?? null,
    operator: name,
    messageId,
    phoneKey,
    userId,
  });
  appendAudit(writer, store, audit, {
    action: ACTIONS[kind][change.change],
    target: { kind: 'person', id: userId },
    after: {
      source,
      ...(errorCode === null ? {} : { errorCode }),
      ...(operator === null
        ? {}
        : { reason, ...(userId === null ? { number: unknownLabel(phoneKey) } : {}) }),
    },
  });
  return true;
}

/**
 * Adds the event of a consent that an operator recorded, changed or removed (PPL-1) to the commit that does so, which has
 * an audit entry of its own.
 */
export function recordEvidence(
  writer: Writer,
  store: { db: Database; ids: Ids },
  { actor }: AuditContext,
  { user, at }: { user: Pick<User, 'id' | 'phoneKey' | 'consent'>; at: Date },
): void {
  createConsentEvent(writer, store.db, store.ids.next(), {
    at,
    kind: 'consent',
    change: user.consent === null ? 'lifted' : 'added',
    source: 'operator',
    reason: user.consent?.source ?? null,
    errorCode: null,
    operatorId: byRequest(actor)?.id ?? null,
    operator: byRequest(actor)?.label ?? null,
    messageId: null,
    phoneKey: user.phoneKey,
    userId: user.id,
  });
}

/** An actor who asked for the change through the API; null where a message or the system caused it. */
function byRequest(actor: AuditContext['actor']): AuditContext['actor'] | null {
  return actor.kind === 'operator' || actor.kind === 'program' ? actor : null;
}

/** The label of a number that nobody is registered with. */
export function unknownLabel(phoneKey: string): string {
  return `Unknown · ${phoneKey.slice(0, 6)}`;
}
