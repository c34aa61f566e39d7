import type { Database } from '../platform/firestore.ts';
import { userRef } from './users-store.ts';

/** What people are called now, by id; without those that are not there. One read each, also of a damaged document. */
export async function readLabels(db: Database, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const found = await db.getAll(...userIds.map((id) => userRef(db, id)), { fieldMask: ['label'] });
  return new Map(
    found.flatMap((user) => {
      const label: unknown = user.get('label');
      return typeof label === 'string' ? [[user.id, label] as const] : [];
    }),
  );
}
