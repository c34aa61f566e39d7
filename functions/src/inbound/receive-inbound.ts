import type { InboundMessage } from '../carrier/webhook.ts';
import { MAX_BODY_LENGTH, type Keyword } from '../contract/delivery.ts';
import { countSegments } from '../contract/segments.ts';
import { findPhoneKey, guardPhoneKey, readPhoneKey, type ReadPhoneKey } from '../people/phone-keys-store.ts';
import { recordHold, unknownLabel } from '../people/record-hold.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { AppError, isAlreadyExists, isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { cutWell } from '../platform/odd-text.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import { retrying } from '../platform/retry.ts';
import type { Writer } from '../platform/writer.ts';
import { autoReplyId, createAutoReply, readAutoReplyText } from './auto-reply.ts';
import { readConversation, recordIncomingText } from '../conversations/conversations-store.ts';
import { decideInbound } from './inbound-decision.ts';
import { createIncoming, readIncoming, type NewIncoming } from './incoming-store.ts';
import { detectKeyword } from './keywords.ts';
import { createRevocation } from './revocations-store.ts';
import { senderLabel } from './sender-label.ts';

export interface InboundDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  vault: Pick<PhoneVault, 'hashes'>;
  config: Pick<Config, 'ackText' | 'autoRepliesPerHour' | 'extraStopWords'>;
}

/** The reply to give now, or null for silence; `replyId` is the outgoing entry that its delivery is reported to. */
export interface InboundResult {
  reply: { text: string; replyId: string } | null;
  entry: Pick<NewIncoming, 'sid' | 'status' | 'responseReason' | 'irregular'>;
  repeated: boolean;
}

/** Tries of an optimistic commit: enough for 20 texts of one person that arrive together. */
const COMMIT_TRIES = 40;

/**
 * Keeps one inbound message and decides its answer, in one atomic commit made with `create()`: a message is logged before
 * the carrier gets its answer (IN-4), once (IN-5), and answered the same again when it comes again. Two reads and three
 * writes for a registered sender, one and one for an unknown one (two and one where its number has two forms). Throws when Firestore did not take it (IN-10).
 */
export async function receiveInbound(
  deps: InboundDeps,
  message: InboundMessage,
  requestId: string,
): Promise<InboundResult> {
  const hashes = deps.vault.hashes(message.from);
  return retrying(COMMIT_TRIES, lostRace, () => receiveOnce(deps, message, hashes, requestId));
}

/** Somebody else wrote in between: this very message, another one of the same person, or a first opt-out of the number. */
function lostRace(error: unknown): boolean {
  return isAlreadyExists(error) || isConflict(error);
}

async function receiveOnce(
  deps: InboundDeps,
  message: InboundMessage,
  hashes: readonly [string, ...string[]],
  requestId: string,
): Promise<InboundResult> {
  const { hash, phoneKey } = await findPhoneKey(deps.db, hashes);
  const keyword = detectKeyword(message.body, message.optOutType, deps.config.extraStopWords);
  try {
    return phoneKey === null || phoneKey.userId === null
      ? await keepUnknown(deps, message, { hash, phoneKey, keyword, requestId })
      : await keepFromPerson(deps, message, { hash, phoneKey, userId: phoneKey.userId, keyword, requestId });
  } catch (error) {
    if (!lostRace(error)) throw error;
    const repeated = await replay(deps, message.sid);
    if (repeated !== null) return repeated;
    throw error;
  }
}

interface Known {
  hash: string;
  phoneKey: ReadPhoneKey | null;
  keyword: Keyword | null;
  requestId: string;
}

async function keepUnknown(deps: InboundDeps, message: InboundMessage, known: Known): Promise<InboundResult> {
  const now = deps.clock.now();
  const { autoReplies: _none, ...decision } = decideInbound({ kind: 'unknown' }, known.keyword, 0, now);
  const sender = {
    userId: null,
    senderHash: known.hash,
    sender: senderLabel(message.from, unknownLabel(known.hash)),
  };
  const entry = { ...logFields(message, known, now), ...sender, ...decision, responseId: null };
  const batch = deps.db.batch();
  createIncoming(batch, deps.db, entry);
  // Nobody's consent is nobody's.
  if (message.from !== '') recordConsent(deps, batch, message.sid, known, now);
  await batch.commit();
  return { reply: null, entry, repeated: false };
}

