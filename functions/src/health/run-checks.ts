import type { Finding } from '../contract/health.ts';
import { AppError } from '../platform/errors.ts';
import { scrub, type Log } from '../platform/log.ts';
import { within } from '../platform/retry.ts';
import { wrong, type Check, type Verdict } from './check.ts';

/** How long one check may take. All run side by side, so this is also how long all of them may take. */
const CHECK_MILLISECONDS = 8_000;

/**
 * Runs every check, side by side, and answers a finding for each, in their order. Never throws: what fails or hangs is
 * a finding itself. What it failed with goes to the log only, since it may be the words of somebody else.
 */
export async function runChecks(
  checks: readonly Check[],
  log: Log,
  milliseconds = CHECK_MILLISECONDS,
): Promise<Finding[]> {
  return Promise.all(
    checks.map(async (check) => {
      const { level, detail, mend } = await judge(check, log, milliseconds);
      const { id, title } = check;
      return { id, title, level, detail: scrub(detail), mend: mend === null ? null : scrub(mend) };
    }),
  );
}

async function judge(check: Check, log: Log, milliseconds: number): Promise<Verdict> {
  try {
    return await within(milliseconds, Promise.resolve(check.run()));
  } catch (error) {
    log.error('health.check_failed', error, { check: check.id });
    const late =
      error instanceof AppError && error.cause instanceof Error && error.cause.message === 'deadline passed';
    const detail = late
      ? `It did not finish within ${String(milliseconds / 1000)} seconds.`
      : `It failed (${nameOf(error)}).`;
    return wrong(
      detail,
      `Look for the log event health.check_failed with check ${check.id}; at the command line, \`--verbose\` prints it.`,
    );
  }
}

/** The kind of an error, never its message. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : null;
  return code === null ? error.name : `${error.name}, code ${String(code)}`;
}
