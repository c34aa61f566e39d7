import { describe, expect, test } from 'vitest';
import { personCreate, peopleSearch, revealRequest } from '../../functions/src/contract/people.ts';
import { sendLimitsPatch } from '../../functions/src/contract/send-limits.ts';
import {
  backfillRequest,
  errorCodesPatch,
  suppressionAdd,
  suppressionsQuery,
} from '../../functions/src/contract/suppressions.ts';
import { sendMessage } from '../../functions/src/contract/messages.ts';
import { parseInput } from '../../functions/src/entry/http/read-input.ts';
import { AppError } from '../../functions/src/platform/errors.ts';

/** What the API says is wrong, as `path: message`. */
function problems(schema: Parameters<typeof parseInput>[0], value: unknown): string[] {
  try {
    parseInput(schema, value);
  } catch (error) {
    if (!(error instanceof AppError) || !Array.isArray(error.details)) throw error;
    return error.details.map(({ path, message }: { path: string; message: string }) => `${path}: ${message}`);
  }
  return [];
}

const consent = { source: 'Web form', at: '2026-03-02T14:00:00Z', wording: '' };

describe('ACC-5: every problem of a field is a sentence that a person understands', () => {
  test.each<[string, Parameters<typeof parseInput>[0], unknown, string[]]>([
    ['a missing field', personCreate, {}, ['phoneNumber: This field is missing.']],
    ['a number for text', personCreate, { phoneNumber: 12 }, ['phoneNumber: Give text here.']],
    ['an empty text', personCreate, { phoneNumber: '' }, ['phoneNumber: Write something here.']],
    [
      'a long name',
      personCreate,
      { phoneNumber: '1', firstName: 'x'.repeat(81) },
      ['firstName: Use at most 80 characters.'],
    ],
    [
      'long notes, with the comma of thousands',
      personCreate,
      { phoneNumber: '1', notes: 'x'.repeat(2001) },
      ['notes: Use at most 2,000 characters.'],
    ],
    [
      'too many tags',
      personCreate,
      { phoneNumber: '1', tags: Array.from({ length: 21 }, (_, index) => `t${String(index)}`) },
      ['tags: Give at most 20.'],
    ],
    ['text for a list', personCreate, { phoneNumber: '1', tags: 'vip' }, ['tags: Give a list here.']],
    [
      'text for an object',
      personCreate,
      { phoneNumber: '1', customFields: 'a' },
      ['customFields: Give an object here.'],
    ],
    [
      'a value that is not on the list',
      personCreate,
      { phoneNumber: '1', status: 'gone' },
      ['status: Use one of these: active, inactive.'],
    ],
    [
      'a time without its zone',
      personCreate,
      { phoneNumber: '1', consent: { ...consent, at: '2026-03-02' } },
      ['consent.at: Write the time with its zone, such as 2026-11-21T09:30:00Z.'],
    ],
    [
      'a reserved field name: the rule of the name is quoted, not that a key is invalid',
      personCreate,
      { phoneNumber: '1', customFields: { __id__: 'x' } },
      ['customFields.__id__: A field name cannot begin and end with two underscores.'],
    ],
    [
      'a field that does not exist',
      personCreate,
      { phoneNumber: '1', nickname: 'x' },
      ['nickname: There is no field of this name.'],
    ],
    ['a body that is a list', personCreate, [], [': Give an object here.']],
    [
      'two ways of searching',
      peopleSearch,
      { last4: '0143', name: 'Ada' },
      [': Search by a phone number, by its last four digits or by a name: use one of the three.'],
    ],
    [
      'three digits for four',
      peopleSearch,
      { last4: '014' },
      ['last4: Enter the last four digits of a phone number.'],
    ],
    ['a page of 101', peopleSearch, { name: 'A', limit: 101 }, ['limit: Use 100 or less.']],
    ['a page of none', peopleSearch, { name: 'A', limit: 0 }, ['limit: Use 1 or more.']],
    ['half a page', peopleSearch, { name: 'A', limit: 1.5 }, ['limit: Give a whole number here.']],
    ['no reason', revealRequest, { reason: ' a ' }, ['reason: Say why you need the number.']],
    [
      'a short reason',
      suppressionAdd,
      { userId: 'u', kind: 'opted_out', reason: 'no' },
      ['reason: Enter a reason of at least 3 characters.'],
    ],
    [
      'a person and a number',
      suppressionAdd,
      { userId: 'u', phoneNumber: '1', kind: 'opted_out', reason: 'Letter' },
      [': Name a person or a phone number, not both.'],
    ],
    ['no kind', suppressionsQuery, {}, ['kind: Use one of these: opted_out, suppressed.']],
    [
      'text for true or false',
      backfillRequest,
      { since: consent.at, dryRun: 'yes' },
      ['dryRun: Give true or false here.'],
    ],
    [
      'an error code of four digits',
      errorCodesPatch,
      { codes: { 3000: 'permanent' } },
      ['codes.3000: An error code has five digits, such as 30005.'],
    ],
    ['a tenth of a cent', sendLimitsPatch, { dailySpend: 1.001 }, ['dailySpend: Use a multiple of 0.01.']],
    ['a long id', sendMessage, { userId: 'u'.repeat(65), body: 'Hello' }, ['userId: This is not an id.']],
  ])('ACC-5: %s', (_what, schema, value, expected) => {
    expect(problems(schema, value)).toEqual(expected);
  });
});
