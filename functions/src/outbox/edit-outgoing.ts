import type { Transaction } from '@google-cloud/firestore';
import { appendAudit, type AuditContext } from '../audit/append.ts';
import { appendingOnce } from '../audit/append-once.ts';
import { MAX_EDITS } from '../contract/limits.ts';
import type { OutgoingItem, OutgoingPatch } from '../contract/messages.ts';
import { countSegments } from '../contract/segments.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { mayChange, type Editor } from './authorship.ts';
import { checkEdit } from '../limits/check-send-guards.ts';
import { apply } from './move-delivery.ts';
import { readOutgoing, writeDelivery, writeEdit, type Outgoing } from './outgoing-store.ts';
import { recordSendRefusal } from '../limits/record-send-refusal.ts';
import { writeCounter } from '../limits/send-counters-store.ts';
import type { GuardRefusal } from '../limits/send-guards.ts';
import { sendTimeOf, type SendTime } from './send-time.ts';

interface EditDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
}

type Refused =
  | { kind: 'bad_time'; problem: Extract<SendTime, { ok: false }> }
  | { kind: 'guarded'; refusal: GuardRefusal; userId: string | null }
  | { kind: 'not_found' | 'not_yours' | 'left' | 'too_many' };

export type EditResult = { kind: 'edited'; item: OutgoingItem } | Refused;

/**
 * Changes the words or the time of a message that has not been sent yet (OUT-8), for its author or an admin. The entry
 * keeps who changed it and what was there before; what it grows by is charged and held against the day's spending, with
 * the limits of this moment. A held message that is given a time is scheduled from then on. A refused edit changes
 * nothing, and neither does one that asks for what stands. One transaction, so that it is changed or sent, never both.
 */
export async function editOutgoing(
  deps: EditDeps,
  messageId: string,
  patch: OutgoingPatch,
  editor: Editor,
  audit: AuditContext,
): Promise<EditResult> {
  const done = await appendingOnce<Refused | { kind: 'written' }>(
    deps,
    { kind: 'written' },
    async (transaction, store) => {
      const entry = await readOutgoing(deps.db, messageId, transaction);
      if (entry === null) return { kind: 'not_found' };
      if (!mayChange(editor, entry.item)) return { kind: 'not_yours' };
      return rewrite({ ...deps, ...store }, transaction, entry, { patch, editor, audit });
    },
  );
  if (done.kind === 'guarded')
    await recordSendRefusal(deps, { kind: 'message', id: messageId }, done.refusal, audit, done.userId);
  if (done.kind !== 'written') return done;
  const entry = await readOutgoing(deps.db, messageId);
  return entry === null ? { kind: 'not_found' } : { kind: 'edited', item: entry.item };
}

async function rewrite(
  { db, clock, ids }: EditDeps,
  transaction: Transaction,
  entry: Outgoing,
  { patch, editor, audit }: { patch: OutgoingPatch; editor: Editor; audit: AuditContext },
): Promise<Refused | { kind: 'written' }> {
  const { item, delivery, origin } = entry;
  // What many get is changed where it was written.
  if (origin.kind !== 'operator') return { kind: 'left' };
  const now = clock.now();
  const asked = patch.sendAt === undefined ? null : sendTimeOf(patch.sendAt, now);
  if (asked?.ok === false) return { kind: 'bad_time', problem: asked };
  const body = patch.body === item.body ? null : (patch.body ?? null);
  const time = asked !== null && isAnother(asked, entry) ? asked : null;
  const fields = [...(body === null ? [] : ['text']), ...(time === null ? [] : ['time'])];
  const note = `${editor.operator} changed the ${fields.join(' and the ')}.`;
  const due = { dueAt: time?.at ?? null, timeZone: time?.timeZone ?? null };
  const moved = apply(delivery, { type: 'edited', note, ...due }, now);
  if (moved === null) return { kind: 'left' };
  if (fields.length === 0) return { kind: 'written' };
  if (item.edits.length >= MAX_EDITS) return { kind: 'too_many' };
  const { segments } = body === null ? item : countSegments(body);
  const checked = await checkEdit(db, entry, segments, now, transaction);
  if (checked.kind === 'refused') return { kind: 'guarded', refusal: checked.refusal, userId: item.userId };
  const { operatorId, operator } = editor;
  const before = { body: body === null ? null : item.body, dueAt: time === null ? null : item.dueAt };
  const edits = [...item.edits, { at: now.toISOString(), operatorId, operator, ...before }];
  writeDelivery(transaction, db, entry, moved.next);
  writeEdit(transaction, db, entry.id, { body, edits, charges: checked.charges });
  if (checked.byAuthor !== null) writeCounter(transaction, db, checked.byAuthor);
  appendAudit(transaction, { db, ids }, audit, {
    action: 'message.edited',
    target: { kind: 'message', id: entry.id },
    before: { dueAt: item.dueAt, segments: item.segments },
    after: { userId: item.userId, fields, dueAt: moved.next.dueAt?.toISOString() ?? null, segments },
  });
  return { kind: 'written' };
}

function isAnother({ at, timeZone }: Extract<SendTime, { ok: true }>, { delivery }: Outgoing): boolean {
  return (
    delivery.status !== 'scheduled' ||
    delivery.dueAt?.getTime() !== at.getTime() ||
    delivery.timeZone !== timeZone
  );
}
