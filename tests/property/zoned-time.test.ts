import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { clocksOf, momentAt, offsetAt, type Moment } from '../../functions/src/contract/zoned-time.ts';

const zones = Intl.supportedValuesOf('timeZone');
const MINUTE = 60_000;
const from = Date.UTC(2024, 0, 1);
const to = Date.UTC(2038, 0, 1);

/** What Temporal makes of a wall-clock time. */
function temporalMoment(local: string, timeZone: string): Moment {
  const wall = Temporal.PlainDateTime.from(local);
  const [first, last] = (['earlier', 'later'] as const).map((disambiguation) =>
    wall.toZonedDateTime(timeZone, { disambiguation }),
  );
  if (first === undefined || last === undefined) throw new Error('Temporal answered nothing.');
  const skipped = !first.toPlainDateTime().equals(wall);
  const at = skipped ? last : first;
  const change = skipped ? 'skipped' : first.equals(last) ? null : 'twice';
  return { at: new Date(at.epochMilliseconds), change };
}

/** Both, for one minute of a zone's clocks. */
function both(timeZone: string, wall: number): { ours: Moment | null; theirs: Moment } {
  const local = new Date(wall).toISOString().slice(0, 16);
  const clocks = clocksOf(timeZone);
  return {
    ours: clocks === null ? null : momentAt(clocks, local),
    theirs: temporalMoment(local, timeZone),
  };
}

/** The instants from 2024 to 2038 at which a zone changes its clocks. */
function changesOf(timeZone: string): number[] {
  const found: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(from)
    .toZonedDateTimeISO(timeZone)
    .getTimeZoneTransition('next');
  while (at !== null && at.epochMilliseconds < to) {
    found.push(at.epochMilliseconds);
    at = at.getTimeZoneTransition('next');
  }
  return found;
}

describe('OUT-8: wall-clock times in named zones are what Temporal says', () => {
  test('OUT-8: at any time in any zone', () => {
    const minute = fc.integer({ min: from / MINUTE, max: to / MINUTE }).map((each) => each * MINUTE);
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, (timeZone, wall) => {
        const { ours, theirs } = both(timeZone, wall);
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 5_000 },
    );
  });

  test('OUT-8: in the hours around a change of the clocks', () => {
    const changing = zones.map((timeZone) => ({ timeZone, changes: changesOf(timeZone) }));
    const change = fc
      .constantFrom(...changing.filter(({ changes }) => changes.length > 0))
      .chain(({ timeZone, changes }) =>
        fc.record({ timeZone: fc.constant(timeZone), at: fc.constantFrom(...changes) }),
      );
    const kinds = new Set<Moment['change']>();
    fc.assert(
      fc.property(change, fc.integer({ min: -180, max: 180 }), ({ timeZone, at }, minutes) => {
        const clocks = clocksOf(timeZone);
        const offset = clocks === null ? 0 : offsetAt(clocks, at);
        const { ours, theirs } = both(timeZone, at + offset + minutes * MINUTE);
        kinds.add(theirs.change);
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 2_000 },
    );
    expect([...kinds].sort()).toEqual([null, 'skipped', 'twice'].sort());
  });
});
