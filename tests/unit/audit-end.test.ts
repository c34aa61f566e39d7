import { describe, expect, test } from 'vitest';
import { sealFromText, sealsInLog } from '../../functions/cli/lib/known-seals.ts';
import { endFaults, isGap, type LogEnd } from '../../functions/src/audit/log-end.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const seal = (minutes: number, key: 'audit' | 'derived' = 'audit') => ({
  seq: 7,
  sealedAt: ago(minutes),
  key,
});
const entry = (minutes: number) => ({ id: 'a1', at: ago(minutes) });

describe('how an audit log ends', () => {
  test.each<[string, Pick<LogEnd, 'last' | 'unsealed' | 'since'> & Partial<LogEnd>, string[]]>([
    ['of a database that nobody has used', { last: null, unsealed: null, since: null }, []],
    ['empty, with operators in the database', { last: null, unsealed: null, since: ago(0) }, ['log_emptied']],
    ['a first entry, a minute old', { last: null, unsealed: entry(1), since: ago(1) }, []],
    [
      'fresh entries alone, with operators of last year',
      { last: null, unsealed: entry(1), since: ago(500_000) },
      ['seals_gone'],
    ],
    [
      'entries of an hour and no seal',
      { last: null, unsealed: entry(60), since: null },
      ['unsealed_too_long'],
    ],
    ['sealed a minute ago', { last: seal(1), unsealed: null, since: ago(90) }, []],
    ['quiet, and sealed 27 minutes ago', { last: seal(27), unsealed: null, since: ago(90) }, []],
    ['quiet, and sealed 28 minutes ago', { last: seal(28), unsealed: null, since: ago(90) }, ['seal_stale']],
    [
      'a seal of yesterday before fresh entries',
      { last: seal(1440), unsealed: entry(1), since: ago(9000) },
      ['seal_stale'],
    ],
    ['an entry that waits for 12 minutes', { last: seal(1), unsealed: entry(12), since: null }, []],
    [
      'an entry that waits for 13 minutes',
      { last: seal(1), unsealed: entry(13), since: null },
      ['unsealed_too_long'],
    ],
    ['clocks that differ by 10 minutes', { last: seal(-10), unsealed: null, since: null }, []],
    ['a seal of tomorrow', { last: seal(-1440), unsealed: null, since: null }, ['seal_in_future']],
    [
      'a fresh seal under the old key',
      { last: seal(1, 'derived'), unsealed: null, since: null },
      ['seal_key_old'],
    ],
    [
      'a restore of a minute ago behind a seal of last week',
      { last: seal(10_000), unsealed: entry(1), since: ago(1), restored: true },
      [],
    ],
    [
      'a restore that was never sealed',
      { last: seal(10_000), unsealed: entry(13), since: ago(13), restored: true },
      ['unsealed_too_long'],
    ],
    [
      'a gap between seals',
      { last: seal(1), unsealed: null, since: ago(9000), gaps: [{ seal: 4 }] },
      ['seal_gap'],
    ],
  ])('PRIV-5: %s', (_name, end, kinds) => {
    expect(endFaults({ restored: false, gaps: [], ...end }, NOW).map(({ kind }) => kind)).toEqual(kinds);
  });
});

test('PRIV-5: two seals that follow each other have a gap between them when there was time for more', () => {
  expect(isGap(seal(28), seal(1))).toBe(false);
  expect(isGap(seal(29), seal(1))).toBe(true);
  expect(isGap(seal(1), seal(29))).toBe(false);
  // Before there was AUDIT_KEY, quiet was not sealed.
  expect(isGap(seal(9000, 'derived'), seal(1))).toBe(false);
});

describe('seals known from log lines', () => {
  const hash = 'a'.repeat(64);
  const line = { severity: 'INFO', event: 'audit.sealed', seq: 3, entries: 0, hash };
  const cloud = { insertId: 'x', jsonPayload: { ...line, message: 'audit.sealed' } };
  test.each<[string, string]>([
    ['one JSON array, as gcloud prints it', JSON.stringify([cloud, { textPayload: 'x' }], null, 2)],
    ['JSON lines of Cloud Logging', `${JSON.stringify(cloud)}\n${JSON.stringify({ jsonPayload: null })}\n`],
    [
      'JSON lines of the functions, among others',
      `hello\n${JSON.stringify(line)}\n{"event":"due-work.ran"}\n`,
    ],
    ['lines with the prefix of the emulators', `>  ${JSON.stringify(line)}\n>  {broken\n`],
    ['a single entry', JSON.stringify(cloud)],
  ])('PRIV-5: are read out of %s', (_name, text) => {
    expect(sealsInLog(text)).toEqual([{ seq: 3, hash }]);
  });

  test('PRIV-5: nothing that is not quite a seal counts as one', () => {
    for (const wrong of [{ hash: 'a' }, { seq: '3' }, { seq: 0 }, { event: 'audit.seal' }])
      expect(sealsInLog(JSON.stringify({ ...line, ...wrong }))).toEqual([]);
    expect(sealsInLog('')).toEqual([]);
    expect(sealsInLog('null')).toEqual([]);
  });

  test('PRIV-5: one on the command line is its number and its hash', () => {
    expect(sealFromText(`12:${hash}`)).toEqual({ seq: 12, hash });
    for (const wrong of ['12', `:${hash}`, `12:${hash}a`, `-1:${hash}`])
      expect(sealFromText(wrong)).toBeNull();
  });
});
