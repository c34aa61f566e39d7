import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installed, root } from './paths.ts';
import { Problem } from './problem.ts';
import { superviseNode, type Supervised } from './processes.ts';

export interface WebBuildOptions {
  /** The folder for the built console. */
  readonly destination: string;
  readonly logFile: string;
}

/** Builds the console with Vite. */
export async function buildWeb(options: WebBuildOptions): Promise<void> {
  if (!existsSync(join(root, 'web', 'vite.config.ts'))) return;
  const build = vite(options, []);
  if ((await build.ended) === 0) return;
  throw new Problem(
    `The console did not build.\n\n${build.output().slice(-4_000)}`,
    'Fix that and start again.',
  );
}

/** Builds the console, then again at each change of its sources. Resolves after the first build. */
export async function watchWeb(options: WebBuildOptions): Promise<Supervised | null> {
  if (!existsSync(join(root, 'web', 'vite.config.ts'))) return null;
  const build = vite(options, ['--watch']);
  const built = new Promise<'built'>((resolve) =>
    build.onLine((line) => void (/\bbuilt in\b/.test(line) && resolve('built'))),
  );
  if ((await Promise.race([built, build.ended])) === 'built') return build;
  throw new Problem(
    `The console did not build.\n\n${build.output().slice(-4_000)}`,
    'Fix that and start again.',
  );
}

function vite({ destination, logFile }: WebBuildOptions, extra: readonly string[]): Supervised {
  const args = [
    installed('vite/bin/vite.js'),
    'build',
    'web',
    '--outDir',
    destination,
    '--emptyOutDir',
    ...extra,
  ];
  return superviseNode(args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    logFile,
  });
}
