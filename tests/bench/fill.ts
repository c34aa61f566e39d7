import type { Firestore } from '@google-cloud/firestore';

/** How long the logs are that the bench measures at. */
export const LARGE = 100_000;
/** The time of the oldest entry; the others follow a minute apart. */
export const START = Date.UTC(2025, 0, 1);

/** Writes the documents number `from` to `to` of a collection. */
export async function fill(
  db: Firestore,
  collection: string,
  [from, to]: readonly [number, number],
  make: (index: number) => { id: string; data: Record<string, unknown> },
): Promise<void> {
  const writer = db.bulkWriter({ throttling: false });
  for (let index = from; index < to; index += 1) {
    const { id, data } = make(index);
    void writer.set(db.collection(collection).doc(id), data);
    if (index % 5_000 === 0) await writer.flush();
  }
  await writer.close();
}
