import { describe, expect, test } from 'vitest';
import { personPatch } from '../../functions/src/contract/people.ts';
import { changesOf } from '../../functions/src/people/person-change.ts';
import type { User } from '../../functions/src/people/users-store.ts';

const ADA: User = {
  id: 'u1',
  phoneNumber: 'sealed',
  phoneKey: 'hash',
  last4: '0143',
  maskedPhone: '+1 ••• ••• 0143',
  firstName: 'Ada',
  lastName: 'Lovelace',
  label: 'Ada Lovelace',
  sortName: 'ada lovelace',
  tags: ['math', 'vip'],
  customFields: { engine: 'analytical', desk: '4' },
  timeZone: 'Europe/London',
  language: 'en-GB',
  notes: '',
  consent: { source: 'form', at: new Date('2026-10-01T07:00:00.000Z'), wording: 'Yes' },
  status: 'active',
  createdAt: new Date('2026-10-01T07:00:00.000Z'),
  updatedAt: new Date('2026-10-01T07:00:00.000Z'),
};

describe('PPL-1: what an edit really changes', () => {
  const cases: [name: string, patch: unknown, changes: unknown][] = [
    [
      'nothing that is the same',
      { firstName: ' Ada ', tags: ['math', 'vip'], status: 'active', notes: '' },
      {},
    ],
    ['a name', { firstName: 'Augusta' }, { firstName: 'Augusta' }],
    ['the order of tags', { tags: ['vip', 'math'] }, { tags: ['vip', 'math'] }],
    ['not the order of custom fields', { customFields: { desk: '4', engine: 'analytical' } }, {}],
    ['custom fields as a whole', { customFields: { desk: '5' } }, { customFields: { desk: '5' } }],
    ['to nothing', { timeZone: null, language: null }, { timeZone: null, language: null }],
    [
      'not the same instant in another zone',
      { consent: { source: 'form', at: '2026-10-01T09:00:00+02:00', wording: 'Yes' } },
      {},
    ],
    ['consent withdrawn from the record', { consent: null }, { consent: null }],
    [
      'consent given anew',
      { consent: { source: 'form', at: '2026-10-02T07:00:00Z', wording: 'Yes' } },
      { consent: { source: 'form', at: new Date('2026-10-02T07:00:00.000Z'), wording: 'Yes' } },
    ],
    ['not the number, which has rules of its own', { phoneNumber: '+12025550150' }, {}],
  ];
  test.each(cases)('PPL-1: %s', (_name, patch, changes) => {
    expect(changesOf(ADA, personPatch.parse(patch))).toEqual(changes);
  });
});
