import { Timestamp, type DocumentData, type Query, type Transaction } from '@google-cloud/firestore';
import { z } from 'zod';
import { ROLES } from '../contract/permissions.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';
import { END_REASONS, type EndReason, type Session } from './session.ts';

const time = z.instanceof(Timestamp).transform((timestamp) => timestamp.toDate());

const document = z.object({
  operatorId: z.string(),
  operator: z.string(),
  role: z.enum(ROLES),
  startedAt: time,
  endsAt: time,
  endedAt: time.nullable(),
  endReason: z.enum(END_REASONS).nullable(),
  address: z.string(),
  device: z.string(),
});

/** `sessions/{sessionId}`: the server's record of every sign-in, checked on each request and by the rules. */
export function sessionsStore(db: Database) {
  const collection = db.collection('sessions');
  const parse = (id: string, data: DocumentData): Session => ({ id, ...document.parse(data) });
  const list = async (query: Query) => (await query.get()).docs.map((each) => parse(each.id, each.data()));

  return {
    /** Null when there is no such session. */
    async find(id: string): Promise<Session | null> {
      const found = await collection.doc(id).get();
      const data = found.data();
      return data === undefined ? null : parse(id, data);
    },

    /** The same, through a transaction. */
    async findIn(transaction: Transaction, id: string): Promise<Session | null> {
      const data = (await transaction.get(collection.doc(id))).data();
      return data === undefined ? null : parse(id, data);
    },

    /** Every live session of an operator, through a transaction, so that none can begin unseen beside it. */
    async liveOf(transaction: Transaction, operatorId: string, now: Date): Promise<Session[]> {
      const query = collection
        .where('operatorId', '==', operatorId)
        .where('endedAt', '==', null)
        .where('endsAt', '>', now);
      // Ordered only so that it uses the index of the page below.
      return (await transaction.get(query.orderBy('endsAt', 'desc'))).docs.map((each) =>
        parse(each.id, each.data()),
      );
    },

    /** A page of live sessions, those that end last (began last) first; of one operator, or of all with null. */
    livePage(
      operatorId: string | null,
      now: Date,
      after: { endsAt: Date; id: string } | null,
      limit: number,
    ): Promise<Session[]> {
      let query = collection.where('endedAt', '==', null).where('endsAt', '>', now);
      if (operatorId !== null) query = query.where('operatorId', '==', operatorId);
      query = query.orderBy('endsAt', 'desc').orderBy('__name__', 'desc');
      if (after !== null) query = query.startAfter(after.endsAt, after.id);
      return list(query.limit(limit));
    },

    add(writer: Writer, session: Session): void {
      const { id, ...fields } = session;
      writer.create(collection.doc(id), fields);
    },

    end(writer: Writer, id: string, endedAt: Date, endReason: EndReason): void {
      writer.update(collection.doc(id), { endedAt, endReason });
    },

    /** Keeps a live session in step with its operator. */
    follow(writer: Writer, id: string, operator: Pick<Session, 'role' | 'operator'>): void {
      writer.update(collection.doc(id), { role: operator.role, operator: operator.operator });
    },
  };
}
