import { DocumentShapeError } from '../contract/live.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';
import { createEntry, outgoingRef } from '../outbox/outgoing-store.ts';

/** The log entry of an automatic reply, which is given to the carrier in the answer to the text. */
export interface AutoReply {
  userId: string;
  recipient: string;
  body: string;
  at: Date;
  requestId: string;
}

const PREFIX = 'r_';

/** One reply an inbound text: its id follows from the text's. */
export function autoReplyId(sid: string): string {
  return `${PREFIX}${sid}`;
}

export function createAutoReply(writer: Writer, db: Database, id: string, reply: AutoReply): void {
  const { userId, recipient: label, body, at, requestId } = reply;
  createEntry(writer, db, {
    id,
    queuedAt: at,
    origin: { kind: 'auto_reply', inboundId: id.slice(PREFIX.length) },
    to: { kind: 'person', userId, label },
    body,
    requestHash: null,
    requestId,
  });
}

/** The text of a reply that was decided before, for giving it again; null when there is none. */
export async function readAutoReplyText(db: Database, id: string): Promise<string | null> {
  const snapshot = await outgoingRef(db, id).get();
  if (!snapshot.exists) return null;
  const body: unknown = snapshot.get('body');
  if (typeof body !== 'string') throw new DocumentShapeError('body');
  return body;
}
