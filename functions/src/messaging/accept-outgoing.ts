import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { MessageAccepted } from '../contract/messages.ts';
import { countSegments } from '../contract/segments.ts';
import { findRecipient } from '../people/find-recipient.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { AppError, isAlreadyExists } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import { derivedId, type Ids } from '../platform/ids.ts';
import type { TaskQueue } from '../platform/task-queue.ts';
import { recordOutgoingText } from './conversations-store.ts';
import { createOutgoing, readOutgoing, type NewOutgoing } from './outgoing-store.ts';

/** What an operator sends, checked by the contract's schemas. */
export interface SendRequest {
  userId: string;
  body: string;
  idempotencyKey: string;
  operatorId: string;
  /** The operator's name, for the log. */
  operator: string;
}

export interface AcceptDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  tasks: TaskQueue;
  config: Pick<Config, 'smsMode'>;
}

export type Refusal = Extract<
  ErrorCode,
  | 'SMS_DISABLED'
  | 'PERSON_NOT_FOUND'
  | 'PERSON_INACTIVE'
  | 'PERSON_OPTED_OUT'
  | 'PERSON_SUPPRESSED'
  | 'IDEMPOTENCY_KEY_REUSED'
>;

/** `repeated`: the same request had been accepted before, and is answered the same. */
export type AcceptResult =
  { kind: 'accepted'; answer: MessageAccepted; repeated: boolean } | { kind: 'refused'; code: Refusal };

const UNTEXTABLE = {
  inactive: 'PERSON_INACTIVE',
  opted_out: 'PERSON_OPTED_OUT',
  suppressed: 'PERSON_SUPPRESSED',
} as const satisfies Record<string, Refusal>;

/**
 * Accepts one text for sending (OUT-3): log entry, conversation and audit in one commit, then a task; never waits for
 * the provider. The entry's id follows from operator and key, so the commit itself refuses a double (OUT-5). Two reads
 * and three writes; one read more when it comes again or is refused. Throws UNAVAILABLE when the text is kept but the
 * queue did not take it: the same request again mends that, and so does the sweep.
 */
export async function acceptOutgoing(
  deps: AcceptDeps,
  request: SendRequest,
  context: AuditContext,
): Promise<AcceptResult> {
  const id = derivedId('m_', request.operatorId, request.idempotencyKey);
  const requestHash = derivedId('', request.userId, request.body);
  const checked = await checkRecipient(deps, request.userId);
  if ('refused' in checked) {
    // What was accepted before stays accepted, whatever became of the person since.
    return (await replay(deps, id, requestHash)) ?? { kind: 'refused', code: checked.refused };
  }
  const { userId, body, operatorId, operator } = request;
  const { recipient } = checked;
  const entry = {
    id,
    queuedAt: deps.clock.now(),
    userId,
    recipient,
    body,
    operatorId,
    operator,
    requestHash,
    requestId: context.requestId,
  };
  try {
    await keep(deps, entry, context);
  } catch (error) {
    const before = isAlreadyExists(error) ? await replay(deps, id, requestHash) : null;
    if (before === null) throw error;
    return before;
  }
  await enqueue(deps, id);
  return { kind: 'accepted', answer: { messageId: id, status: 'queued', dueAt: null }, repeated: false };
}

async function checkRecipient(
  deps: AcceptDeps,
  userId: string,
): Promise<{ recipient: string } | { refused: Refusal }> {
  if (deps.config.smsMode === 'disabled') return { refused: 'SMS_DISABLED' };
  const recipient = await findRecipient(deps.db, userId);
  if (recipient === null) return { refused: 'PERSON_NOT_FOUND' };
  const { label, untextable } = recipient;
  return untextable === null ? { recipient: label } : { refused: UNTEXTABLE[untextable] };
}

async function keep(deps: AcceptDeps, entry: NewOutgoing, context: AuditContext): Promise<void> {
  const batch = deps.db.batch();
  createOutgoing(batch, deps.db, entry);
  recordOutgoingText(batch, deps.db, entry.userId, { body: entry.body, at: entry.queuedAt });
  const { segments, encoding } = countSegments(entry.body);
  appendAudit(batch, deps, context, {
    action: 'message.accepted',
    target: { kind: 'message', id: entry.id },
    after: { userId: entry.userId, length: entry.body.length, segments, encoding },
  });
  await batch.commit();
}

/** The answer to a key that was used before; null when it never was. */
async function replay(deps: AcceptDeps, id: string, requestHash: string): Promise<AcceptResult | null> {
  const entry = await readOutgoing(deps.db, id);
  if (entry === null) return null;
  if (entry.requestHash !== requestHash) return { kind: 'refused', code: 'IDEMPOTENCY_KEY_REUSED' };
  // The first request may have ended between the commit and the queue. A task too many does no harm.
  if (entry.delivery.status === 'queued') await enqueue(deps, id);
  return { kind: 'accepted', answer: { messageId: id, status: 'queued', dueAt: null }, repeated: true };
}

async function enqueue(deps: AcceptDeps, id: string): Promise<void> {
  try {
    await deps.tasks.enqueueSend(id);
  } catch (cause) {
    throw new AppError('UNAVAILABLE', {
      message: 'The message is kept, but the queue did not take it yet. Try again: it goes out once.',
      cause,
    });
  }
}
