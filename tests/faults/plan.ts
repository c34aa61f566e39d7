import type { SeededRandom } from '../../functions/cli/seed/random.ts';
import { RESOLUTIONS } from '../../functions/src/contract/delivery.ts';
import type { SendLimits } from '../../functions/src/contract/send-limits.ts';
import { SEND_TROUBLES, type SendTrouble } from './carrier.ts';
import { faultsOf, type Fault } from './fault.ts';
import { OLIVE, OSCAR, OTIS } from './operators.ts';
import type { Dials, Outside, Sent, When } from './outside.ts';
import type { Actor, IoRequest } from './actor.ts';
import type { Stage } from './stage.ts';
import { NO_LIMITS, OTHER_NUMBER, STRANGER } from './world.ts';

/** How rough one run is, drawn once from its seed. */
export interface Roughness {
  /** Chance of a fault at each I/O. */
  store: number;
  /** Chance of a trouble at each send. */
  carrier: number;
  /** Chance of lost, late and doubled tasks and callbacks. */
  delivery: number;
  crowding: number;
  /** Whether the carrier never calls back at all, and whether it never lists what it has. */
  silent: boolean;
  blind: boolean;
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
  // Only with such a carrier does anything need review.
  const blind = random.next() < 0.12;
  return {
    blind,
    store: random.pick([0, 0.02, 0.05, 0.1]),
    carrier: blind ? 0.7 : random.pick([0, 0.2, 0.5]),
    delivery: random.pick([0, 0.15, 0.4]),
    crowding: random.pick([0, 0.15, 0.4]),
    skew: random.pick([0, 0, 0.2]),
    silent: random.next() < (blind ? 0.6 : 0.15),
  };
}

const CALLBACKS: Readonly<Record<string, readonly number[]>> = {
  'callback lost': [],
  'callback doubled': [0, 0],
  'callback doubled, the other late': [0, 3_000],
  'callback late, behind the next one': [8_000],
  'callback a day late': [DAY],
};
const TASKS: Readonly<Record<string, readonly number[]>> = {
  'task lost': [],
  'task doubled': [0, 0],
  'task 20 minutes late': [20 * MINUTE],
  'task ten times': [0, 100, 200, 300, 400, 500, 600, 700, 800, 900],
  'task again after the lease': [0, 70_000],
};

