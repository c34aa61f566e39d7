import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { MessageAccepted, SendAt } from '../contract/messages.ts';
import { countSegments } from '../contract/segments.ts';
import { findRecipient } from '../people/find-recipient.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { isAlreadyExists, isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import { derivedId, type Ids } from '../platform/ids.ts';
import { gathering } from '../platform/reader.ts';
import { retrying } from '../platform/retry.ts';
import type { TaskQueue } from '../jobs/task-queue.ts';
import { recharge } from '../limits/charges.ts';
import { countSent, readSendState, type SendCounts } from '../limits/check-send-guards.ts';
import { recordOutgoingText, recordRead } from '../conversations/conversations-store.ts';
import { decideAccept, type AddresseeRefusal } from './accept.ts';
import { enqueueSend } from './enqueue-send.ts';
import { createEntry, firstStatus, readOutgoing, type NewEntry, type Outgoing } from './outgoing-store.ts';
import { recordSendRefusal } from '../limits/record-send-refusal.ts';
import type { GuardCode, GuardRefusal } from '../limits/send-guards.ts';
import { sendTimeOf, type SendTime } from './send-time.ts';

/** What an operator sends, checked by the contract's schemas. */
export interface SendRequest {
  userId: string;
  body: string;
  idempotencyKey: string;
  operatorId: string;
  /** The operator's name, for the log. */
  operator: string;
  /** When it is to be sent; else it is sent after `undoSeconds`, at once with 0. */
  sendAt?: SendAt | undefined;
  undoSeconds?: number | undefined;
}

export interface AcceptDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  tasks: TaskQueue;
  config: Pick<Config, 'smsMode'>;
}

export type Refusal = AddresseeRefusal | Extract<ErrorCode, 'SMS_DISABLED' | 'IDEMPOTENCY_KEY_REUSED'>;

/** `repeated`: the same request had been accepted before, and is answered the same. */
export type AcceptResult =
  | { kind: 'accepted'; answer: MessageAccepted; repeated: boolean }
  | { kind: 'refused'; code: Refusal }
  | { kind: 'guarded'; code: GuardCode; refusal: GuardRefusal }
  | { kind: 'bad_time'; problem: BadTime };

type BadTime = Extract<SendTime, { ok: false }>;
type Due = NonNullable<NewEntry['due']> | null;

/** Tries of a commit that lost to another message of the same operator; a program that sends many at once needs some. */
const TRIES = 30;

/**
 * Accepts one message for sending (OUT-3), now or later (OUT-8, OUT-9): log entry, conversation, counter and audit in one
 * commit, then a task; never waits for the carrier. The entry's id follows from operator and key, so the commit itself
 * refuses a double (OUT-5). Six reads and four writes; one read less without a spending limit, one more when it comes
 * again or is refused. Throws UNAVAILABLE when the message is kept but the queue did not take it: the same request again
 * mends that, and so does the sweep.
 */
export async function acceptOutgoing(
  deps: AcceptDeps,
  request: SendRequest,
  context: AuditContext,
): Promise<AcceptResult> {
  const id = derivedId('m_', request.operatorId, request.idempotencyKey);
  const time = request.sendAt === undefined ? [] : [request.sendAt.local, request.sendAt.timeZone];
  const requestHash = derivedId('', request.userId, request.body, ...time);
  const lostRace = (error: unknown) => isConflict(error) || isAlreadyExists(error);
  return retrying(TRIES, lostRace, async () => {
    try {
      const result = await acceptOnce(deps, request, { id, requestHash }, context);
      if (result.kind === 'accepted') return result;
      // What was accepted before stays accepted, whatever the person, the time and the limits are by now.
      const before = await replay(deps, id, requestHash);
      if (before === null && result.kind === 'guarded') {
        await recordSendRefusal(deps, { kind: 'person', id: request.userId }, result.refusal, context);
      }
      return before ?? result;
    } catch (error) {
      // This message was accepted before; or else the operator's counter is new, and another message made it first.
      const before = isAlreadyExists(error) ? await replay(deps, id, requestHash) : null;
      if (before === null) throw error;
      return before;
    }
  });
}

