import { AggregateField, FieldValue, Timestamp, type Query, type Transaction } from '@google-cloud/firestore';
import { DocumentShapeError, storedFields } from '../contract/stored.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';
import { dayOf, HOUR } from './send-guards.ts';

/**
 * What operators have sent, as the guards count it (OUT-11): `sendCounters/{operatorId}.{day}`, one small document an
 * operator and UTC day, so that no document is everybody's. What goes to one person is counted in their conversation.
 */
export interface SendCounter {
  /** The operator's, or what else sends (`spendCounter`). */
  operatorId: string;
  day: string;
  /** Times of the messages of the last minute, oldest first. */
  recent: Date[];
  /** Millionths of a dollar, by estimate. */
  spentMicros: number;
  /** Guards the update; null where there is none yet. */
  version: Timestamp | null;
}

const KEPT_DAYS = 3;

function counterRef(db: Database, { operatorId, day }: Pick<SendCounter, 'operatorId' | 'day'>) {
  return db.collection('sendCounters').doc(`${operatorId}.${day}`);
}

/** The counter of what is no operator's: by the day alone, since no limit of a minute rests on it. */
export function spendCounter(
  { kind, id }: { kind: string; id: string },
  now: Date,
): Pick<SendCounter, 'operatorId' | 'day' | 'recent'> {
  return { operatorId: `${kind}_${id}`, day: dayOf(now), recent: [] };
}

/** One read. Throws DocumentShapeError: a counter that cannot be read is no reason to send without limits. */
export async function readCounter(
  db: Database,
  operatorId: string,
  now: Date,
  reader: Reader = db,
): Promise<SendCounter> {
  const day = dayOf(now);
  const [snapshot] = await reader.getAll(counterRef(db, { operatorId, day }));
  const counter = snapshot?.exists === true ? storedFields(snapshot.data()) : null;
  return {
    operatorId,
    day,
    recent: counter?.instants('recent') ?? [],
    spentMicros: counter?.number('spentMicros') ?? 0,
    version: snapshot?.updateTime ?? null,
  };
}

/**
 * Counts a message where no limit rests on the counter: no commit waits for another, however many the operator sends at
 * once. What is spent stays exact; of the times, some of the same moment may be missing.
 */
export function addToCounter(
  writer: Writer,
  db: Database,
  { operatorId, day, recent }: Pick<SendCounter, 'operatorId' | 'day' | 'recent'>,
  micros: number,
): void {
  const data = { ...fieldsOf({ operatorId, day, recent }), spentMicros: FieldValue.increment(micros) };
  writer.set(counterRef(db, { operatorId, day }), data, { merge: true });
}

function fieldsOf({ operatorId, day, recent }: Pick<SendCounter, 'operatorId' | 'day' | 'recent'>) {
  const expiresAt = Timestamp.fromMillis(Date.parse(`${day}T00:00:00.000Z`) + KEPT_DAYS * 24 * HOUR);
  return { operatorId, day, recent: recent.map((at) => Timestamp.fromDate(at)), expiresAt };
}

/** The commit fails when the counter has changed since it was read, so that two messages at once both count. */
export function writeCounter(writer: Writer, db: Database, counter: SendCounter): void {
  const { spentMicros, version } = counter;
  const data = { ...fieldsOf(counter), spentMicros };
  const reference = counterRef(db, counter);
  if (version === null) writer.create(reference, data);
  else writer.update(reference, data, { lastUpdateTime: version });
}

/** Every operator's counter of a day. */
export function spendQuery(db: Database, day: string): Query {
  return db.collection('sendCounters').where('day', '==', day).orderBy('spentMicros');
}

/**
 * Millionths of a dollar that everybody's messages of the day cost, by estimate. One read for a thousand operators. Inside
 * a transaction, pass it. Throws DocumentShapeError where no sum can be made.
 */
export async function readSpend(db: Database, now: Date, transaction?: Transaction): Promise<number> {
  const sum = spendQuery(db, dayOf(now)).aggregate({ total: AggregateField.sum('spentMicros') });
  const { total } = (await (transaction === undefined ? sum.get() : transaction.get(sum))).data();
  if (!Number.isFinite(total)) throw new DocumentShapeError('spentMicros');
  return total;
}
