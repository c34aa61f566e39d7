import { expect, test } from 'vitest';
import type { SendLimits } from '../../functions/src/contract/send-limits.ts';
import { guardSend, type SentSoFar } from '../../functions/src/limits/send-guards.ts';

const now = new Date('2026-07-04T22:00:00.000Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const limits: SendLimits = { personPerHour: 2, operatorPerMinute: 3, dailySpend: 0.05 };
const nothing: SentSoFar = { toPerson: [], byOperator: [], spentMicros: 0 };

test.each<[string, Partial<SentSoFar>, number, unknown]>([
  ['nothing sent yet', {}, 1, null],
  ['one of two within the hour', { toPerson: [ago(3599)] }, 1, null],
  [
    'two of two within the hour',
    { toPerson: [ago(3000), ago(10)] },
    1,
    { code: 'PERSON_RATE_LIMITED', retryAfterSeconds: 600, limit: 2 },
  ],
  ['one of them is an hour old', { toPerson: [ago(3600), ago(10)] }, 1, null],
  [
    'more than the limit, which was lowered',
    { toPerson: [ago(3000), ago(20), ago(10)] },
    1,
    { code: 'PERSON_RATE_LIMITED', retryAfterSeconds: 3580, limit: 2 },
  ],
  [
    'three of three within the minute',
    { byOperator: [ago(59), ago(1), ago(0)] },
    1,
    { code: 'OPERATOR_RATE_LIMITED', retryAfterSeconds: 1, limit: 3 },
  ],
  ['five cents hold six segments', { spentMicros: 5 * 8_300 }, 1, null],
  [
    'and not seven',
    { spentMicros: 6 * 8_300 },
    1,
    { code: 'SPEND_LIMIT_REACHED', retryAfterSeconds: 7200, limit: 0.05 },
  ],
  ['nor one text of seven', {}, 7, { code: 'SPEND_LIMIT_REACHED', retryAfterSeconds: 7200, limit: 0.05 }],
])('OUT-11: %s', (_what, sent, segments, refusal) => {
  expect(guardSend(limits, { ...nothing, ...sent }, segments, now)).toEqual(refusal);
});

test('OUT-11: lets everything through when no limit is set', () => {
  const none = { personPerHour: null, operatorPerMinute: null, dailySpend: null };
  const many = Array.from({ length: 5000 }, () => now);
  expect(guardSend(none, { toPerson: many, byOperator: many, spentMicros: 1e15 }, 10, now)).toBeNull();
});
