import { Timestamp } from '@google-cloud/firestore';
import { DocumentShapeError } from '../contract/live.ts';
import type { OutgoingStatus } from '../contract/delivery.ts';
import type { Eraser } from '../people/phone-keys-store.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';

/**
 * `messageNumbers/{messageId}`: where a message goes that goes to nobody who is registered. Apart from the log, which
 * browsers read; made with the entry, and deleted in the commit that moves it where it will not be sent any more. The
 * time after which a TTL policy deletes it is a second net.
 */
export interface MessageNumber {
  /** For `vault.decrypt(messageId, …)`. */
  sealedNumber: string;
  /** Its keyed hash: the id in `phoneKeys`. */
  phoneKey: string;
}

const KEPT = 3 * 24 * 60 * 60_000;

/** Where a message may still be sent, or looked for at the carrier by its number. */
const NEEDED: ReadonlySet<OutgoingStatus> = new Set([
  'scheduled',
  'held',
  'queued',
  'sending',
  'unconfirmed',
]);

export function needsNumber(status: OutgoingStatus): boolean {
  return NEEDED.has(status);
}

function numberRef(db: Database, messageId: string) {
  return db.collection('messageNumbers').doc(messageId);
}

/** `leaves`: when the message is sent. */
export function createMessageNumber(
  writer: Writer,
  db: Database,
  messageId: string,
  { sealedNumber, phoneKey }: MessageNumber,
  leaves: Date,
): void {
  const expiresAt = Timestamp.fromMillis(leaves.getTime() + KEPT);
  writer.create(numberRef(db, messageId), { number: sealedNumber, phoneKey, expiresAt });
}

/** One read; null when it was deleted. */
export async function readMessageNumber(
  db: Database,
  messageId: string,
  reader: Reader = db,
): Promise<MessageNumber | null> {
  const [snapshot] = await reader.getAll(numberRef(db, messageId));
  if (snapshot?.exists !== true) return null;
  const sealedNumber: unknown = snapshot.get('number');
  const phoneKey: unknown = snapshot.get('phoneKey');
  if (typeof sealedNumber !== 'string') throw new DocumentShapeError('number');
  if (typeof phoneKey !== 'string') throw new DocumentShapeError('phoneKey');
  return { sealedNumber, phoneKey };
}

export function deleteMessageNumber(writer: Eraser, db: Database, messageId: string): void {
  writer.delete(numberRef(db, messageId));
}
