import { Timestamp } from '@google-cloud/firestore';
import { DEFAULT_SEND_LIMITS, sendLimits, type SendLimits } from '../contract/send-limits.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';

/** `settings/limits`: where the sending limits depart from their defaults (OUT-11). */
export interface KeptLimits {
  limits: SendLimits;
  updatedAt: Date | null;
  /** The operator's name. */
  updatedBy: string | null;
  /** Guards a change that rests on what was read; null where nothing has been set yet. */
  version: Timestamp | null;
}

const limitsRef = (db: Database) => db.collection('settings').doc('limits');

/**
 * One read, made for every message that is accepted and never kept, so that a limit holds from the answer to its change
 * on, in every process. What nobody can have set through the API counts as not set.
 */
export async function readLimits(db: Database, reader: Reader = db): Promise<KeptLimits> {
  const [snapshot] = await reader.getAll(limitsRef(db));
  const data: Record<string, unknown> = snapshot?.data() ?? {};
  const { updatedAt, updatedBy } = data;
  const kept = sendLimits.partial().safeParse(data);
  return {
    limits: { ...DEFAULT_SEND_LIMITS, ...(kept.success ? definedOf(kept.data) : {}) },
    updatedAt: updatedAt instanceof Timestamp ? updatedAt.toDate() : null,
    updatedBy: typeof updatedBy === 'string' ? updatedBy : null,
    version: snapshot?.updateTime ?? null,
  };
}

function definedOf(limits: {
  [Name in keyof SendLimits]?: SendLimits[Name] | undefined;
}): Partial<SendLimits> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}

/** The commit fails when somebody else has changed the limits since they were read. */
export function writeLimits(writer: Writer, db: Database, kept: KeptLimits): void {
  const { limits, updatedAt, updatedBy, version } = kept;
  const at = updatedAt === null ? null : Timestamp.fromDate(updatedAt);
  const data = { ...limits, updatedAt: at, updatedBy };
  if (version === null) writer.create(limitsRef(db), data);
  else writer.update(limitsRef(db), data, { lastUpdateTime: version });
}
