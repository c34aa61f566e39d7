import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Runs a command as a developer does. */
function npmRun(command: string, ...args: string[]): SpawnSyncReturns<string> {
  const environment = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VITEST') && !name.startsWith('npm_'),
  );
  return spawnSync(process.execPath, ['functions/cli/run.mjs', command, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...Object.fromEntries(environment), NODE_ENV: undefined },
  });
}

/** Runs `npm test` for some files only. */
function npmTest(...args: string[]): { status: number | null; lastLine: string } {
  const { status, stdout } = npmRun('test', ...args);
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1) ?? '' };
}

test('DX-2: the last line of npm test holds the totals', () => {
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

test.each([
  ['test', ['--only', 'nonsense'], 'There is no "nonsense". There are: types, lint, unit, '],
  ['bench', ['--only', 'nonsense'], 'There is no "nonsense". There are: cold-start, webhook, '],
  ['start', ['--nonsense'], "Unknown option '--nonsense'"],
])('DX-6: npm run %s refuses %j, with what there is', (command, args, words) => {
  const { status, stdout, stderr } = npmRun(command, ...args);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(words);
  expect(stderr).toMatch(/^npm (?:run )?(?:test|bench|start)/m);
  expect(stderr).not.toContain('    at ');
});

test.each(['test', 'bench', 'start'])(
  'DX-6: npm run %s --help says how to use it and does nothing',
  (command) => {
    const { status, stdout } = npmRun(command, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^npm (?:run )?(?:test|bench|start)/);
  },
);

test('DX-2: npm test fails when no test ran', () => {
  expect(npmTest('--only', 'unit', 'tests/unit/no-such-file.test.ts')).toEqual({
    status: 1,
    lastLine: '0 passed, 0 failed',
  });
});
