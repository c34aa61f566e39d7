import type { SeededRandom } from '../../functions/cli/seed/random.ts';
import { SEND_TROUBLES, type SendTrouble } from './carrier.ts';
import { faultsOf, type Fault } from './fault.ts';
import type { Dials, Outside, When } from './outside.ts';
import type { Actor, IoRequest } from './stage.ts';
import { STRANGER } from './world.ts';

/** How rough one run is, drawn once from its seed. */
export interface Roughness {
  /** Chance of a fault at each I/O. */
  store: number;
  /** Chance of a trouble at each send. */
  carrier: number;
  /** Chance of lost, late and doubled tasks and callbacks. */
  delivery: number;
  crowding: number;
  /** Whether the carrier never calls back at all. */
  silent: boolean;
  /** Chance that a process's clock is off by five minutes. */
  skew: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** No trouble at all. */
export const CALM: Dials = {
  trouble: () => 'none',
  failure: () => null,
  lookup: () => 'complete',
  callbacks: () => [0],
  tasks: () => [100],
};

export function drawRoughness(random: SeededRandom): Roughness {
  return {
    store: random.pick([0, 0.02, 0.05, 0.1]),
    carrier: random.pick([0, 0.2, 0.5]),
    delivery: random.pick([0, 0.15, 0.4]),
    crowding: random.pick([0, 0.15, 0.4]),
    skew: random.pick([0, 0, 0.2]),
    silent: random.next() < 0.15,
  };
}

export function roughDials(random: SeededRandom, rough: Roughness): Dials {
  const strikes = () => random.next() < rough.delivery;
  return {
    trouble: (): SendTrouble => (random.next() < rough.carrier ? random.pick(SEND_TROUBLES) : 'none'),
    failure: () => (random.next() < rough.carrier / 3 ? random.pick([30003, 30005, 30007]) : null),
    lookup: () => (strikes() ? random.pick(['endless', 'unavailable']) : 'complete'),
    callbacks: () =>
      rough.silent ? [] : strikes() ? random.pick([[], [0, 0], [0, 3_000], [8_000], [DAY]]) : [0],
    tasks: () =>
      strikes()
        ? random.pick([
            [],
            [0, 0],
            [20 * MINUTE],
            [0, 100, 200, 300, 400, 500, 600, 700, 800, 900],
            [0, 70_000],
          ])
        : [random.whole(0, 500)],
  };
}

export function roughFaults(
  random: SeededRandom,
  rough: Roughness,
): (actor: Actor, request: IoRequest) => Fault | null {
  // The carrier is called once where Firestore is asked ten times, and is where a death costs most.
  const chance = (name: string) => (name === 'provider' ? 4 * rough.store : rough.store);
  return (_actor, { name }) => (random.next() < chance(name) ? random.pick(faultsOf(name)) : null);
}

export function roughSkew(random: SeededRandom, rough: Roughness): () => number {
  return () => (random.next() < rough.skew ? random.pick([-5 * MINUTE, 5 * MINUTE]) : 0);
}

const WORDS = ['Is anybody there?', 'STOP', 'START', 'HELP', 'STOP', 'Please stop texting me'];

/** Mostly at once. The times are those of the run, which begins at 15:00 UTC (world.ts). */
const WHEN: readonly When[] = [
  {},
  {},
  {},
  {},
  { undoSeconds: 5 },
  { undoSeconds: 30 },
  { sendAt: { local: '2040-01-02T10:07', timeZone: 'America/New_York' } },
];

/** Puts what happens in this run on the stage: sends, texts, minutes of the schedule, a key that is rotated. */
export function schedule(outside: Outside, random: SeededRandom): void {
  const { stage, people } = outside.world;
  const at = (most: number, run: () => void) => stage.after(random.whole(0, most), run);
  for (let count = random.whole(1, 2); count > 0; count -= 1) {
    const person = random.pick(people);
    const copies = random.next() < 0.15 ? 2 : 1;
    const body = `Text ${String(count)}`;
    const when = random.pick(WHEN);
    at(4_000, () => void outside.send(person, body, copies, when));
  }
  for (let count = random.whole(0, 2); count > 0; count -= 1) {
    const from = random.next() < 0.1 ? STRANGER : random.pick(people).number;
    const body = random.pick(WORDS);
    const copies = random.next() < 0.25 ? [0, random.pick([0, 50, 4_000])] : [0];
    at(6_000, () => {
      outside.text(from, body, copies);
      // Sometimes one right behind the other.
      if (copies.length === 1 && random.next() < 0.4) outside.text(from, random.pick(WORDS));
    });
  }
  if (random.next() < 0.3) {
    const late = random.pick([30_000, 65_000, 130_000, 17 * MINUTE]);
    // Sometimes two schedulers at once.
    for (let count = random.whole(1, 2); count > 0; count -= 1) stage.after(late, () => outside.minute());
  }
  if (random.next() < 0.3) at(2_000, () => outside.world.rotateKeys());
}
