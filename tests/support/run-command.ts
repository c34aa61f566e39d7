import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { firestoreHost } from './emulator.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const root = join(import.meta.dirname, '../..');
const runner = join(root, 'functions', 'cli', 'run.mjs');

/** So many commands are started that it pays to keep what Node has compiled. */
const base = {
  PATH: process.env['PATH'],
  METADATA_SERVER_DETECTION: 'none',
  NODE_COMPILE_CACHE: join(root, '.parley', 'compile-cache'),
};

/**
 * Runs a command as its npm script does, with nothing of this process's environment but what is given.
 * @param environment Without FIRESTORE_EMULATOR_HOST it is that of the tests; give '' to leave it out.
 */
export async function runCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const given = { FIRESTORE_EMULATOR_HOST: firestoreHost(), ...environment };
  const set = Object.entries(given).filter(([, value]) => value !== '');
  const child = spawn(process.execPath, [runner, ...words], {
    env: { ...base, ...Object.fromEntries(set) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => (out += String(data)));
  child.stderr.on('data', (data) => (err += String(data)));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  return { code, out, err };
}
