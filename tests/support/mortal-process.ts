import type { StoreHook } from './counting-firestore.ts';

/** What a process throws at every turn once it is dead. Its code is one that Firestore's client does not try again. */
export class ProcessDied extends Error {
  readonly code = 3;

  constructor() {
    super('The process died here.');
    this.name = 'ProcessDied';
  }
}

/** Where a process dies: just before its nth I/O, or just after it, when the world has changed and it does not know. */
export interface Cut {
  io: number;
  when: 'before' | 'after';
}

/**
 * A process that can be killed at any of its I/Os. All of them go through `io`; after the cut every further one fails,
 * as nothing leaves a dead process.
 */
export class MortalProcess {
  readonly #cut: Cut | null;
  readonly names: string[] = [];
  dead = false;

  constructor(cut: Cut | null) {
    this.#cut = cut;
  }

  async io<T>(name: string, go: () => Promise<T>): Promise<T> {
    if (this.dead) throw new ProcessDied();
    this.names.push(name);
    const here = this.#cut?.io === this.names.length;
    if (here && this.#cut?.when === 'before') return this.#die();
    const result = await go();
    if (here || this.dead) return this.#die();
    return result;
  }

  /** For the Firestore client. A rollback always goes through: the server drops the locks of a client that is gone. */
  readonly storeHook: StoreHook = (call, go) =>
    call.method === 'rollback' ? go() : this.io(call.method, go);

  #die(): never {
    this.dead = true;
    throw new ProcessDied();
  }
}

/** I/Os that change the world, so that dying before and after them are two things; after a read nothing has changed. */
const EFFECTS = new Set(['commit', 'provider', 'queue']);

/** Every way to cut a run that did these I/Os when nothing cut it. */
export function cutsOf(names: readonly string[]): Cut[] {
  return names.flatMap((name, index): Cut[] => {
    const io = index + 1;
    const before: Cut = { io, when: 'before' };
    return EFFECTS.has(name) ? [before, { io, when: 'after' }] : [before];
  });
}
