import { describe, expect, test } from 'vitest';
import { personPatch } from '../../functions/src/contract/people.ts';
import { auditedChange, changesOf } from '../../functions/src/people/person-change.ts';
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

describe('PPL-1: an edit changes what differs', () => {
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

describe('PRIV-5: the audit log keeps of a change', () => {
  test.each([
    [
      'tags, before and after',
      { tags: ['math'] },
      { tags: ['math', 'vip'] },
      { fields: ['tags'], tags: ['math'] },
    ],
    [
      'a time zone',
      { timeZone: null },
      { timeZone: 'Europe/London' },
      { fields: ['timeZone'], timeZone: null },
    ],
    ['a language', { language: 'fr' }, { language: 'en-GB' }, { fields: ['language'], language: 'fr' }],
    ['a status', { status: 'inactive' }, { status: 'active' }, { fields: ['status'], status: 'inactive' }],
    [
      'that names changed',
      { firstName: 'Augusta', lastName: '' },
      null,
      { fields: ['firstName', 'lastName'] },
    ],
    ['that notes changed', { notes: 'Owes us a call' }, null, { fields: ['notes'] }],
    [
      'which custom fields changed, were added and removed',
      { customFields: { engine: 'difference', floor: '2' } },
      null,
      { fields: ['customFields.engine', 'customFields.desk', 'customFields.floor'] },
    ],
    ['that the number changed', { phoneNumber: 'sealed again' }, null, { fields: ['phoneNumber'] }],
    [
      'since when there is consent',
      { consent: null },
      { consent: '2026-10-01T07:00:00.000Z' },
      { fields: ['consent'], consent: null },
    ],
  ] as const)('%s', (_what, change, before, after) => {
    const changed: User = { ...ADA, ...(change as Partial<User>) };
    expect(auditedChange(ADA, changed)).toEqual({ before, after });
  });

  test('PRIV-5: of a new person the audit log has the fields that were filled in', () => {
    expect(auditedChange(null, { ...ADA, timeZone: null, consent: null })).toEqual({
      before: null,
      after: {
        fields: [
          'phoneNumber',
          'firstName',
          'lastName',
          'tags',
          'customFields.engine',
          'customFields.desk',
          'language',
        ],
        tags: ['math', 'vip'],
        language: 'en-GB',
      },
    });
  });
});
