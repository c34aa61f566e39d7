import { expect, test } from 'vitest';
import { firestoreHost } from '../support/emulator.ts';
import { runSeeds } from './lanes.ts';
import { buildVariant } from './planted/build-variant.ts';
import { PLANTED } from './planted/faults.ts';

/** Fewer than a tenth of the runs of torture.test.ts: what takes longer to be found is not found well. */
const SEEDS = 150;

test.each(PLANTED)('planted and found: $name', async ({ name, edits, found }) => {
  const system = await buildVariant(name.replaceAll(/\W+/g, '-'), edits);
  const ground = { host: firestoreHost(), system, name: `planted-${String(process.pid)}` };
  const { breaches } = await runSeeds(ground, { first: 1, count: SEEDS, untilBreach: true });
  const violations = breaches.flatMap((each) => each.violations);
  expect(
    violations.filter((violation) => found.test(violation)).length,
    violations.join('\n'),
  ).toBeGreaterThan(0);
});
