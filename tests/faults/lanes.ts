import { runSeed, type Ground, type RunResult } from './run-once.ts';

export interface Breach {
  seed: number;
  violations: readonly string[];
}

export interface Tally {
  runs: number;
  seconds: number;
  ios: number;
  storeCalls: number;
  processes: number;
  deaths: number;
  stalls: number;
  /** What went wrong on purpose, and how many processes walked each path. */
  struck: Map<string, number>;
  walked: Map<string, number>;
  breaches: Breach[];
}

/** So many runs share the thread: while one waits for the emulator, the others go on. */
const LANES = 16;

/** Does `work` for each of `items`, some at a time; stops early when `enough` says so. */
export async function inLanes<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
  enough: () => boolean = () => false,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const lane = async () => {
    while (!enough()) {
      const next = rest.next();
      if (next.done === true) return;
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Runs `count` seeds from `first` on, or until one has found what `until` looks for. */
export async function runSeeds(
  ground: Ground,
  {
    first,
    count,
    until = () => false,
  }: { first: number; count: number; until?: (violations: readonly string[]) => boolean },
  told: (tally: Tally) => void = () => undefined,
): Promise<Tally> {
  const started = performance.now();
  const tally = emptyTally();
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  const work = async (seed: number) => {
    const result = await runSeed(ground, seed);
    add(tally, result);
    if (result.violations.length > 0) tally.breaches.push({ seed, violations: result.violations });
    tally.seconds = (performance.now() - started) / 1000;
    told(tally);
  };
  await inLanes(seeds, work, () => tally.breaches.some(({ violations }) => until(violations)));
  return tally;
}

function emptyTally(): Tally {
  return {
    runs: 0,
    seconds: 0,
    ios: 0,
    storeCalls: 0,
    processes: 0,
    deaths: 0,
    stalls: 0,
    struck: new Map(),
    walked: new Map(),
    breaches: [],
  };
}

function add(tally: Tally, result: RunResult): void {
  const { ios, storeCalls, processes, deaths, stalls } = result;
  tally.runs += 1;
  tally.ios += ios;
  tally.storeCalls += storeCalls;
  tally.processes += processes;
  tally.deaths += deaths;
  tally.stalls += stalls;
  for (const what of ['struck', 'walked'] as const)
    for (const [name, times] of result[what]) tally[what].set(name, (tally[what].get(name) ?? 0) + times);
}
