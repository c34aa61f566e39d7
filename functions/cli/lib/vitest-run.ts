import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { installed, root } from './paths.ts';
import { superviseNode } from './processes.ts';

export interface Tally {
  passed: number;
  failed: number;
  /** Files of tests that ran. */
  files: number;
}

export interface VitestOptions {
  readonly projects: readonly string[];
  /** File filters and further options of vitest. */
  readonly extra: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** A project of which no test ran, or a test that was skipped, counts as failed. */
  readonly complete: boolean;
  /** A commit: only files that what changed since then reaches by imports. Null for all. */
  readonly changedSince: string | null;
}

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});
type Report = z.infer<typeof Report>;

/** Longest that one call of vitest may take; a hang then counts as a failure instead of lasting. */
const limit = 20 * 60_000;

/** Runs some projects of tests/vitest.config.ts, prints what vitest prints, and counts. */
export async function runVitest(options: VitestOptions): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-vitest-'));
  const file = join(folder, 'report.json');
  const running = superviseNode(vitestArgs(options, file), {
    cwd: root,
    env: {
      ...process.env,
      ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
      ...options.environment,
    },
    logFile: join(root, '.parley', 'checks', `${options.projects.join('-')}.log`),
  });
  running.onLine((line) => void (line.startsWith('JSON report written') || console.log(line)));
  const timer = setTimeout(() => void running.stop(1_000), limit);
  const code = await running.ended;
  clearTimeout(timer);
  const report = readReport(file);
  rmSync(folder, { recursive: true, force: true });
  const tally = count(report, options);
  // Ended badly though no test failed: it crashed, it was stopped, or something threw outside of a test.
  if (code !== 0 && tally.failed === 0) {
    console.log(`✗ The ${options.projects.join(', ')} tests ended with code ${code ?? 'none (killed)'}.`);
    tally.failed = 1;
  }
  return tally;
}

function vitestArgs({ projects, extra, changedSince }: VitestOptions, file: string): string[] {
  return [
    installed('vitest/vitest.mjs'),
    'run',
    '--config',
    join('tests', 'vitest.config.ts'),
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...projects.flatMap((project) => ['--project', project]),
    ...(changedSince === null ? [] : ['--changed', changedSince]),
    ...extra,
  ];
}

function readReport(file: string): Report | null {
  try {
    return Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function count(report: Report | null, { projects, complete }: VitestOptions): Tally {
  if (report === null) return { passed: 0, failed: 0, files: 0 };
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  );
  const tally = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    files: report.testResults.length,
  };
  if (!complete) return tally;
  for (const project of projects) {
    const ran = report.testResults.some(({ name }) =>
      relative(root, name).startsWith(join('tests', project)),
    );
    if (ran) continue;
    console.log(`✗ There is no ${project} test.`);
    tally.failed += 1;
  }
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) console.log(`✗ ${skipped} tests were skipped.`);
  tally.failed += skipped;
  return tally;
}
