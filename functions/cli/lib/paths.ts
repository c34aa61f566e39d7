import { join, resolve } from 'node:path';

/** The repository's root folder. */
export const root = resolve(import.meta.dirname, '..', '..', '..');

/** The folder of one run of the emulators: everything that it reads and writes lies in here. */
export function instanceDirectory(name: string): string {
  return join(root, '.parley', name);
}

/** The pinned Node that runs this process. */
export const node = process.execPath;

/** A file of an installed package, by its path inside `node_modules`. */
export function installed(path: string): string {
  return join(root, 'node_modules', ...path.split('/'));
}

/** What `npm start` calls its instance. PARLEY_INSTANCE names a second one beside it, on other ports. */
export function startName(environment: NodeJS.ProcessEnv): string {
  const name = environment.PARLEY_INSTANCE ?? 'start';
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(name))
    throw new Error('PARLEY_INSTANCE is a short name of small letters.');
  return name;
}
