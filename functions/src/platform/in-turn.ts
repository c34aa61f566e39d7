/** Work that waits for its turn, by key. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * Lets works of one key follow each other within this process, and those of different keys run side by side. It saves
 * optimistic commits from racing with their own siblings; what makes them right is their preconditions, since other
 * processes know nothing of this line.
 */
export function createInTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
