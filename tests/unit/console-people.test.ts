import { describe, expect, test } from 'vitest';
import type { Person } from '../../functions/src/contract/people.ts';
import { groupedNumber } from '../../web/src/features/people/grouped-number.ts';
import {
  checkDraft,
  createOf,
  draftOf,
  patchOf,
  placeProblems,
  toLocalTime,
} from '../../web/src/features/people/person-draft.ts';
import { waitWords } from '../../web/src/components/wait-words.ts';
import { isLookup, mayStandInAddress } from '../../web/src/data/people-search.ts';
import { readRefusal } from '../../web/src/features/people/form-refusal.ts';
import { ApiProblem } from '../../web/src/data/api-problem.ts';

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

  test('PPL-1: only the fields that were changed are saved', () => {
    expect(patchOf({ ...draftOf(ada), lastName: ' King ', tags: ['vip', 'north'] }, ada)).toEqual({
      lastName: 'King',
      tags: ['vip', 'north'],
    });
  });

  test('PPL-1: an empty number field keeps the number, a new number is sent as it is typed', () => {
    expect(patchOf({ ...draftOf(ada), phoneNumber: '  ' }, ada)).toBeNull();
    expect(patchOf({ ...draftOf(ada), phoneNumber: '(202) 555-0144' }, ada)).toEqual({
      phoneNumber: '(202) 555-0144',
    });
  });

  test('PPL-1: a field that was emptied is saved as empty', () => {
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

  test('PPL-1: a new person is saved with every field', () => {
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
    ['a new person without a number', {}, ['phoneNumber']],
    ['a time zone that does not exist', { phoneNumber: '1', timeZone: 'Mars/Olympus' }, ['timeZone']],
    ['an offset instead of a time zone', { phoneNumber: '1', timeZone: '+02:00' }, ['timeZone']],
    ['words instead of a language tag', { phoneNumber: '1', language: 'english please' }, ['language']],
    [
      'consent without a source',
      { phoneNumber: '1', consent: { source: ' ', at: '2026-03-02T14:00:00', wording: '' } },
      ['consent.source'],
    ],
    [
      'consent without a time',
      { phoneNumber: '1', consent: { source: 'Web form', at: '', wording: '' } },
      ['consent.at'],
    ],
    [
      'consent in the future',
      { phoneNumber: '1', consent: { source: 'Web form', at: '2030-01-01T00:00:00', wording: '' } },
      ['consent.at'],
    ],
    [
      'custom fields without a name, with the name of another, or with a reserved name',
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
    [
      'a text that turns the direction of the page, or half a character',
      {
        phoneNumber: '1',
        firstName: 'Ada\u202e',
        lastName: 'Love\nlace',
        tags: ['v\u2066ip'],
        notes: 'half \ud83d',
        consent: { source: 'Web\u0007', at: '2026-03-02T14:00:00', wording: 'Yes\u0000' },
        customFields: [{ name: 'Badge', value: '\u202b1' }],
      },
      ['firstName', 'lastName', 'tags', 'notes', 'consent.source', 'consent.wording', 'customFields.0'],
    ],
  ])('PPL-1: %s is refused in the form, before the server is asked', (_what, changes, paths) => {
    const problems = checkDraft({ ...draftOf(null), ...changes }, { adding: true, now: NOW });
    expect([...problems.keys()]).toEqual(paths);
  });

  test('PPL-1: problems that the server names by field and tag appear at those fields of the form', () => {
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
        ['customFields.Badge', 'This contains a phone number.'],
        ['consent.wording', 'Too long.'],
      ]),
      draft,
    );
    expect([...placed]).toEqual([
      ['tags', 'Too long.'],
      ['customFields.1', 'This contains a phone number.'],
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
    ['٠١٤٣', false],
    ['０１４３', false],
    ['०१४३', false],
    ['0\u200b1\u200b4\u200b3', false],
  ])('PRIV-1: whether a search for %j may be part of the address: %j', (text, may) => {
    expect(mayStandInAddress(text)).toBe(may);
  });

  test.each([
    ['+12025550143', '+1 ••• ••• 0143', '+1 202 555 0143'],
    ['+442079460958', '+44 •• •••• 0958', '+44 20 7946 0958'],
    ['+12025550143', 'withheld', '+12025550143'],
  ])('PRIV-3: %s behind %s is shown as %s, grouped as its mask', (number, mask, shown) => {
    expect(groupedNumber(number, mask)).toBe(shown);
  });
});

describe('PRIV-3: looking up numbers', () => {
  test.each([
    ['0143', true],
    ['+1 202 555 0143', true],
    ['(202) 555-0143', true],
    ['2025550143', true],
    ['tel:+12025550143', true],
    ['Phone: 202 555 0143', true],
    ['202·555·0143', true],
    ['202–555–0143', true],
    ['202\u00a0555\u00a00143', true],
    ['202_555_0143', true],
    ['202*555*0143', true],
    ['1,202,555,0143', true],
    ['2\u200b02 555 0143', true],
    ['\u202a+1 202 555 0143\u202c', true],
    ['＋１ ２０２ ５５５ ０１４３', true],
    ['٢٠٢٥٥٥٠١٤٣', true],
    ['202 555 0143 ext. 5', true],
    ['202 555 0143 x5', true],
    ['1.2025550143E+10', true],
    ['００４４', true],
    ['Ada', false],
    ['Ada 2025550143', false],
    ['Team E20', false],
    ['1E5', false],
    ['Apartment 12345678b', false],
    ['Route 66', false],
    ['', false],
    ['14', false],
  ])('PRIV-3: a search for %j needs the permission to look up numbers: %j', (text, lookup) => {
    expect(isLookup(text)).toBe(lookup);
  });

  const limited = 'You have looked up as many phone numbers as one operator may for now. Try again later.';
  const start = 'You have looked up as many phone numbers as one operator may for now. Try again in';
  test.each<[number, string]>([
    [0, '1 second'],
    [0.4, '1 second'],
    [1, '1 second'],
    [59.2, '60 seconds'],
    [90, '90 seconds'],
    [91, '2 minutes'],
    [600, '10 minutes'],
    [3601, '61 minutes'],
    [5401, '2 hours'],
  ])('PRIV-3: a limit on look-ups with %d seconds left is shown as %s', (retryAfterSeconds, words) => {
    expect(waitWords({ status: 429, message: limited, retryAfterSeconds })).toBe(`${start} ${words}.`);
  });

  test('PRIV-3: every other refusal says what it says', () => {
    const message = 'Someone already has this number.';
    expect(waitWords({ status: 409, message, retryAfterSeconds: null })).toBe(message);
    expect(waitWords({ status: 429, message, retryAfterSeconds: null })).toBe(message);
  });

  test('PPL-1: a number that somebody has is refused at its field, with who has it', () => {
    const message = 'Someone already has this number.';
    const problem = new ApiProblem(
      { errorCode: 'PHONE_NUMBER_TAKEN', message, details: { userId: 'u_1' } },
      409,
    );
    expect(readRefusal(problem)).toEqual({
      fields: new Map([['phoneNumber', message]]),
      sentence: null,
      takenBy: { id: 'u_1', label: null },
    });
  });
});