async function keepFromPerson(
  deps: InboundDeps,
  message: InboundMessage,
  first: Known & { phoneKey: ReadPhoneKey; userId: string },
): Promise<InboundResult> {
  const { userId, keyword } = first;
  const conversation = await readConversation(deps.db, userId);
  // Made with the person in one commit; its lack means a broken database, which a retry after mending must find.
  if (conversation === null)
    throw new AppError('UNAVAILABLE', { cause: new Error('A person has no conversation.') });
  // A STOP and a START that arrive together: the conversation's version guards the commit, so what is read of the consent
  // behind it is what the other one left.
  const phoneKey = changesConsent(keyword) ? await readPhoneKey(deps.db, first.hash) : first.phoneKey;
  if (phoneKey?.userId !== userId)
    throw new AppError('UNAVAILABLE', { cause: new Error('The number has changed hands meanwhile.') });
  const known = { ...first, phoneKey };
  const now = deps.clock.now();
  const { autoReplies, ...decision } = decideInbound(
    { kind: 'person', active: phoneKey.active, autoReplies: conversation.autoReplies },
    keyword,
    deps.config.autoRepliesPerHour,
    now,
  );
  const reply = decision.responded ? { text: deps.config.ackText, replyId: autoReplyId(message.sid) } : null;
  const sender = { userId, senderHash: null, sender: conversation.label };
  const entry = {
    ...logFields(message, known, now),
    ...sender,
    ...decision,
    responseId: reply?.replyId ?? null,
  };
  const batch = deps.db.batch();
  createIncoming(batch, deps.db, entry);
  if (reply !== null) {
    createAutoReply(batch, deps.db, reply.replyId, {
      userId,
      recipient: conversation.label,
      body: reply.text,
      at: now,
      requestId: known.requestId,
    });
  }
  recordIncomingText(batch, deps.db, userId, conversation, {
    body: cutWell(message.body, MAX_BODY_LENGTH),
    at: now,
    autoReplies,
  });
  recordConsent(deps, batch, message.sid, known, now);
  await batch.commit();
  return { reply, entry, repeated: false };
}

function logFields(message: InboundMessage, known: Known, now: Date) {
  return {
    sid: message.sid,
    receivedAt: now,
    body: message.body,
    keyword: known.keyword,
    segments: message.segments ?? countSegments(message.body).segments,
    media: message.media,
    irregular: message.irregular ?? {},
    requestId: known.requestId,
  };
}

/**
 * STOP and START change consent, also of a number that nobody has registered yet: its later owner inherits it. A text
 * that may mean the same in other words is flagged for an operator, unless the number has opted out already.
 */
function recordConsent(deps: InboundDeps, writer: Writer, sid: string, known: Known, now: Date): void {
  const { keyword, phoneKey, hash } = known;
  const optedOut = phoneKey?.optedOut ?? null;
  if (keyword === 'revocation' && optedOut === null)
    createRevocation(writer, deps.db, { id: sid, phoneKey: hash, receivedAt: now });
  if (!changesConsent(keyword)) return;
  const person = { kind: 'person', id: phoneKey?.userId ?? null, label: 'By text' } as const;
  const changed = recordHold(
    writer,
    deps,
    { actor: person, address: null, requestId: known.requestId },
    {
      kind: 'opted_out',
      change: keyword === 'stop' ? 'added' : 'lifted',
      phoneKey: hash,
      known: phoneKey,
      source: 'keyword',
      reason: null,
      errorCode: null,
      messageId: sid,
      at: now,
    },
  );
  // It stands so already: only as long as no operator lifts it, or adds it, in this very moment.
  if (!changed && phoneKey !== null) guardPhoneKey(writer, deps.db, hash, phoneKey);
}

function changesConsent(keyword: Keyword | null): keyword is 'stop' | 'start' {
  return keyword === 'stop' || keyword === 'start';
}

/** The answer that was decided when this SID came first; null when it never did. */
async function replay(deps: InboundDeps, sid: string): Promise<InboundResult | null> {
  const entry = await readIncoming(deps.db, sid);
  if (entry === null) return null;
  const text = entry.responseId === null ? null : await readAutoReplyText(deps.db, entry.responseId);
  const reply = entry.responseId === null || text === null ? null : { text, replyId: entry.responseId };
  return {
    reply,
    entry: { sid, status: entry.status, responseReason: entry.responseReason },
    repeated: true,
  };
}
