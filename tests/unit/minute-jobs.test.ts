import { describe, expect, test } from 'vitest';
import { MINUTE_JOBS } from '../../functions/src/entry/schedule/minute-jobs.ts';
import { runJobs, type Job } from '../../functions/src/jobs/run-jobs.ts';
import { createLog } from '../../functions/src/platform/log.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const LONG = 60_000;

/** Jobs that note what they did, and the lines that were logged. */
function world() {
  const lines: string[] = [];
  const done: string[] = [];
  const deps = { log: createLog((line) => lines.push(line)) };
  const job = (name: string, run: Job<typeof deps>['run'] = async () => {}, deadlineMs = LONG) => ({
    name,
    deadlineMs,
    run: async (given: typeof deps, at: Date) => {
      await run(given, at);
      done.push(name);
    },
  });
  return { deps, done, job, failures: () => lines.map((line) => JSON.parse(line) as { work: string }) };
}

describe('OPS-3: the jobs of a minute are independent', () => {
  test('OPS-3: a job that fails is named, and the jobs before and behind it are done', async () => {
    const { deps, done, job, failures } = world();
    const broken = job('broken', () => Promise.reject(new Error('no store')));
    expect(await runJobs([job('first'), broken, job('last')], deps, now)).toEqual(['broken']);
    expect(done).toEqual(['first', 'last']);
    expect(failures()).toMatchObject([
      { event: 'due-work.failed', work: 'broken', errorMessage: 'no store' },
    ]);
  });

  test('OPS-3: a job that throws before it waits for anything does not keep the next from starting', async () => {
    const { deps, done, job } = world();
    const broken = {
      name: 'broken',
      deadlineMs: LONG,
      run: () => {
        throw new TypeError('no such field');
      },
    };
    expect(await runJobs([broken, job('last')], deps, now)).toEqual(['broken']);
    expect(done).toEqual(['last']);
  });

  test('OPS-3: a job that never ends counts as failed after its own deadline, and the others are done', async () => {
    const { deps, done, job, failures } = world();
    const endless = job('endless', () => new Promise(() => {}), 20);
    expect(await runJobs([endless, job('last')], deps, now)).toEqual(['endless']);
    expect(done).toEqual(['last']);
    expect(failures()).toMatchObject([{ work: 'endless', cause: 'Error: deadline passed' }]);
  });

  test('PRIV-5: the jobs behind a slow one, such as the seal, do not wait for its end', async () => {
    const { deps, done, job } = world();
    let finish = () => {};
    const slow = job('slow', () => new Promise<void>((resolve) => void (finish = resolve)));
    // The last job lets the first one end: behind it, it would never begin.
    const seal = job('seal', async () => finish());
    expect(await runJobs([slow, job('middle'), seal], deps, now)).toEqual([]);
    expect(done.toSorted()).toEqual(['middle', 'seal', 'slow']);
  });

  test('OPS-3: a job that fails after its deadline fails once, and breaks nothing', async () => {
    const { deps, job, failures } = world();
    let fail = (_error: Error) => {};
    const late = job('late', () => new Promise((_, reject) => void (fail = reject)), 20);
    expect(await runJobs([late], deps, now)).toEqual(['late']);
    fail(new Error('too late'));
    await Promise.resolve();
    expect(failures()).toHaveLength(1);
  });

  test('OPS-3: every job is given the same instant, and all failures are named in the order of the table', async () => {
    const { deps, job } = world();
    const given: Date[] = [];
    const fails = async (_deps: unknown, at: Date) => {
      given.push(at);
      throw new Error('no');
    };
    expect(await runJobs([job('b', fails), job('a', fails)], deps, now)).toEqual(['b', 'a']);
    expect(given).toEqual([now, now]);
  });
});

test('PRIV-5: the minute’s work is the sweep, the questions to the carrier and the seal, each with a deadline below the 120 s of the function', () => {
  expect(MINUTE_JOBS.map(({ name, deadlineMs }) => [name, deadlineMs])).toEqual([
    ['messages.sweep', 100_000],
    ['messages.reconcile', 100_000],
    ['audit.seal', 60_000],
  ]);
});
