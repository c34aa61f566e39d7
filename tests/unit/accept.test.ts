import { describe, expect, test } from 'vitest';
import { decideAccept, decideBatch } from '../../functions/src/outbox/accept.ts';
import { chooseSender } from '../../functions/src/outbox/choose-sender.ts';
import { originFields, originFrom } from '../../functions/src/outbox/entry-origin.ts';
import { POLICIES, type Origin, type OriginKind } from '../../functions/src/outbox/origin.ts';
import type { SentSoFar } from '../../functions/src/limits/send-guards.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const limits = { personPerHour: 1, operatorPerMinute: 1, dailySpend: 0.01 };
const nothing: SentSoFar = { toPerson: [], byOperator: [], spentMicros: 0 };
const someone = { untextable: null };

const passed = 'passed';
const SITUATIONS: Readonly<Record<string, Partial<SentSoFar>>> = {
  hour: { toPerson: [now] },
  minute: { byOperator: [now] },
  spend: { spentMicros: 10_000 },
};

describe('OUT-11: which limits hold for whom', () => {
  test.each<[OriginKind, string, string, string]>([
    ['operator', 'PERSON_RATE_LIMITED', 'OPERATOR_RATE_LIMITED', 'SPEND_LIMIT_REACHED'],
    ['auto_reply', passed, passed, passed],
    ['campaign', passed, passed, 'SPEND_LIMIT_REACHED'],
    ['event', passed, passed, 'SPEND_LIMIT_REACHED'],
    ['verification', passed, passed, 'SPEND_LIMIT_REACHED'],
    ['program', passed, passed, 'SPEND_LIMIT_REACHED'],
  ])('of %s: a full hour %s, a full minute %s, a spent day %s', (origin, hour, minute, spend) => {
    const outcomes = Object.values(SITUATIONS).map((situation) => {
      const state = { limits, sent: { ...nothing, ...situation } };
      const decision = decideAccept({ origin, segments: 1 }, someone, state, now);
      return decision.kind === 'guarded' ? decision.refusal.code : decision.kind;
    });
    expect(outcomes).toEqual([hour, minute, spend]);
  });
});

test.each(['operator', 'auto_reply', 'campaign', 'event', 'verification', 'program'] as const)(
  'SUPP-1: nobody is texted by %s against their will, limits or none',
  (origin) => {
    const state = { limits, sent: { ...nothing, toPerson: [now] } };
    const codes = [
      { untextable: 'opted_out' },
      { untextable: 'suppressed' },
      { untextable: 'inactive' },
      null,
    ] as const;
    expect(codes.map((addressee) => decideAccept({ origin, segments: 1 }, addressee, state, now))).toEqual([
      { kind: 'refused', code: 'PERSON_OPTED_OUT' },
      { kind: 'refused', code: 'PERSON_SUPPRESSED' },
      { kind: 'refused', code: 'PERSON_INACTIVE' },
      { kind: 'refused', code: 'PERSON_NOT_FOUND' },
    ]);
  },
);

test('OUT-11: of a batch, what fits into the day’s spending is accepted, and refused messages use up nothing', () => {
  const messages = [
    { addressee: someone, segments: 1 },
    { addressee: null, segments: 1 },
    { addressee: someone, segments: 3 },
    { addressee: someone, segments: 1 },
    { addressee: someone, segments: 1 },
  ];
  const { decided, segments } = decideBatch(
    'campaign',
    messages,
    { limits: { ...limits, dailySpend: 0.03 }, spentMicros: 8300 },
    now,
  );
  expect(decided.map(({ decision }) => decision.kind)).toEqual([
    'passed',
    'refused',
    'guarded',
    'passed',
    'guarded',
  ]);
  expect(segments).toBe(2);
});

test('OUT-3: replies, codes and what operators write never wait behind a blast', () => {
  const lanes = Object.fromEntries(Object.entries(POLICIES).map(([kind, { lane }]) => [kind, lane]));
  expect(lanes).toEqual({
    operator: 'interactive',
    auto_reply: 'interactive',
    campaign: 'bulk',
    event: 'bulk',
    verification: 'interactive',
    program: 'bulk',
  });
});

describe('the origin of an entry', () => {
  test.each<[string, Origin]>([
    ['m_1', { kind: 'operator', id: 'op_1', label: 'Olive' }],
    ['r_SM1', { kind: 'auto_reply', inboundId: 'SM1' }],
    ['m_1', { kind: 'campaign', id: 'c_1' }],
    ['m_1', { kind: 'event', id: 'e_1' }],
    ['m_1', { kind: 'verification', id: 'v_1' }],
    ['m_1', { kind: 'program', id: 'k_1', label: 'Booking' }],
  ])('%s: %j is read as it was written', (id, origin) => {
    const fields = originFields(origin);
    expect(originFrom({ id, ...fields }, fields)).toEqual(origin);
  });

  test('LOG-3: entries of the version before, which had a kind and an author alone, have one', () => {
    const author = { operatorId: 'op_1', operator: 'Olive' };
    expect(originFrom({ id: 'm_1', ...author }, { kind: 'operator', ...author })).toEqual({
      kind: 'operator',
      id: 'op_1',
      label: 'Olive',
    });
    const nobody = { operatorId: null, operator: 'Automatic reply' };
    expect(originFrom({ id: 'r_SM1', ...nobody }, { kind: 'auto_reply', ...nobody })).toEqual({
      kind: 'auto_reply',
      inboundId: 'SM1',
    });
  });

  test('an origin that is not known is no entry', () => {
    const nobody = { id: 'm_1', operatorId: null, operator: 'X' };
    expect(() => originFrom(nobody, { kind: 'fax', originId: 'x' })).toThrow('kind');
    expect(() => originFrom(nobody, { kind: 'campaign' })).toThrow('originId');
  });
});

test('OUT-6: every message is sent from the one sender that is set', () => {
  const sender = { kind: 'number', value: '+12025550100' } as const;
  expect(chooseSender({ sender: null })).toBeNull();
  expect(chooseSender({ sender })).toBe(sender);
});
