import { execFileSync } from 'node:child_process';
import { root } from './paths.ts';
import { Problem } from './problem.ts';

/** Where the work here left the main branch: the newest commit that both have. Throws a Problem where there is none. */
export function leftMainAt(): string {
  for (const main of ['main', 'origin/main']) {
    const base = git('merge-base', 'HEAD', main);
    if (base !== null) return base;
  }
  throw new Problem(
    'There is no branch "main" to compare with.',
    'Run it in a git clone that has one, or run `npm test`.',
  );
}

/** Whether the rules of the database differ from those at a commit; no test imports them. */
export function rulesChangedSince(base: string): boolean {
  return git('diff', '--name-only', base, '--', 'firestore.rules') !== '';
}

function git(...args: string[]): string | null {
  try {
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
