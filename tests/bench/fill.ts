import type { Firestore } from '@google-cloud/firestore';

/** How long the logs are that the bench measures at. */
export const LARGE = 100_000;
/** The time of the oldest entry; the others follow a minute apart. */
export const START = Date.UTC(2025, 0, 1);

/** So many are under way at once: more only wait in the emulator, until their time is over. */
const AT_ONCE = 1_000;
const TRIES = 5;

/** Writes the documents number `from` to `to` of a collection. Throws when one cannot be written. */
export async function fill(
  db: Firestore,
  collection: string,
  [from, to]: readonly [number, number],
  make: (index: number) => { id: string; data: Record<string, unknown> },
): Promise<void> {
  const writer = db.bulkWriter({ throttling: false });
  // Setting a document again does no harm, so whatever failed is tried again; a busy machine lets some time out.
  writer.onWriteError(({ failedAttempts }) => failedAttempts < TRIES);
  for (let start = from; start < to; start += AT_ONCE) {
    const count = Math.min(AT_ONCE, to - start);
    const writes = Array.from({ length: count }, (_, offset) => {
      const { id, data } = make(start + offset);
      return writer.set(db.collection(collection).doc(id), data);
    });
    await Promise.all([writer.flush(), ...writes]);
  }
  await writer.close();
}
