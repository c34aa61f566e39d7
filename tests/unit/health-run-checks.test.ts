import { describe, expect, test } from 'vitest';
import { printed } from '../../functions/cli/lib/doctor/print-findings.ts';
import { fine, warning, wrong, type Check } from '../../functions/src/health/check.ts';
import { runChecks } from '../../functions/src/health/run-checks.ts';
import { createLog } from '../../functions/src/platform/log.ts';

const check = (id: string, run: Check['run']): Check => ({ id, title: id.toUpperCase(), run });

function logged() {
  const lines: string[] = [];
  return { lines, log: createLog((line) => lines.push(line)) };
}

describe('OPS-2: the doctor runs its checks', () => {
  test('OPS-2: checks that throw, reject or hang are findings of their own and hide no other', async () => {
    const { log, lines } = logged();
    const checks = [
      check('first', () => fine('Good.')),
      check('throws', () => {
        throw new TypeError('the number is +12025550143');
      }),
      check('fails', () => Promise.reject(Object.assign(new Error('secret words'), { code: 14 }))),
      check('hangs', () => new Promise(() => undefined)),
      check('last', () => warning('Not quite.', 'Do this.')),
    ];
    expect(await runChecks(checks, log, 20)).toEqual([
      { id: 'first', title: 'FIRST', level: 'ok', detail: 'Good.', mend: null },
      {
        id: 'throws',
        title: 'THROWS',
        level: 'error',
        detail: 'It failed (TypeError).',
        mend: 'Look for the log event health.check_failed with check throws; at the command line, `--verbose` prints it.',
      },
      {
        id: 'fails',
        title: 'FAILS',
        level: 'error',
        detail: 'It failed (Error, code 14).',
        mend: 'Look for the log event health.check_failed with check fails; at the command line, `--verbose` prints it.',
      },
      {
        id: 'hangs',
        title: 'HANGS',
        level: 'error',
        detail: 'It did not finish within 0.02 seconds.',
        mend: 'Look for the log event health.check_failed with check hangs; at the command line, `--verbose` prints it.',
      },
      { id: 'last', title: 'LAST', level: 'warning', detail: 'Not quite.', mend: 'Do this.' },
    ]);
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).not.toContain('2025550143');
  });

  test('PRIV-1: a number in a finding is scrubbed', async () => {
    const [finding] = await runChecks(
      [check('slip', () => wrong('Seen +12025550143.', 'Call +1 or 12025550143.'))],
      logged().log,
    );
    expect(finding).toMatchObject({ detail: 'Seen [number].', mend: 'Call +1 or [number].' });
  });
});

describe('OPS-2: the doctor at the command line', () => {
  test('OPS-2: findings print one line each, with the fix below and a count at the end', () => {
    const findings = [
      { id: 'a', title: 'Java', level: 'ok', detail: '25.', mend: null },
      { id: 'b', title: 'Settings', level: 'error', detail: 'WEBHOOK_URL is not set.', mend: 'Set it.' },
      { id: 'c', title: 'Delivery', level: 'warning', detail: 'Slow.', mend: 'Wait.' },
    ] as const;
    expect(printed(findings)).toBe(
      [
        '✓ Java      25.',
        '✗ Settings  WEBHOOK_URL is not set.',
        '            → Set it.',
        '! Delivery  Slow.',
        '            → Wait.',
        '',
        '1 passed, 1 warning, 1 error',
      ].join('\n'),
    );
  });
});
