import type { Database } from '../platform/firestore.ts';
import { outgoingRef } from '../outbox/outgoing-store.ts';

/** Whom messages are to, by the message's id; without those that are not there. One read each. */
export async function readRecipients(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await db.getAll(...ids.map((id) => outgoingRef(db, id)), { fieldMask: ['userId'] });
  return new Map(
    found.flatMap((entry) => {
      const userId: unknown = entry.get('userId');
      return typeof userId === 'string' ? [[entry.id, userId] as const] : [];
    }),
  );
}
