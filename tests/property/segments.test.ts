import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { costRuns, countSegments } from '../../functions/src/contract/segments.ts';

/** Characters that people write, weighted towards those on which the encodings part. */
const written = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abc XYZ019.,!?\n@£$éÇßΔ') },
  { weight: 2, arbitrary: fc.constantFrom(...'^{}\\[~]|€\f') },
  { weight: 1, arbitrary: fc.constantFrom('’', '“', '…', 'ж', 'ß', 'ç', '`', '漢', 'م') },
  { weight: 1, arbitrary: fc.constantFrom('👋', '🇩🇪', '👩🏽', '\r\n') },
);
const text = fc.oneof(
  fc.array(written, { maxLength: 400 }).map((parts) => parts.join('')),
  fc.string({ unit: fc.constantFrom(...'abc^{}€ '), minLength: 140, maxLength: 500 }),
);

test('OUT-1: encoding, size and number of segments are those of the reference calculator', () => {
  fc.assert(
    fc.property(text, (body) => {
      const counted = countSegments(body);
      const reference = new SegmentedMessage(body);
      expect(counted.encoding).toBe(reference.encodingName);
      expect(counted.segments).toBe(reference.segmentsCount);
      expect(counted.units).toBe(reference.messageSize / (reference.encodingName === 'GSM-7' ? 7 : 16));
    }),
    { numRuns: 2000 },
  );
});

test('OUT-1: the runs of any text join to the text again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (body) => {
      const runs = costRuns(body);
      expect(runs.map((run) => run.text).join('')).toBe(body);
      expect(runs.some((run) => run.costly)).toBe(countSegments(body).encoding === 'UCS-2');
    }),
    { numRuns: 2000 },
  );
});
