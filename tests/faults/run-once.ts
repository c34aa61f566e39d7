import { SeededRandom } from '../../functions/cli/seed/random.ts';
import { checkInvariants } from './invariants.ts';
import { Outside } from './outside.ts';
import { drawLimits, drawRoughness, roughDials, roughFaults, roughSkew, schedule } from './plan.ts';
import { settle } from './settle.ts';
import type { Actor } from './actor.ts';
import { withoutBackoff } from './no-backoff.ts';
import { makeWorld, type System, type FaultWorld } from './world.ts';

withoutBackoff();

export interface Ground {
  /** Host and port of the Firestore emulator. */
  host: string;
  system: System;
  /** Distinguishes this run's projects from all others'. */
  name: string;
  /** See StageOptions. */
  patience?: number;
}

export interface RunResult {
  violations: readonly string[];
  /** One line for each process and each I/O, in order; the same seed gives the same. */
  trace: readonly string[];
  ios: number;
  storeCalls: number;
  processes: number;
  deaths: number;
  stalls: number;
  /** What went wrong on purpose, and how many processes walked each path. */
  struck: ReadonlyMap<string, number>;
  walked: ReadonlyMap<string, number>;
}

/** One seeded run: everything that happens in it and everything that goes wrong follows from the number. */
export async function runSeed(ground: Ground, seed: number): Promise<RunResult> {
  const random = new SeededRandom(seed);
  const rough = drawRoughness(random);
  let calm = false;
  const faults = roughFaults(random, rough);
  const skew = roughSkew(random, rough);
  const world = await makeWorld({
    ...ground,
    projectId: `demo-${ground.name}-${String(seed)}`,
    random,
    people: random.whole(1, 2),
    limits: drawLimits(random),
    stage: {
      crowding: rough.crowding,
      faultAt: (actor, request) => (calm ? null : faults(actor, request)),
      skewOf: () => (calm ? 0 : skew()),
      isCalm: () => calm,
      patience: ground.patience,
    },
  });
  return inWorld(ground, world, async () => {
    const outside = new Outside(world, roughDials(random, rough, world.stage));
    schedule(outside, random, rough);
    await world.stage.run();
    calm = true;
    await settle(outside);
    await checkInvariants(outside);
  });
}

/** Runs `work` in a world and clears it away; what is thrown is a violation, too. */
export async function inWorld(
  { host }: Ground,
  world: FaultWorld,
  work: () => Promise<void>,
): Promise<RunResult> {
  try {
    await work();
  } catch (error) {
    world.witness.say(`broken: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    await world.db.terminate();
    const url = `http://${host}/emulator/v1/projects/${world.projectId}/databases/(default)/documents`;
    // What stays behind when this fails disturbs nobody: each run has a project of its own.
    await fetch(url, { method: 'DELETE' }).catch(() => undefined);
  }
  const { past, stalls, struck } = world.stage;
  return {
    violations: world.witness.violations,
    trace: past.map(shown),
    ios: past.reduce((sum, { ios }) => sum + ios.length, 0),
    storeCalls: world.storeCalls(),
    processes: past.length,
    deaths: past.filter(({ dead }) => dead).length,
    stalls,
    struck,
    walked: new Map([...Map.groupBy(past, ({ path }) => path)].map(([path, all]) => [path, all.length])),
  };
}

function shown({ path, nth, startedAt, dead, ios }: Actor): string {
  return `${path} ${String(nth)} @${String(startedAt)}${dead ? ' died' : ''}: ${ios.join(' ')}`;
}
