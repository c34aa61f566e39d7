import { describe, expect, test } from 'vitest';
import type { Person } from '../../functions/src/contract/people.ts';
import { groupedNumber } from '../../web/src/components/grouped-number.ts';
import {
  checkDraft,
  createOf,
  draftOf,
  patchOf,
  placeProblems,
  toLocalTime,
} from '../../web/src/components/person-draft.ts';
import { mayStandInAddress } from '../../web/src/data/people-search.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');

const ada: Person = {
  id: 'u_ada',
  label: 'Ada Lovelace',
  maskedPhone: '+1 ••• ••• 0143',
  firstName: 'Ada',
  lastName: 'Lovelace',
  tags: ['vip'],
  customFields: { Badge: 'A-1' },
  timeZone: 'Europe/London',
  language: 'en-GB',
  notes: 'Before noon.',
  consent: { source: 'Web form', at: '2026-03-02T14:00:00.750Z', wording: 'Yes to texts.' },
  status: 'active',
  untextable: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
};

describe('PPL-1: the form of a person', () => {
  test('PPL-1: a form that was only opened changes nothing', () => {
    expect(patchOf(draftOf(ada), ada)).toBeNull();
  });

  test('PPL-1: only what was changed is sent', () => {
    expect(patchOf({ ...draftOf(ada), lastName: ' King ', tags: ['vip', 'north'] }, ada)).toEqual({
      lastName: 'King',
      tags: ['vip', 'north'],
    });
  });

  test('PPL-1: a blank number keeps the number, a written one is sent as it is written', () => {
    expect(patchOf({ ...draftOf(ada), phoneNumber: '  ' }, ada)).toBeNull();
    expect(patchOf({ ...draftOf(ada), phoneNumber: '(202) 555-0144' }, ada)).toEqual({
      phoneNumber: '(202) 555-0144',
    });
  });

  test('PPL-1: what was taken away is sent as nothing', () => {
    const emptied = { ...draftOf(ada), timeZone: '', language: ' ', consent: null, customFields: [] };
    expect(patchOf(emptied, ada)).toEqual({
      timeZone: null,
      language: null,
      consent: null,
      customFields: {},
    });
  });

  test('PPL-1: changing the wording of a consent does not move its time', () => {
    const draft = draftOf(ada);
    const consent = { source: 'Web form', at: toLocalTime('2026-03-02T14:00:00.750Z'), wording: 'Yes.' };
    expect(patchOf({ ...draft, consent }, ada)).toEqual({
      consent: { source: 'Web form', at: '2026-03-02T14:00:00.750Z', wording: 'Yes.' },
    });
  });

  test('PPL-1: a new person is sent whole', () => {
    const draft = {
      ...draftOf(null, '202 555 0143'),
      firstName: 'Zoë',
      customFields: [{ name: '', value: '' }],
    };
    expect(createOf(draft)).toEqual({
      phoneNumber: '202 555 0143',
      firstName: 'Zoë',
      lastName: '',
      tags: [],
      customFields: {},
      timeZone: null,
      language: null,
      notes: '',
      consent: null,
      status: 'active',
    });
  });

  test.each([
    ['a blank number of somebody new', {}, ['phoneNumber']],
    ['a zone that is none', { phoneNumber: '1', timeZone: 'Mars/Olympus' }, ['timeZone']],
    ['an offset as a zone', { phoneNumber: '1', timeZone: '+02:00' }, ['timeZone']],
    ['a language that is none', { phoneNumber: '1', language: 'english please' }, ['language']],
    [
      'consent from nowhere',
      { phoneNumber: '1', consent: { source: ' ', at: '2026-03-02T14:00:00', wording: '' } },
      ['consent.source'],
    ],
    [
      'consent at no time',
      { phoneNumber: '1', consent: { source: 'Web form', at: '', wording: '' } },
      ['consent.at'],
    ],
    [
      'consent of the future',
      { phoneNumber: '1', consent: { source: 'Web form', at: '2030-01-01T00:00:00', wording: '' } },
      ['consent.at'],
    ],
    [
      'a value without a name, a name twice, and one that the store keeps for itself',
      {
        phoneNumber: '1',
        customFields: [
          { name: '', value: 'x' },
          { name: 'a', value: '1' },
          { name: ' a', value: '2' },
          { name: '__id__', value: '3' },
          { name: '', value: ' ' },
        ],
      },
      ['customFields.0', 'customFields.2', 'customFields.3'],
    ],
  ])('PPL-1: %s is told before it is sent', (_what, changes, paths) => {
    const problems = checkDraft({ ...draftOf(null), ...changes }, { adding: true, now: NOW });
    expect([...problems.keys()]).toEqual(paths);
  });

  test('PPL-1: the server names fields its way, the form shows them at their place', () => {
    const draft = {
      ...draftOf(ada),
      customFields: [
        { name: 'Shirt', value: 'M' },
        { name: ' Badge', value: '?' },
      ],
    };
    const placed = placeProblems(
      new Map([
        ['tags.3', 'Too long.'],
        ['customFields.Badge', 'This holds a phone number.'],
        ['consent.wording', 'Too long.'],
      ]),
      draft,
    );
    expect([...placed]).toEqual([
      ['tags', 'Too long.'],
      ['customFields.1', 'This holds a phone number.'],
      ['consent.wording', 'Too long.'],
    ]);
  });
});

describe('PRIV-1: numbers in the console', () => {
  test.each([
    ['ada', true],
    ["O'Brien-Nuñez", true],
    ['Route 66', true],
    ['', true],
    ['0143', false],
    ['+1 202', false],
    ['202 555 0143', false],
    ['Ada 202-555-0143', false],
  ])('PRIV-1: whether a search for %j may stand in the address', (text, may) => {
    expect(mayStandInAddress(text)).toBe(may);
  });

  test.each([
    ['+12025550143', '+1 ••• ••• 0143', '+1 202 555 0143'],
    ['+442079460958', '+44 •• •••• 0958', '+44 20 7946 0958'],
    ['+12025550143', 'withheld', '+12025550143'],
  ])('PRIV-3: %s is shown in the groups of its mask', (number, mask, shown) => {
    expect(groupedNumber(number, mask)).toBe(shown);
  });
});
