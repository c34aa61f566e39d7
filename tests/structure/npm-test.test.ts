import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Runs `npm test` as a developer does, for some files only. */
function npmTest(...args: string[]): { status: number | null; lastLine: string } {
  const environment = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VITEST') && !name.startsWith('npm_'),
  );
  const { status, stdout } = spawnSync(process.execPath, ['functions/cli/run.mjs', 'test', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...Object.fromEntries(environment), NODE_ENV: undefined },
  });
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1) ?? '' };
}

test('DX-2: the last line holds the totals', () => {
  const only = npmTest(
    '--only',
    'unit',
    'tests/unit/words.test.ts',
    '--',
    '-t',
    'nothing but this title of no test',
  );
  expect(only).toEqual({ status: 1, lastLine: '0 passed, 0 failed' });
  const { status, lastLine } = npmTest('--only', 'unit', 'tests/unit/words.test.ts');
  expect(lastLine).toMatch(/^[1-9]\d* passed, 0 failed$/);
  expect(status).toBe(0);
});

test('DX-2: it is a failure when no test ran', () => {
  expect(npmTest('--only', 'unit', 'tests/unit/no-such-file.test.ts')).toEqual({
    status: 1,
    lastLine: '0 passed, 0 failed',
  });
});
