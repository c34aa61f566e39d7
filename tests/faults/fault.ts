/**
 * What can go wrong at one I/O: the process dies just before or just after it, Firestore (or the queue) refuses it, or
 * does it and the answer is lost.
 */
export const FAULTS = ['die-before', 'die-after', 'aborted', 'deadline', 'answer-lost'] as const;
export type Fault = (typeof FAULTS)[number];

const CODES = { DEADLINE_EXCEEDED: 4, ABORTED: 10 } as const;

/** As Firestore's client throws them, after its own tries. */
export class StoreFault extends Error {
  readonly code: number;

  constructor(kind: keyof typeof CODES) {
    super(`${String(CODES[kind])} ${kind}: on purpose`);
    this.name = 'StoreFault';
    this.code = CODES[kind];
  }
}

/** I/Os that change the world, so that a fault before and one after them are two things; a read changes nothing. */
const EFFECTS = new Set(['commit', 'provider', 'queue']);

/** Every fault that an I/O of this name can meet. What the carrier does wrong is the carrier's own (carrier.ts). */
export function faultsOf(name: string): Fault[] {
  if (name === 'provider') return ['die-before', 'die-after'];
  if (name === 'queue') return ['die-before', 'die-after', 'deadline', 'answer-lost'];
  if (name.startsWith('provider-')) return ['die-before'];
  return EFFECTS.has(name) ? [...FAULTS] : ['die-before', 'aborted', 'deadline'];
}
