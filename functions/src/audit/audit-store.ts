import {
  Timestamp,
  type DocumentData,
  type Query,
  type QueryDocumentSnapshot,
} from '@google-cloud/firestore';
import { z } from 'zod';
import {
  auditItem,
  auditTarget,
  type AuditItem,
  type AuditQuery,
  type AuditTarget,
} from '../contract/audit.ts';
import type { Database } from '../platform/firestore.ts';
import { auditLog } from './entries-store.ts';
import type { AuditPlace, StoredEntry } from './entry.ts';
import { sealId, type Seal } from './seal-chain.ts';

const place = z.strictObject({ at: z.instanceof(Timestamp), id: z.string() });
/** Strict: a seal with a field more or less is none of ours. Those made before AUDIT_KEY do not name their key. */
const sealDocument = z
  .strictObject({
    seq: z.number().int(),
    previous: z.string(),
    entries: z.array(z.strictObject({ id: z.string(), hash: z.string() })),
    through: place,
    sealedAt: z.instanceof(Timestamp),
    key: z.literal('audit').optional(),
    hash: z.string(),
  })
  .transform(({ key, ...seal }): Seal => ({ ...seal, key: key ?? 'derived' }));
const sealEnd = z.object({ seq: z.number().int(), through: place });

/** Collections that nothing but an audited act adds to. */
const AUDITED = ['operators', 'users'] as const;
/** Firestore takes 500 documents a call easily; ids only. */
const IDS_AT_ONCE = 300;
const entryDocument = auditItem
  .omit({ id: true, at: true, seal: true, about: true })
  .extend({ at: z.instanceof(Timestamp), target: auditTarget });

/** An entry as it is stored: without names, and before it is known which seal holds it. */
export type AuditEntry = Omit<AuditItem, 'seal' | 'at' | 'about' | 'target'> & {
  at: Timestamp;
  target: AuditTarget;
};

const stored = (document: QueryDocumentSnapshot): StoredEntry => {
  const at: unknown = document.get('at');
  // An entry without a proper time is not one of ours; as of the epoch it comes before all seals and is found.
  return { id: document.id, at: at instanceof Timestamp ? at : new Timestamp(0, 0), data: document.data() };
};

/** `auditLog` (written by append.ts only) and `auditSeals`. */
export function auditStore(db: Database) {
  const log = auditLog(db);
  const seals = db.collection('auditSeals');
  const inOrder = (query: Query, after: AuditPlace | null) => {
    const ordered = query.orderBy('at').orderBy('__name__');
    return after === null ? ordered : ordered.startAfter(after.at, after.id);
  };

  return {
    /** A page for readers, newest first. */
    async page(
      filter: Pick<AuditQuery, 'action' | 'actorId'>,
      after: AuditPlace | null,
      limit: number,
    ): Promise<AuditEntry[]> {
      let query: Query = log;
      if (filter.action !== undefined) query = query.where('action', '==', filter.action);
      if (filter.actorId !== undefined) query = query.where('actor.id', '==', filter.actorId);
      query = query.orderBy('at', 'desc').orderBy('__name__', 'desc');
      if (after !== null) query = query.startAfter(after.at, after.id);
      const found = await query.limit(limit).get();
      return found.docs.map((each) => ({ id: each.id, ...entryDocument.parse(each.data()) }));
    },

    /** The first seal that ends at this instant or later: which one, and where it ends; not what is in it. */
    async sealEnd(at: Timestamp): Promise<{ seq: number; through: AuditPlace } | null> {
      const query = seals
        .where('through.at', '>=', at)
        .orderBy('through.at')
        .limit(1)
        .select('seq', 'through');
      const [end] = (await query.get()).docs;
      return end === undefined ? null : sealEnd.parse(end.data());
    },

    /** Entries in order, from behind `after` to before `before`. */
    async entries(after: AuditPlace | null, before: Timestamp | null, limit: number): Promise<StoredEntry[]> {
      const query = before === null ? log : log.where('at', '<', before);
      return (await inOrder(query, after).limit(limit).get()).docs.map(stored);
    },

    /** Those of some entries that are still there, wherever they stand now. */
    async existing(ids: readonly string[]): Promise<Set<string>> {
      const found = new Set<string>();
      for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
        const references = ids.slice(start, start + IDS_AT_ONCE).map((id) => log.doc(id));
        for (const each of await db.getAll(...references, { fieldMask: [] }))
          if (each.exists) found.add(each.id);
      }
      return found;
    },

    /** The server's time at which the earliest of the data that are audited came to be; null where there are none. */
    async auditedSince(): Promise<Date | null> {
      const earliest = await Promise.all(
        AUDITED.map(async (name) => {
          const { docs } = await db.collection(name).orderBy('createdAt').limit(1).get();
          return docs[0]?.createTime.toDate() ?? null;
        }),
      );
      const known = earliest.filter((each) => each !== null);
      return known.length === 0 ? null : new Date(Math.min(...known.map((each) => each.getTime())));
    },

    async lastSeal(): Promise<Seal | null> {
      const [last] = (await seals.orderBy('seq', 'desc').limit(1).get()).docs;
      return last === undefined ? null : sealDocument.parse(last.data());
    },

    /** Seals in the order of their ids, from behind `afterId`; what cannot be parsed is null. */
    async sealsAfter(afterId: string, limit: number): Promise<{ id: string; seal: Seal | null }[]> {
      const query =
        afterId === '' ? seals.orderBy('__name__') : seals.orderBy('__name__').startAfter(afterId);
      const read = (data: DocumentData) => sealDocument.safeParse(data).data ?? null;
      return (await query.limit(limit).get()).docs.map((each) => ({ id: each.id, seal: read(each.data()) }));
    },

    /** Fails with ALREADY_EXISTS when another sealer was faster. */
    async addSeal(seal: Seal): Promise<void> {
      await seals.doc(sealId(seal.seq)).create({ ...seal });
    },
  };
}