async function acceptOnce(
  deps: AcceptDeps,
  { userId, body, operatorId, operator, ...when }: SendRequest,
  { id, requestHash }: { id: string; requestHash: string },
  context: AuditContext,
): Promise<AcceptResult> {
  if (deps.config.smsMode === 'disabled') return { kind: 'refused', code: 'SMS_DISABLED' };
  const now = deps.clock.now();
  const timed = dueOf(when, now);
  if ('problem' in timed) return { kind: 'bad_time', problem: timed.problem };
  const { segments } = countSegments(body);
  const reader = gathering(deps.db);
  const [recipient, state] = await Promise.all([
    findRecipient(deps.db, userId, reader),
    readSendState(deps.db, { userId, operatorId, segments }, now, reader),
  ]);
  const decision = decideAccept({ origin: 'operator', segments }, recipient, state, now);
  if (decision.kind === 'guarded') return { ...decision, code: decision.refusal.code };
  if (decision.kind === 'refused') return decision;
  const { due } = timed;
  const entry: NewEntry = {
    id,
    queuedAt: now,
    origin: { kind: 'operator', id: operatorId, label: operator },
    to: { kind: 'person', userId, label: recipient?.label ?? '' },
    body,
    requestHash,
    requestId: context.requestId,
    charges: recharge({}, segments, now).charges,
    due,
  };
  await keep(deps, entry, userId, state.counts, context);
  const status = firstStatus(due);
  if (status !== 'scheduled') await enqueueSend(deps, entry, due?.at ?? null);
  const dueAt = due?.at.toISOString() ?? null;
  return { kind: 'accepted', answer: { messageId: id, status, dueAt }, repeated: false };
}

function dueOf(
  { sendAt, undoSeconds = 0 }: Pick<SendRequest, 'sendAt' | 'undoSeconds'>,
  now: Date,
): { due: Due } | { problem: BadTime } {
  if (sendAt === undefined) {
    const at = new Date(now.getTime() + undoSeconds * 1000);
    return { due: undoSeconds === 0 ? null : { at, timeZone: null } };
  }
  const time = sendTimeOf(sendAt, now);
  return time.ok ? { due: { at: time.at, timeZone: time.timeZone } } : { problem: time };
}

async function keep(
  deps: AcceptDeps,
  entry: NewEntry,
  userId: string,
  counts: SendCounts,
  context: AuditContext,
): Promise<void> {
  const { id, body, queuedAt, due = null } = entry;
  const batch = deps.db.batch();
  createEntry(batch, deps.db, entry);
  if (due === null) recordOutgoingText(batch, deps.db, userId, { body, at: queuedAt }, counts.toPerson);
  else recordRead(batch, deps.db, userId, counts.toPerson);
  countSent(batch, deps.db, counts);
  const { segments, encoding } = countSegments(body);
  const later = due === null ? {} : { dueAt: due.at.toISOString() };
  appendAudit(batch, deps, context, {
    action: 'message.accepted',
    target: { kind: 'message', id },
    after: { userId, length: body.length, segments, encoding, ...later },
  });
  await batch.commit();
}

/** The answer to a key that was used before; null when it never was. */
async function replay(deps: AcceptDeps, id: string, requestHash: string): Promise<AcceptResult | null> {
  const entry = await readOutgoing(deps.db, id);
  if (entry === null) return null;
  if (entry.requestHash !== requestHash) return { kind: 'refused', code: 'IDEMPOTENCY_KEY_REUSED' };
  // The first request may have ended between the commit and the queue. A task too many does no harm.
  const { status, dueAt } = entry.delivery;
  if (status === 'queued') await enqueueSend(deps, entry, null);
  if (status === 'held') await enqueueSend(deps, entry, dueAt);
  return { kind: 'accepted', answer: firstAnswer(entry), repeated: true };
}

/** As it was answered the first time, but for a time that was changed since. */
function firstAnswer({ id, item }: Outgoing): MessageAccepted {
  return { messageId: id, status: item.history[0]?.status ?? item.status, dueAt: item.dueAt };
}
