import { Timestamp, type QueryDocumentSnapshot } from '@google-cloud/firestore';
import type { OutgoingStatus } from '../../src/contract/delivery.ts';
import { incomingFromDocument, outgoingFromDocument } from '../../src/contract/live.ts';
import type { HistoryItem, OutgoingItem } from '../../src/contract/messages.ts';
import { isLegal, movesOf, MOVERS } from '../../src/outbox/delivery-status.ts';
import type { Database } from '../../src/platform/firestore.ts';
import { eachDocument } from '../migrations/migration.ts';
import type { Faults } from './faults.ts';
import { emptyTalk, isLastRight, isUnreadRight, type Talk } from './talk.ts';

const FIRST: readonly OutgoingStatus[] = ['scheduled', 'held', 'queued', 'sending'];

/** Both logs, the conversations that sum them up, and the flags on messages. One read for each document. */
export async function checkLog(
  db: Database,
  faults: Faults,
): Promise<{ texts: number; conversations: number }> {
  const talks = new Map<string, Talk>();
  const talkOf = (userId: string): Talk => {
    const talk = talks.get(userId) ?? emptyTalk();
    talks.set(userId, talk);
    return talk;
  };
  const outgoing = new Set<string>();
  const incoming = new Set<string>();
  const replies: [string, string][] = [];
  for await (const document of eachDocument(db.collection('outgoingMessages'))) {
    outgoing.add(document.id);
    const item = parsed(document, outgoingFromDocument, faults);
    if (item !== null) noteOutgoing(item, item.userId === null ? emptyTalk() : talkOf(item.userId), faults);
  }
  for await (const document of eachDocument(db.collection('incomingMessages'))) {
    incoming.add(document.id);
    const item = parsed(document, incomingFromDocument, faults);
    if (item === null) continue;
    if (item.responseId !== null) replies.push([item.id, item.responseId]);
    if (item.userId !== null)
      talkOf(item.userId).incoming.push({ at: new Date(item.receivedAt), body: item.body });
  }
  for (const [id, replyId] of replies) if (!outgoing.has(replyId)) faults.add('reply_missing', id);
  for await (const { id } of eachDocument(db.collection('revocations').select()))
    if (!incoming.has(id)) faults.add('flag_without_text', id);
  let conversations = 0;
  for await (const document of eachDocument(db.collection('conversations'))) {
    conversations += 1;
    checkConversation(document, talks.get(document.id) ?? emptyTalk(), faults);
  }
  return { texts: incoming.size + outgoing.size, conversations };
}

function parsed<T>(
  document: QueryDocumentSnapshot,
  parse: (id: string, data: Record<string, unknown>) => T,
  faults: Faults,
): T | null {
  try {
    return parse(document.id, document.data());
  } catch {
    // What a damaged document holds does not belong on a terminal: its id is enough to look at it.
    faults.add('entry_unreadable', document.id);
    return null;
  }
}

function noteOutgoing(item: OutgoingItem, talk: Talk, faults: Faults): void {
  if (!isHistoryLegal(item.history)) faults.add('history_illegal', item.id);
  if (item.history.at(-1)?.status !== item.status) faults.add('history_apart', item.id);
  // Automatic replies are in the log, but neither end a conversation nor mean that somebody has read it.
  if (item.operatorId === null) return;
  talk.wrote.push(new Date(item.queuedAt));
  const departure = departureOf(item);
  if (departure !== null) talk.left.push({ at: departure, body: item.body });
}

/** When it was handed on for sending: when it was accepted, or, of one that had to wait, when it was due. */
function departureOf({ history, queuedAt }: OutgoingItem): Date | null {
  const first = history[0]?.status;
  if (first !== 'scheduled' && first !== 'held') return new Date(queuedAt);
  const left = history.find(({ status }) => status === 'queued');
  return left === undefined ? null : new Date(left.at);
}

/** Whether each of its moves can happen. */
function isHistoryLegal(history: readonly HistoryItem[]): boolean {
  const [first, ...rest] = movesOf(history).map(({ status }) => status);
  if (first === undefined || !FIRST.includes(first)) return false;
  let from = first;
  for (const to of rest) {
    if (!MOVERS.some((mover) => isLegal(from, to, mover))) return false;
    from = to;
  }
  return true;
}

function checkConversation(document: QueryDocumentSnapshot, talk: Talk, faults: Faults): void {
  const { lastText, lastAt, unread }: Record<string, unknown> = document.data();
  if (typeof unread !== 'number' || !isUnreadRight(talk, unread)) faults.add('unread_wrong', document.id);
  const summary = {
    lastText: typeof lastText === 'string' ? lastText : '',
    lastAt: lastAt instanceof Timestamp ? lastAt.toDate() : null,
    unread: 0,
  };
  if (!isLastRight(talk, summary)) faults.add('last_text_wrong', document.id);
}
