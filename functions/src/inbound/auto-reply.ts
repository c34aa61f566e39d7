import { Timestamp, type DocumentReference } from '@google-cloud/firestore';
import { DocumentShapeError } from '../contract/live.ts';
import { countSegments } from '../contract/segments.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';
import { AT_FIRST, SILENCE_SECONDS } from '../outbox/delivery-status.ts';
import { wordsOf } from '../platform/words.ts';

/**
 * The log entry of an automatic reply. The reply leaves with the webhook's own answer, not by a task: it starts as
 * `sending`, without a lease, so that no worker takes it up, and the carrier's callbacks move it on.
 */
export interface AutoReply {
  userId: string;
  recipient: string;
  body: string;
  at: Date;
  requestId: string;
}

/** One reply an inbound text: its id follows from the text's. */
export function autoReplyId(sid: string): string {
  return `r_${sid}`;
}

function autoReplyRef(db: Database, id: string): DocumentReference {
  return db.collection('outgoingMessages').doc(id);
}

export function createAutoReply(writer: Writer, db: Database, id: string, reply: AutoReply): void {
  const at = Timestamp.fromDate(reply.at);
  const { segments, encoding } = countSegments(reply.body);
  writer.create(autoReplyRef(db, id), {
    ...AT_FIRST,
    kind: 'auto_reply',
    queuedAt: at,
    userId: reply.userId,
    recipient: reply.recipient,
    body: reply.body,
    operatorId: null,
    operator: 'Automatic reply',
    status: 'sending',
    segments,
    encoding,
    history: [
      {
        status: 'sending',
        at,
        source: 'auto_reply',
        note: 'Given to the carrier in answer to a text.',
        errorCode: null,
      },
    ],
    attempts: 1,
    // Until the carrier reports on it, somebody owes it a look.
    checkAt: Timestamp.fromMillis(reply.at.getTime() + (SILENCE_SECONDS.sending ?? 0) * 1000),
    requestHash: null,
    words: wordsOf(reply.body),
    requestId: reply.requestId,
  });
}

/** The text of a reply that was decided before, for giving it again; null when there is none. */
export async function readAutoReplyText(db: Database, id: string): Promise<string | null> {
  const snapshot = await autoReplyRef(db, id).get();
  if (!snapshot.exists) return null;
  const body: unknown = snapshot.get('body');
  if (typeof body !== 'string') throw new DocumentShapeError('body');
  return body;
}
