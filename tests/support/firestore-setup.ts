import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startFirestore, testFirestoreVariable } from '../../functions/cli/lib/firestore-alone.ts';
import { root } from '../../functions/cli/lib/paths.ts';
import { stopEverything } from '../../functions/cli/lib/processes.ts';

/**
 * Gives the tests of a project a Firestore emulator and nothing else: the one that `npm test` started, else one started
 * here, for a developer who runs vitest alone.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env[testFirestoreVariable];
  if (given !== undefined) {
    project.provide('firestore', given);
    return async () => {};
  }
  const directory = join(root, '.parley', `test-${String(process.pid)}`, 'firestore-alone');
  project.provide('firestore', await startFirestore(directory));
  return async () => {
    await stopEverything(1_000);
    rmSync(directory, { recursive: true, force: true });
  };
}
