import type { DocumentReference, DocumentSnapshot } from '@google-cloud/firestore';

/** What a Firestore handle and a transaction have in common for reading. The answer is in the order of the references. */
export interface Reader {
  getAll(...references: DocumentReference[]): Promise<DocumentSnapshot[]>;
}

/** Reads that are asked for in the same moment go in one round trip. */
export function gathering(reader: Reader): Reader {
  let references: DocumentReference[] = [];
  let answer: Promise<DocumentSnapshot[]> | null = null;
  const readAll = async () => {
    // Whoever asks in this moment has asked by then.
    await Promise.resolve();
    const all = references;
    [references, answer] = [[], null];
    return reader.getAll(...all);
  };
  return {
    async getAll(...own) {
      const start = references.length;
      references.push(...own);
      answer ??= readAll();
      return (await answer).slice(start, start + own.length);
    },
  };
}
