import { describe, expect, test } from 'vitest';
import { DocumentShapeError, storedFields, type StoredFields } from '../../functions/src/contract/stored.ts';

const at = { toDate: () => new Date('2026-11-20T10:00:00.000Z') };

const readers = {
  text: (fields: StoredFields) => fields.text('field'),
  textOrNull: (fields: StoredFields) => fields.textOrNull('field'),
  number: (fields: StoredFields) => fields.number('field'),
  numberOrNull: (fields: StoredFields) => fields.numberOrNull('field'),
  flag: (fields: StoredFields) => fields.flag('field'),
  instant: (fields: StoredFields) => fields.instant('field'),
  instantOrNull: (fields: StoredFields) => fields.instantOrNull('field'),
  oneOf: (fields: StoredFields) => fields.oneOf('field', ['stop', 'start']),
  oneOfOrNull: (fields: StoredFields) => fields.oneOfOrNull('field', ['stop', 'start']),
  part: (fields: StoredFields) => fields.part('field'),
  partOrNull: (fields: StoredFields) => fields.partOrNull('field'),
  texts: (fields: StoredFields) => fields.texts('field'),
  instants: (fields: StoredFields) => fields.instants('field'),
  parts: (fields: StoredFields) => fields.parts('field'),
} as const;
type Reader = keyof typeof readers;

const names = Object.keys(readers).filter((name): name is Reader => name in readers);
const forgiving = names.filter((name) => name.endsWith('OrNull'));

describe('fields of a stored document', () => {
  test.each<[Reader, unknown, unknown]>([
    ['text', 'Hello', 'Hello'],
    ['text', '', ''],
    ['textOrNull', 'Hello', 'Hello'],
    ['number', 0, 0],
    ['number', -1.5, -1.5],
    ['numberOrNull', 30007, 30007],
    ['flag', false, false],
    ['instant', at, new Date('2026-11-20T10:00:00.000Z')],
    ['instantOrNull', at, new Date('2026-11-20T10:00:00.000Z')],
    ['oneOf', 'stop', 'stop'],
    ['oneOfOrNull', 'start', 'start'],
    ['texts', ['a', 'b'], ['a', 'b']],
    ['texts', [], []],
    ['instants', [at], [new Date('2026-11-20T10:00:00.000Z')]],
  ])('%s reads %j', (reader, stored, read) => {
    expect(readers[reader](storedFields({ field: stored }))).toEqual(read);
  });

  test.each<[Reader, unknown]>([
    ['text', 7],
    ['text', null],
    ['textOrNull', 7],
    ['number', '12'],
    ['number', Number.NaN],
    ['number', Number.POSITIVE_INFINITY],
    ['number', null],
    ['numberOrNull', '12'],
    ['numberOrNull', Number.NaN],
    ['flag', 'true'],
    ['flag', 1],
    ['instant', '2026-11-20T10:00:00.000Z'],
    ['instant', null],
    ['instantOrNull', 1_763_632_800],
    ['oneOf', 'STOP'],
    ['oneOf', null],
    ['oneOfOrNull', 'help'],
    ['part', 'a text'],
    ['part', ['a list']],
    ['partOrNull', 'a text'],
    ['texts', 'a'],
    ['texts', ['a', 1]],
    ['texts', null],
    ['instants', [at, 'later']],
    ['parts', [{}, 'a text']],
    ['parts', { 0: {} }],
  ])('%s refuses %j, and names the field without its value', (reader, stored) => {
    const read = () => readers[reader](storedFields({ field: stored }));
    expect(read).toThrow(DocumentShapeError);
    expect(read).toThrow('A stored document has no proper "field".');
  });

  test.each(names)('%s of a missing field is null only where its name says so', (reader) => {
    const read = () => readers[reader](storedFields({ other: 1 }));
    if (forgiving.includes(reader)) expect(read()).toBeNull();
    else expect(read).toThrow('A stored document has no proper "field".');
  });

  test('a document that is not there has no fields', () => {
    expect(storedFields(undefined).has('field')).toBe(false);
  });

  test('maps are read the same, in a field or in a list', () => {
    const fields = storedFields({ price: { amount: '0.0079' }, history: [{ status: 'sent' }] });
    expect(fields.part('price').text('amount')).toBe('0.0079');
    expect(fields.parts('history').map((line) => line.text('status'))).toEqual(['sent']);
    expect(() => fields.part('price').text('currency')).toThrow(
      'A stored document has no proper "currency".',
    );
  });

  test('a field that may be null and must be there is missed', () => {
    const fields = storedFields({ optedOut: null });
    expect(fields.require('optedOut')).toBe(fields);
    expect(() => fields.require('optedOut', 'suppressed')).toThrow(
      'A stored document has no proper "suppressed".',
    );
  });
});
