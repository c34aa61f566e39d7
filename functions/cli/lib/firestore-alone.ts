import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, host, listens } from './ports.ts';
import { Problem } from './problem.ts';
import { supervise } from './processes.ts';
import { findFirestoreJar, writeLauncherJar } from './firestore-jar.ts';
import { findJava } from './java.ts';

/** The variable by which `npm test` tells vitest that such an emulator runs already. */
export const testFirestoreVariable = 'PARLEY_TEST_FIRESTORE';

/** The Firestore emulator and nothing else, in `directory`; answers its host and port once it listens. */
export async function startFirestore(directory: string): Promise<string> {
  const java = await findJava(process.env);
  const jar = findFirestoreJar(process.env);
  if (jar === null)
    throw new Problem(
      'The Firestore emulator is not installed.',
      'Install it with `npx firebase setup:emulators:firestore`.',
    );
  mkdirSync(directory, { recursive: true });
  const launcher = join(directory, 'firestore-emulator.jar');
  writeLauncherJar(jar, launcher);
  const { firestore: port } = await freePorts();
  const logFile = join(directory, 'firestore.log');
  const emulator = supervise(
    join(java.bin, 'java'),
    ['-jar', launcher, `--host=${host}`, `--port=${String(port)}`],
    { cwd: directory, env: process.env, logFile },
  );
  const deadline = performance.now() + 60_000;
  while (!(await listens(port))) {
    if (!emulator.alive() || performance.now() > deadline)
      throw new Problem(
        `The Firestore emulator did not start.\n\n${emulator.output()}`,
        `Its output is in ${logFile}.`,
      );
    await sleep(100);
  }
  return `${host}:${String(port)}`;
}
