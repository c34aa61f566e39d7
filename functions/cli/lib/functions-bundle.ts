import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { context, type BuildOptions, type Metafile } from 'esbuild';
import { z } from 'zod';
import { deployedLock } from './deployed-lock.ts';
import { root } from './paths.ts';

const RootPackage = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()) });

export interface FunctionsBundle {
  readonly metafile: Metafile;
}

export interface BundleOptions {
  /** The module that exports the functions; `functions/src/index.ts` unless a test brings its own. */
  readonly entry?: string | undefined;
  readonly destination: string;
}

/**
 * Bundles the functions into a folder that can be deployed as it is: ES modules, split where index.ts imports lazily,
 * with a package.json and a lock file that pin everything to the versions of the root's.
 */
export async function bundleFunctions(options: BundleOptions): Promise<FunctionsBundle> {
  prepare(options.destination);
  const build = await context(esbuildOptions(options));
  try {
    const { metafile } = await build.rebuild();
    if (metafile === undefined) throw new Error('esbuild gave no metafile.');
    return { metafile };
  } finally {
    await build.dispose();
  }
}

/** Bundles, then again at each change of a source file; `onBuilt` hears of every build that went through. */
export async function watchFunctions(
  options: BundleOptions,
  onBuilt: (outcome: { errors: readonly string[] }) => void,
): Promise<{ stop(): Promise<void> }> {
  prepare(options.destination);
  const build = await context({
    ...esbuildOptions(options),
    logLevel: 'silent',
    plugins: [
      {
        name: 'report',
        setup: ({ onEnd }) =>
          void onEnd(({ errors }) => {
            const texts = errors.map(({ text, location }) =>
              location ? `${location.file}:${location.line} ${text}` : text,
            );
            onBuilt({ errors: texts });
          }),
      },
    ],
  });
  await build.watch();
  return { stop: () => build.dispose() };
}

function esbuildOptions({ entry, destination }: BundleOptions): BuildOptions & { metafile: true } {
  return {
    absWorkingDir: root,
    entryPoints: {
      index: entry ?? join(root, 'functions', 'src', 'index.ts'),
      // Started as a thread by platform/bcrypt.ts, which looks for it beside itself.
      'bcrypt-worker': join(root, 'functions', 'src', 'platform', 'bcrypt-worker.ts'),
    },
    outdir: destination,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
  };
}

function prepare(destination: string): void {
  // Chunks carry a hash in their name, so those of earlier builds would pile up.
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
  const { version, dependencies } = RootPackage.parse(
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  );
  const manifest = {
    name: 'parley-functions',
    version,
    private: true,
    type: 'module',
    main: 'index.js',
    engines: { node: '24' },
    dependencies,
  };
  const lock = deployedLock(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')), manifest);
  for (const [file, content] of [
    ['package.json', manifest],
    ['package-lock.json', lock],
  ] as const)
    writeFileSync(join(destination, file), `${JSON.stringify(content, null, 2)}\n`);
}
