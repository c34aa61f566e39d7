import { expect, test } from 'vitest';
import { firestoreHost } from '../support/emulator.ts';
import { PLANTED } from './planted/faults.ts';
import { findPlanted } from './planted/find.ts';

const ground = { host: firestoreHost(), name: `faults-${String(process.pid)}` };

test.each(PLANTED)('OUT-6: fault injection finds the planted fault: $name', async (fault) => {
  const { violation, runs } = await findPlanted(ground, fault, { known: true });
  expect(violation ?? `not found in ${String(runs)} runs`).toMatch(fault.found);
});
