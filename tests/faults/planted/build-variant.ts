import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { root } from '../../../functions/cli/lib/paths.ts';
import type { System } from '../world.ts';

/** One change of a source file: `find` must be in it, once. */
export interface Edit {
  file: string;
  find: string;
  put: string;
}

/**
 * Parley with some lines changed, as a module beside the real one: what is deployed holds no branch for it. The packages
 * are shared with this process, so its documents and times are the same classes.
 */
export async function buildVariant(name: string, edits: readonly Edit[]): Promise<System> {
  plain ??= bundled([]);
  const code = await bundled(edits);
  if (code === (await plain)) throw new Error(`"${name}" changes nothing: there is no fault to be found.`);
  const directory = join(root, '.parley', 'faults');
  const file = join(directory, `${String(process.pid)}-${name}.mjs`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, code);
  try {
    return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as System;
  } finally {
    rmSync(file);
  }
}

let plain: Promise<string> | null = null;

/** Without spaces and comments, so that what differs is what is run. */
async function bundled(edits: readonly Edit[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'tests', 'faults', 'system.ts')],
    write: false,
    bundle: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
    plugins: [planted(edits)],
  });
  return outputFiles[0]?.text ?? '';
}

function planted(edits: readonly Edit[]): Plugin {
  const byFile = Map.groupBy(edits, ({ file }) => join(root, 'functions', 'src', file));
  return {
    name: 'planted-fault',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const own = byFile.get(path);
        if (own === undefined) return null;
        return { loader: 'ts', contents: own.reduce(changed, readFileSync(path, 'utf8')) };
      });
    },
  };
}

function changed(source: string, { file, find, put }: Edit): string {
  if (source.split(find).length !== 2)
    throw new Error(`"${find}" is not in ${file} exactly once: the planted fault must follow the code.`);
  return source.replace(find, () => put);
}
