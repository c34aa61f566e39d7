import { Timestamp, type DocumentSnapshot, type Query } from '@google-cloud/firestore';
import type { RevocationDecision } from '../contract/consent.ts';
import { DocumentShapeError } from '../contract/live.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';

/**
 * `revocations/{MessageSid}`: a text whose wording revokes consent without a keyword, until an operator has decided what
 * it meant (IN-7). Written in the commit of the text itself; the log entry never changes. Parsed by hand, because the
 * webhook writes it and must start fast.
 */
export interface Revocation {
  /** The text's id. */
  id: string;
  /** The keyed hash of the number that it came from: an opt-out belongs to that number, whoever has it by then. */
  phoneKey: string;
  receivedAt: Date;
  state: 'open' | RevocationDecision;
  version: Timestamp;
}

const COLLECTION = 'revocations';

export function createRevocation(
  writer: Writer,
  db: Database,
  { id, phoneKey, receivedAt }: Pick<Revocation, 'id' | 'phoneKey' | 'receivedAt'>,
): void {
  writer.create(db.collection(COLLECTION).doc(id), {
    phoneKey,
    receivedAt: Timestamp.fromDate(receivedAt),
    state: 'open',
    decision: null,
  });
}

/** One read; null when that text was never flagged. */
export async function readRevocation(db: Database, id: string): Promise<Revocation | null> {
  const snapshot = await db.collection(COLLECTION).doc(id).get();
  return snapshot.exists ? revocationFrom(snapshot) : null;
}

/** What an operator decided; the commit fails when another has done so since it was read. */
export function writeDecision(
  writer: Writer,
  db: Database,
  { id, version }: Revocation,
  decision: {
    as: RevocationDecision;
    at: Date;
    operatorId: string | null;
    operator: string;
    reason: string | null;
  },
): void {
  const change = { state: decision.as, decision: { ...decision, at: Timestamp.fromDate(decision.at) } };
  writer.update(db.collection(COLLECTION).doc(id), change, { lastUpdateTime: version });
}

/** Those that wait, the longest first: one read for each. */
export async function queryOpenRevocations(
  db: Database,
  after: { time: Date; id: string } | null,
  limit: number,
): Promise<Revocation[]> {
  let query = db
    .collection(COLLECTION)
    .where('state', '==', 'open')
    .orderBy('receivedAt')
    .orderBy('__name__')
    .limit(limit);
  if (after !== null) query = query.startAfter(Timestamp.fromDate(after.time), after.id);
  return (await query.get()).docs.map(revocationFrom);
}

/** All of those that wait, to be counted. */
export function openRevocations(db: Database): Query {
  return db.collection(COLLECTION).where('state', '==', 'open');
}

function revocationFrom(snapshot: DocumentSnapshot): Revocation {
  const data: Record<string, unknown> = snapshot.data() ?? {};
  const { phoneKey, receivedAt, state } = data;
  if (typeof phoneKey !== 'string') throw new DocumentShapeError('phoneKey');
  if (!(receivedAt instanceof Timestamp)) throw new DocumentShapeError('receivedAt');
  if (state !== 'open' && state !== 'opted_out' && state !== 'dismissed')
    throw new DocumentShapeError('state');
  if (snapshot.updateTime === undefined) throw new DocumentShapeError('updateTime');
  return { id: snapshot.id, phoneKey, receivedAt: receivedAt.toDate(), state, version: snapshot.updateTime };
}
