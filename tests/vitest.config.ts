import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * The kinds of test. The first three need nothing but Node. Fault injection has a Firestore emulator to itself, and each file
 * of `processes` starts an isolated stack. The others share one running stack (emulators, functions, carrier, console), so
 * their files run one after another; tests/support/emulator.ts says how they keep apart.
 *
 * Files of a kind share their loaded modules, which saves a third of the time: no test may leave anything in a module.
 */
const setups: Readonly<Record<string, readonly string[] | null>> = {
  unit: null,
  property: null,
  structure: null,
  rules: ['stack'],
  emulator: ['stack'],
  faults: ['firestore'],
  processes: [],
  browser: ['stack'],
};

const limits: Readonly<Record<string, number>> = {
  unit: 30_000,
  property: 60_000,
  structure: 180_000,
  rules: 30_000,
  emulator: 60_000,
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
    projects: Object.entries(setups).map(([name, setup], order) => ({
      extends: true,
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        testTimeout: limits[name] ?? 30_000,
        hookTimeout: limits[name] ?? 30_000,
        ...(setup !== null
          ? {
              globalSetup: setup.map((each) => `tests/support/${each}-setup.ts`),
              fileParallelism: false,
              sequence: { groupOrder: order + 1 },
            }
          : {}),
      },
    })),
  },
});
