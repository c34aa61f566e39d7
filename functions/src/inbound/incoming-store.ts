import { Timestamp, type DocumentReference } from '@google-cloud/firestore';
import type { IncomingStatus, Keyword, ResponseReason } from '../contract/delivery.ts';
import { incomingFromDocument } from '../contract/live.ts';
import type { IncomingItem } from '../contract/messages.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';
import { wordsOf } from '../platform/words.ts';

/** An incoming log entry as it is written: once, and never changed (LOG-3). */
export interface NewIncoming {
  sid: string;
  receivedAt: Date;
  /** Null when the sender is not registered; then `senderHash` says who wrote. */
  userId: string | null;
  senderHash: string | null;
  sender: string;
  body: string;
  status: IncomingStatus;
  responded: boolean;
  responseReason: ResponseReason;
  responseId: string | null;
  keyword: Keyword | null;
  segments: number;
  media: readonly { contentType: string }[];
  /** What of the carrier's form could not be read, by part; each as it came, so far as it may be kept. */
  irregular?: Readonly<Record<string, string>>;
  requestId: string;
}

function incomingRef(db: Database, sid: string): DocumentReference {
  return db.collection('incomingMessages').doc(sid);
}

/** `create()` makes the carrier's repeated delivery of one SID fail the whole commit (IN-5). */
export function createIncoming(
  writer: Writer,
  db: Database,
  { sid, irregular = {}, ...entry }: NewIncoming,
): void {
  writer.create(incomingRef(db, sid), {
    ...entry,
    irregularities: Object.keys(irregular),
    asReceived: irregular,
    receivedAt: Timestamp.fromDate(entry.receivedAt),
    words: wordsOf(entry.body),
  });
}

/** One read; null when there is no such entry. */
export async function readIncoming(db: Database, sid: string): Promise<IncomingItem | null> {
  const snapshot = await incomingRef(db, sid).get();
  const data = snapshot.data();
  return data === undefined ? null : incomingFromDocument(sid, data);
}
