import { appendAudit, type AuditContext } from '../audit/append.ts';
import { appendingOnce } from '../audit/append-once.ts';
import type { OutgoingItem, OutgoingPatch } from '../contract/messages.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { apply } from './move-delivery.ts';
import { readOutgoing, writeDelivery, writeText } from './outgoing-store.ts';
import { sendTimeOf, type SendTime } from './send-time.ts';

export type EditResult =
  | { kind: 'edited'; item: OutgoingItem }
  | { kind: 'bad_time'; problem: Extract<SendTime, { ok: false }> }
  | { kind: 'not_found' | 'left' };

/**
 * Changes the text or the time of an entry that has not left yet (OUT-8), with a line in its history and the audit entry.
 * A held one that is given a time is scheduled from then on. One transaction, so that it is changed or has left, never
 * both.
 */
export async function editOutgoing(
  deps: { db: Database; clock: Clock; ids: Ids },
  messageId: string,
  patch: OutgoingPatch,
  audit: AuditContext,
): Promise<EditResult> {
  const done = await appendingOnce<EditResult | { kind: 'written' }>(
    deps,
    { kind: 'written' },
    async (transaction, store) => {
      const entry = await readOutgoing(deps.db, messageId, transaction);
      if (entry === null) return { kind: 'not_found' };
      const now = deps.clock.now();
      const time = patch.sendAt === undefined ? null : sendTimeOf(patch.sendAt, now);
      if (time?.ok === false) return { kind: 'bad_time', problem: time };
      const fields = [...(patch.body === undefined ? [] : ['text']), ...(time === null ? [] : ['time'])];
      const note = `${audit.actor.label} changed the ${fields.join(' and the ')}.`;
      const due = { dueAt: time?.at ?? null, timeZone: time?.timeZone ?? null };
      const moved = apply(entry.delivery, { type: 'edited', note, ...due }, now);
      if (moved === null) return { kind: 'left' };
      writeDelivery(transaction, deps.db, messageId, moved.next);
      if (patch.body !== undefined) writeText(transaction, deps.db, messageId, patch.body);
      appendAudit(transaction, store, audit, {
        action: 'message.edited',
        target: { kind: 'message', id: messageId },
        after: { fields, dueAt: moved.next.dueAt?.toISOString() ?? null },
      });
      return { kind: 'written' };
    },
  );
  return done.kind === 'written' ? editedNow(deps.db, messageId) : done;
}

async function editedNow(db: Database, messageId: string): Promise<EditResult> {
  const entry = await readOutgoing(db, messageId);
  return entry === null ? { kind: 'not_found' } : { kind: 'edited', item: entry.item };
}
