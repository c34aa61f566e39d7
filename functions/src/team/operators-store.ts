import { Timestamp, type DocumentData, type Transaction } from '@google-cloud/firestore';
import { z } from 'zod';
import { MAX_UNDO_SECONDS } from '../contract/limits.ts';
import { ROLES } from '../contract/permissions.ts';
import { OPERATOR_STATUSES } from '../contract/team.ts';
import type { Config } from '../platform/config.ts';
import { derivedKey } from '../platform/derived-key.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';
import { operatorId, type Operator } from './operator.ts';

const time = z.instanceof(Timestamp).transform((timestamp) => timestamp.toDate());

const document = z.object({
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  status: z.enum(OPERATOR_STATUSES),
  passwordHash: z.string().nullable(),
  passwordChangedAt: time.nullable(),
  invitation: z
    .object({
      hash: z.string(),
      expiresAt: time,
      by: z.object({ id: z.string().nullable(), label: z.string() }).optional(),
    })
    .nullable(),
  createdAt: time,
  updatedAt: time,
  lastSignInAt: time.nullable(),
  undoSeconds: z.number().int().min(0).max(MAX_UNDO_SECONDS).optional(),
  unlockedAt: time.nullish(),
  resets: z.array(z.object({ by: z.string(), at: time, usedAt: time.nullable() })).optional(),
});

/** `operators/{operatorId}`. */
export function operatorsStore(db: Database, config: Pick<Config, 'secrets'>) {
  const collection = db.collection('operators');
  const idKey = derivedKey(config.secrets.phoneHashKey(), 'operator ids');
  const parse = (id: string, data: DocumentData): Operator => ({ id, ...document.parse(data) });

  return {
    idOf: (email: string) => operatorId(idKey, email),

    /** Null when there is no such operator. Pass the transaction as `reader` inside one. */
    async find(id: string, reader?: Transaction): Promise<Operator | null> {
      const reference = collection.doc(id);
      const data = (await (reader === undefined ? reference.get() : reader.get(reference))).data();
      return data === undefined ? null : parse(id, data);
    },

    /** The operator whose pending invitation has this hash. */
    async findInvited(transaction: Transaction, hash: string): Promise<Operator | null> {
      const [found] = (await transaction.get(collection.where('invitation.hash', '==', hash).limit(1))).docs;
      return found === undefined ? null : parse(found.id, found.data());
    },

    /** Ids of the active owners. Read through the transaction, so that two owners cannot step down past each other. */
    async activeOwners(transaction: Transaction): Promise<string[]> {
      const query = collection.where('role', '==', 'owner').where('status', '==', 'active');
      return (await transaction.get(query)).docs.map((each) => each.id);
    },

    /** A page, those that were added first first. */
    async page(after: { createdAt: Date; id: string } | null, limit: number): Promise<Operator[]> {
      const query = collection.orderBy('createdAt').orderBy('__name__');
      const from = after === null ? query : query.startAfter(after.createdAt, after.id);
      return (await from.limit(limit).get()).docs.map((each) => parse(each.id, each.data()));
    },

    /** The commit fails with ALREADY_EXISTS when there is one with this e-mail. */
    add(writer: Writer, operator: Operator): void {
      const { id, ...fields } = operator;
      writer.create(collection.doc(id), fields);
    },

    change(writer: Writer, id: string, fields: Partial<Omit<Operator, 'id' | 'email' | 'createdAt'>>): void {
      writer.update(collection.doc(id), fields);
    },
  };
}