export function roughDials(random: SeededRandom, rough: Roughness, stage: Stage): Dials {
  const strikes = () => random.next() < rough.delivery;
  const struck = <T extends string>(what: T, prefix = ''): T => {
    stage.strike(prefix + what);
    return what;
  };
  const one = (of: Readonly<Record<string, readonly number[]>>) =>
    of[struck(random.pick(Object.keys(of)))] ?? [];
  return {
    trouble: (): SendTrouble => {
      const trouble = random.next() < rough.carrier ? random.pick(SEND_TROUBLES) : 'none';
      return trouble === 'none' ? trouble : struck(trouble, 'carrier: ');
    },
    failure: () => (random.next() < rough.carrier / 3 ? random.pick([30003, 30005, 30007]) : null),
    lookup: () =>
      rough.blind || strikes()
        ? struck(random.pick(['endless', 'unavailable'] as const), "carrier's list: ")
        : 'complete',
    callbacks: () => (rough.silent ? [] : strikes() ? one(CALLBACKS) : [0]),
    tasks: () => (strikes() ? one(TASKS) : [random.whole(0, 500)]),
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

/** What one person gets in an hour, one operator sends in a minute, and everything may cost in a day; mostly nothing of it. */
export function drawLimits(random: SeededRandom): SendLimits {
  if (random.next() < 0.75) return NO_LIMITS;
  return {
    personPerHour: random.pick([null, 1, 2]),
    operatorPerMinute: random.pick([null, 1, 2]),
    dailySpend: random.pick([null, 0.01, 0.02, 0.05]),
  };
}

/** Words that take three segments with the few before them. */
export const LONG = ' and so on'.repeat(40);
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
const AT_SEVEN = 7 * MINUTE;

/** Puts what happens in this run on the stage: sends, incoming messages, what operators do, minutes of the schedule. */
export function schedule(outside: Outside, random: SeededRandom, { blind }: Roughness): void {
  const { stage, people, limits } = outside.world;
  const at = (most: number, run: () => void) => stage.after(random.whole(0, most), run);
  const alike = random.next() < 0.25;
  for (let count = limits === NO_LIMITS ? random.whole(1, 2) : random.whole(2, 4); count > 0; count -= 1) {
    const person = random.pick(people);
    const copies = random.next() < 0.15 ? 2 : 1;
    const body = alike ? 'Text' : `Text ${String(count)}`;
    const when = random.pick(WHEN);
    const acts = random.next() < 0.4 ? random.whole(1, 2) : 0;
    at(4_000, () => {
      const sent = outside.send(person, body, copies, when);
      for (let act = acts; act > 0; act -= 1) actOn(outside, random, sent);
    });
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
  holdAndMove(outside, random);
  const first = random.pick([30_000, 65_000, 130_000, 17 * MINUTE]);
  if (blind) stage.after(MINUTE, () => minutes(outside, random, 24));
  else if (random.next() < 0.4) stage.after(first, () => minutes(outside, random, random.pick([0, 0, 10])));
  if (random.next() < 0.25) at(2_000, () => outside.operators.rotate(random.whole(0, 4_000)));
}

/** An operator changes or cancels a message while it waits, in the moment in which it is sent, or afterwards. */
function actOn(outside: Outside, random: SeededRandom, sent: Sent): void {
  const { stage } = outside.world;
  const { undoSeconds = 0, sendAt } = sent.when;
  const leaves = sendAt === undefined ? undoSeconds * 1_000 : AT_SEVEN;
  const delay = random.next() < 0.5 ? random.whole(0, 3_000) : Math.max(0, leaves + random.whole(-200, 600));
  const who = random.pick([OLIVE, OLIVE, OSCAR, OTIS]);
  const ending = random.pick(['', '', LONG]);
  const kind = random.pick(['cancel', 'text', 'text', 'time'] as const);
  stage.after(delay, () => {
    if (sent.accepted === null) return;
    const { operators } = outside;
    if (kind === 'cancel') operators.cancel(sent.accepted, who);
    else if (kind === 'text')
      operators.edit(sent.accepted, { body: `Edited ${String(operators.asked.length)}${ending}` }, who);
    else {
      const local = random.pick(['2040-01-02T10:03', '2040-01-02T10:12']);
      operators.edit(sent.accepted, { sendAt: { local, timeZone: 'America/New_York' } }, who);
    }
  });
}

/** An operator opts somebody out or suppresses their number, lifts it, or gives them another number. */
function holdAndMove(outside: Outside, random: SeededRandom): void {
  const { stage, people } = outside.world;
  const { operators } = outside;
  const person = random.pick(people);
  if (random.next() < 0.15) {
    const kind = random.pick(['opted_out', 'suppressed'] as const);
    const lifted = random.next() < 0.5 ? random.whole(0, 4_000) : null;
    stage.after(random.whole(0, 6_000), () => {
      operators.hold(person, kind);
      if (lifted !== null) stage.after(lifted, () => operators.lift(person, kind));
    });
  }
  if (random.next() < 0.08)
    stage.after(random.whole(0, 6_000), () => operators.renumber(person, OTHER_NUMBER));
}

/** The schedule's minutes, `rest` more of them whenever something is owed a look; operators decide what stays unclear. */
function minutes(outside: Outside, random: SeededRandom, rest: number): void {
  const { stage, witness } = outside.world;
  outside.minute();
  if (random.next() < 0.3) {
    stage.strike('two schedulers at once');
    outside.minute();
  }
  for (const id of witness.unclear) {
    if (random.next() < 0.4) continue;
    outside.operators.resolve(id, random.pick(RESOLUTIONS));
    if (random.next() < 0.2) outside.operators.resolve(id, random.pick(RESOLUTIONS), OSCAR);
  }
  const next = witness.nextCheckAt;
  if (rest === 0 || (next === null && witness.unclear.length === 0)) return;
  const wait = Math.max(MINUTE, (next ?? stage.now) - stage.now + 1_000);
  stage.after(wait, () => minutes(outside, random, rest - 1));
}
