import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * The kinds of test. `unit`, `property` and `structure` need nothing but Node. `rules`, `emulator` and `faults` need a
 * Firestore emulator, on which each test has a database of its own (tests/support/emulator.ts). `stack` and `browser` share
 * one running stack of emulators, functions, carrier and console (tests/support/stack.ts), so their files run one after
 * another. Each file of `processes` starts a stack of its own.
 *
 * Files of a kind share their loaded modules, which saves a third of the time: no test may leave anything in a module.
 */
interface Kind {
  readonly setup?: 'firestore' | 'stack';
  /** Files that run at the same time; where it is not given, as many as there are processors. */
  readonly sideBySide?: number;
}

const kinds: Readonly<Record<string, Kind>> = {
  unit: {},
  property: {},
  structure: {},
  rules: { setup: 'firestore', sideBySide: 1 },
  // They wait more than they compute.
  emulator: { setup: 'firestore', sideBySide: 2 },
  faults: { setup: 'firestore', sideBySide: 1 },
  stack: { setup: 'stack', sideBySide: 1 },
  processes: { sideBySide: 1 },
  browser: { setup: 'stack', sideBySide: 1 },
};

const limits: Readonly<Record<string, number>> = {
  unit: 30_000,
  property: 60_000,
  structure: 180_000,
  rules: 30_000,
  emulator: 60_000,
  stack: 60_000,
  faults: 480_000,
  processes: 240_000,
  browser: 120_000,
};

export default defineConfig({
  test: {
    // Google's client libraries would otherwise ask the network, for a second or two, whether they run in its cloud.
    env: { METADATA_SERVER_DETECTION: 'none' },
    root: join(import.meta.dirname, '..'),
    isolate: false,
    projects: Object.entries(kinds).map(([name, { setup, sideBySide }], order) => ({
      extends: true,
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        testTimeout: limits[name] ?? 30_000,
        hookTimeout: limits[name] ?? 30_000,
        ...(setup === undefined ? {} : { globalSetup: [`tests/support/${setup}-setup.ts`] }),
        ...(sideBySide === undefined ? {} : { maxWorkers: sideBySide, sequence: { groupOrder: order + 1 } }),
      },
    })),
  },
});
