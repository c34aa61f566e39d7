import type { Edit } from './build-variant.ts';

/** A mistake that somebody could make, and the kind of breach by which the harness must find it. */
export interface PlantedFault {
  name: string;
  /** What each breach of its kind begins with (invariants.ts, witness.ts). */
  found: RegExp;
  /** A run that has found it; others find it, too. */
  seed?: number;
  /** The way through a path, as scenarios.ts names it, whose cuts are the place for it: seeds seldom come there. */
  way?: string;
  edits: readonly Edit[];
}
