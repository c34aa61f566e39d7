import { describe, expect, test } from 'vitest';
import { Firestore } from '@google-cloud/firestore';
import { answerWebhook } from '../../functions/src/entry/webhook/webhook.ts';
import { createLog, scrub } from '../../functions/src/platform/log.ts';
import { startApi } from '../support/api-in-process.ts';

describe('OPS-3: what somebody else wrote is logged without numbers', () => {
  test.each([
    ['to +12025550143 failed', 'to [number] failed'],
    ['To=%2B12025550143&x', 'To=[number]&x'],
    ['number 12025550143.', 'number [number].'],
    ['/status/12025550143', '/status/[number]'],
    ['/inbound/+1 202 555 0143/', '/inbound/[number]/'],
    ['/x/%2B1%20202%20555%200143', '/x/[number]'],
    ['/x/%252B1%2520202%2520555%25200143', '/x/%252B[number]'],
    ['/x/%31%32%30%32%35%35%35%30%31%34%33', '/x/[number]'],
    ['(202) 555-0143', '([number]'],
    ['202.555.0143', '[number]'],
    ['1.202.555.0143', '[number]'],
    ['202_555_0143', '[number]'],
    ['202*555*0143', '[number]'],
    ['202,555,0143', '[number]'],
    ['202/555/0143', '[number]'],
    ['202 – 555 – 0143', '[number]'],
    ['tel12025550143x', 'tel[number]x'],
    ['user-12025550143', 'user-[number]'],
    ['m_12025550143', 'm_[number]'],
    ['a.12025550143', 'a.[number]'],
    ['5550143', '[number]'],
    ['＋１２０２５５５０１４３', '[number]'],
    ['٠١٢٣٤٥٦٧٨٩', '[number]'],
    ['SM12025550143', 'SM[number]'],
  ])('OPS-3: %j becomes %j', (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
    expect(scrub(scrubbed)).toBe(scrubbed);
  });

  test.each([
    'SM00000000000000000000000000000009',
    'AC00000000000000000000000000000001',
    'error 30003 after 15000 ms',
    '14 UNAVAILABLE: connect ECONNREFUSED 198.51.100.7:443',
    'at file:///workspace/chunk-ABC.js:10231:15',
    '2026-11-20T12:00:00.000Z',
    'since 2026-11-20',
    '0123456789abcdef0123456789abcdef',
    'a1'.repeat(32),
    '01234567-89ab-4cde-8f01-23456789abcd',
    'm_0123456789abcdefghijklmnopqrstuv',
    'op_012345678901234567890123',
    '(2026-11-25) 12 of 1200',
  ])('OPS-3: %j is kept', (text) => {
    expect(scrub(text)).toBe(text);
  });
});

describe('OPS-3: a log line', () => {
  const lineOf = (write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> => {
    const lines: string[] = [];
    write(createLog((line) => lines.push(line)));
    expect(lines).toHaveLength(1);
    return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  };

  test('OPS-3: is one JSON object with the event, its fields, and no numbers', () => {
    const line = lineOf((log) =>
      log.with({ requestId: 'r1' }).error('send.failed', new Error('no +12025550143'), { attempt: 2 }),
    );
    expect(line).toMatchObject({
      severity: 'ERROR',
      event: 'send.failed',
      requestId: 'r1',
      errorMessage: 'no [number]',
      attempt: 2,
    });
  });

  test('PRIV-1: fields that all lines of a request share are scrubbed as its own are', () => {
    const line = lineOf((log) =>
      log
        .with({ path: '/+12025550143' })
        .with({ agent: 'tel:202-555-0143' })
        .info('x.y', { status: '2025550143' }),
    );
    expect(line).toMatchObject({ path: '/[number]', agent: 'tel:[number]', status: '[number]' });
  });

  test('PRIV-1: numbers are scrubbed where they are numbers, as codes of errors, and in causes and stacks', () => {
    const cause = new Error('of 2025550143');
    const error = Object.assign(new Error('no', { cause }), { code: 12_025_550_143 });
    error.stack = 'Error: no\n at 12025550143';
    expect(lineOf((log) => log.error('x.y', error, { count: 999_999_999 }))).toMatchObject({
      errorCode: '[number]',
      cause: 'Error: of [number]',
      stack: 'Error: no\n at [number]',
      count: 999_999_999,
    });
    expect(lineOf((log) => log.error('x.y', '202 555 0143'))).toMatchObject({ errorMessage: '[number]' });
  });
});

test.each([
  '/+12025550143',
  '/inbound/12025550143',
  '/%2B1%20202%20555%200143',
  '/status/1-202-555-0143/',
  '/abcdefghijklmnopqrst12025550143',
])('PRIV-1: a webhook at the path %j leaves no number in its log', async (path) => {
  const { deps, lines } = startApi(
    new Firestore({ projectId: 'demo-nowhere', host: '127.0.0.1:1', ssl: false }),
  );
  const request = { method: 'POST', path, search: '', contentType: '', contentEncoding: '' };
  const answer = await answerWebhook(deps, { ...request, header: () => undefined, rawBody: Buffer.alloc(0) });
  expect(answer.status).toBe(404);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { event: 'webhook.refused', path: 'none' },
  ]);
  expect(lines.join()).not.toMatch(/5550143|555-0143/);
});
