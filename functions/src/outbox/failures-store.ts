import { Filter, Timestamp, type QueryDocumentSnapshot } from '@google-cloud/firestore';
import { storedFields } from '../contract/stored.ts';
import type { Database } from '../platform/firestore.ts';
import { OUTGOING } from './outgoing-store.ts';

/** A message of the past that did not arrive. */
export interface PastFailure {
  id: string;
  userId: string;
  errorCode: number | null;
  queuedAt: Date;
  /** When it was last handed to the carrier. */
  attemptedAt: Date;
}

const either = (...statuses: string[]) =>
  Filter.or(...statuses.map((each) => Filter.where('status', '==', each)));

/** Messages accepted since then that did not arrive, newest first: one read for each. */
export async function queryFailures(
  db: Database,
  since: Date,
  after: { time: Date; id: string } | null,
  limit: number,
): Promise<PastFailure[]> {
  let query = db
    .collection(OUTGOING)
    .where(either('failed', 'undelivered'))
    .where('queuedAt', '>=', Timestamp.fromDate(since))
    .orderBy('queuedAt', 'desc')
    .orderBy('__name__', 'desc')
    .limit(limit);
  if (after !== null) query = query.startAfter(Timestamp.fromDate(after.time), after.id);
  return (await query.select('userId', 'errorCode', 'queuedAt', 'history').get()).docs.map(failureFrom);
}

/** Whether a message that was accepted after `since` has arrived: at most one read. */
export async function hasArrivedSince(db: Database, userId: string, since: Date): Promise<boolean> {
  const { empty } = await db
    .collection(OUTGOING)
    .where('userId', '==', userId)
    .where(either('delivered', 'read'))
    .where('queuedAt', '>', Timestamp.fromDate(since))
    .orderBy('queuedAt', 'desc')
    .limit(1)
    .select()
    .get();
  return !empty;
}

function failureFrom(snapshot: QueryDocumentSnapshot): PastFailure {
  const message = storedFields(snapshot.data());
  const queuedAt = message.instant('queuedAt');
  const attempts = message
    .parts('history')
    .filter((line) => line.text('status') === 'sending' && line.text('source') !== 'carrier');
  return {
    id: snapshot.id,
    userId: message.text('userId'),
    errorCode: message.numberOrNull('errorCode'),
    queuedAt,
    attemptedAt: attempts.at(-1)?.instant('at') ?? queuedAt,
  };
}
