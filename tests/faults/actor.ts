/** The ways through Parley. A process walks one of them and ends. */
export const PATHS = [
  'inbound',
  'accept',
  'send',
  'status',
  'due-work',
  'edit',
  'cancel',
  'resolve',
  'hold',
  'renumber',
  'rotate',
] as const;
export type Path = (typeof PATHS)[number];

/** One process of Parley: all that it does to the world goes through `Stage.io`, and it can end at any of those. */
export interface Actor {
  readonly path: Path;
  /** The how-manieth of its path in this run, from 1. */
  readonly nth: number;
  readonly startedAt: number;
  /** How far its clock is off, in milliseconds. */
  readonly skew: number;
  /** The I/Os that it was let do, by name. */
  readonly ios: string[];
  dead: boolean;
  ended: boolean;
  inFlight: number;
  /** Waits for a time and does nothing until then. */
  asleep: boolean;
  /** Documents that an open transaction of its holds. */
  readonly locks: Set<string>;
}

export interface IoRequest {
  name: string;
  /** Documents that it writes, which must wait for the transactions that hold them. */
  writes: readonly string[];
  /** Documents that it locks, inside a transaction. */
  locks: readonly string[];
  transactional: boolean;
  /** Ends its transaction at the server, as that does when it refuses a request of it. */
  rollback?: (() => Promise<unknown>) | null;
}

export type Outcome<T> =
  { kind: 'answered'; value: T } | { kind: 'failed'; error: unknown } | { kind: 'died' };
