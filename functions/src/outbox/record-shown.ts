import { recordDeparture } from '../conversations/conversations-store.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';
import { POLICIES, type Origin } from './origin.ts';

/** A message leaves: its person's conversation shows it, where messages of its origin are shown there. */
export function recordShown(
  writer: Writer,
  db: Database,
  { origin, item }: { origin: Pick<Origin, 'kind'>; item: { userId: string | null; body: string } },
  at: Date,
): void {
  const { userId, body } = item;
  if (userId !== null && POLICIES[origin.kind].shown) recordDeparture(writer, db, userId, { body, at });
}
