import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  AT_FIRST,
  isLegal,
  MOST_REMARKS,
  movesOf,
  STATES,
  type Delivery,
} from '../../functions/src/outbox/delivery-status.ts';
import type { DeliveryEvent } from '../../functions/src/outbox/delivery-events.ts';
import { apply } from '../../functions/src/outbox/move-delivery.ts';
import { carrierStatus } from '../../functions/src/twilio/statuses.ts';

const start = Date.parse('2026-07-04T12:00:00.000Z');
const sending: Delivery = {
  ...AT_FIRST,
  status: 'sending',
  attempts: 1,
  lease: { until: new Date(start + 60_000), attempt: 1, holder: 'run-1' },
  checkAt: new Date(start + 60_000),
  history: [
    { status: 'queued', at: new Date(start), source: 'operator', note: null, errorCode: null },
    { status: 'sending', at: new Date(start), source: 'worker', note: 'Attempt 1.', errorCode: null },
  ],
};

const record: DeliveryEvent = { type: 'taken', attempt: 1, providerId: 'SM1' };

function callback(twilioStatus: string): DeliveryEvent {
  const status = carrierStatus(twilioStatus);
  if (status === null) throw new Error(`${twilioStatus} is not a status.`);
  return { type: 'reported', status, providerId: 'SM1', errorCode: null, reason: null, price: null };
}

/** Applies all of them and holds, at each step, that history only grows and the rank never falls. */
function run(first: Delivery, events: readonly DeliveryEvent[]): Delivery {
  return events.reduce((before, event, index) => {
    const moved = apply(before, event, new Date(start + index));
    if (moved === null) return before;
    expect(moved.next.history.slice(0, before.history.length)).toEqual(before.history);
    expect(moved.next.history.length - before.history.length).toBe(moved.historyItem === null ? 0 : 1);
    expect(STATES[moved.next.status].rank).toBeGreaterThanOrEqual(STATES[before.status].rank);
    return moved.next;
  }, first);
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

const callbacks = ['queued', 'sending', 'sent', 'delivered'].map(callback);

test('OUT-7: every order of queued, sending, sent, delivered and the record of the send ends delivered', () => {
  const orders = permutations([...callbacks, record]);
  expect(orders).toHaveLength(120);
  for (const order of orders) {
    const end = run(sending, order);
    expect(end).toMatchObject({ status: 'delivered', providerId: 'SM1', lease: null, checkAt: null });
    expect(end.sentAt).not.toBeNull();
  }
});

test('OUT-7: duplicates in any order change nothing of that', () => {
  const orders = fc
    .array(fc.constantFrom(...callbacks, record), { maxLength: 20 })
    .chain((more) =>
      fc.shuffledSubarray([...callbacks, record, ...more], { minLength: callbacks.length + 1 + more.length }),
    );
  fc.assert(
    fc.property(orders, (order) => {
      const end = run(sending, order);
      expect(end.status).toBe('delivered');
      expect(run(end, order)).toBe(end);
    }),
    { numRuns: 2000 },
  );
});

const anyEvent: fc.Arbitrary<DeliveryEvent> = fc.oneof(
  fc.constantFrom(
    ...[
      'accepted',
      'scheduled',
      'queued',
      'sending',
      'sent',
      'delivered',
      'undelivered',
      'failed',
      'canceled',
      'read',
    ].map(callback),
  ),
  fc.constantFrom<DeliveryEvent>(
    { type: 'claimed', holder: 'run-2' },
    { type: 'blocked', reason: 'Opted out.' },
    { type: 'lease_expired' },
    record,
    { type: 'taken', attempt: 2, providerId: 'SM1' },
    { type: 'refused', attempt: 1, errorCode: 21211, reason: 'No.' },
    { type: 'lost', attempt: 1, reason: 'Cut.' },
    { type: 'remarked', note: 'Odd.', errorCode: null },
    { type: 'remarked', note: 'Odder.', errorCode: 30005 },
    { type: 'reported', status: 'failed', providerId: 'SM1', errorCode: 30005, reason: 'Gone.', price: null },
  ),
);

test('OUT-6, OUT-7: whatever comes, but for a retry the rank never falls, and what is settled stays', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      const end = run(sending, events);
      if (['read', 'undelivered', 'failed', 'canceled'].includes(end.status))
        expect(run(end, events)).toBe(end);
    }),
    { numRuns: 5000 },
  );
});

const waiting: Delivery = {
  ...sending,
  status: 'scheduled',
  attempts: 0,
  lease: null,
  dueAt: new Date(start + 20),
  timeZone: 'America/New_York',
  checkAt: new Date(start + 20),
  history: [{ status: 'scheduled', at: new Date(start), source: 'operator', note: null, errorCode: null }],
};

const anyMove: fc.Arbitrary<DeliveryEvent> = fc.oneof(
  anyEvent,
  fc.constantFrom<DeliveryEvent>(
    { type: 'released' },
    { type: 'edited', note: 'Changed.', dueAt: null, timeZone: null },
    { type: 'edited', note: 'Changed.', dueAt: new Date(start + 30), timeZone: 'UTC' },
    { type: 'withdrawn', note: 'Withdrawn.' },
    { type: 'sent_again', note: 'Again.' },
    { type: 'never_taken', reason: 'Never.' },
    { type: 'unclear', reason: 'lost_twice' },
    { type: 'looked', next: null },
    { type: 'resolved', as: 'sent', note: 'Said so.' },
    { type: 'resolved', as: 'failed', note: 'Said so.' },
    { type: 'resolved', as: 'resend', note: 'Said so.' },
    { type: 'found', status: 'sent', providerId: 'SM1', errorCode: null, reason: null, price: null },
  ),
);

test('OUT-6, OUT-8: whatever comes, each step of the history is a move of the table, and history only grows', () => {
  fc.assert(
    fc.property(fc.constantFrom(sending, waiting), fc.array(anyMove, { maxLength: 40 }), (first, events) => {
      let delivery = first;
      for (const [index, event] of events.entries()) {
        const moved = apply(delivery, event, new Date(start + index));
        if (moved === null) continue;
        const { next, historyItem } = moved;
        expect(next.history.slice(0, delivery.history.length)).toEqual(delivery.history);
        const remarked = movesOf(next.history).length === movesOf(delivery.history).length;
        if (historyItem === null || remarked) expect(next.status).toBe(delivery.status);
        else {
          const { source, status } = historyItem;
          if (source === 'auto_reply') throw new Error('Nobody moves an entry as an automatic reply.');
          expect(isLegal(delivery.status, status, source)).toBe(true);
          expect(next.status).toBe(status);
        }
        expect(next.history.length - movesOf(next.history).length).toBeLessThanOrEqual(MOST_REMARKS + 1);
        // Withdrawn means that nothing ever left for the carrier.
        if (event.type === 'withdrawn') expect(delivery.attempts).toBe(0);
        delivery = next;
      }
    }),
    { numRuns: 5000 },
  );
});

test('OUT-8: what waits is not taken up before its time, and never after it was withdrawn', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 19 }), (events) => {
      const statuses = events
        .reduce((delivery, event) => apply(delivery, event, new Date(start))?.next ?? delivery, waiting)
        .history.map((each) => each.status);
      expect(statuses).not.toContain('sending');
    }),
    { numRuns: 3000 },
  );
});

test('OUT-6: once an outcome is unknown, no event but the carrier’s own answer makes the text leave again', () => {
  const unconfirmed: Delivery = { ...sending, status: 'unconfirmed', lease: null, checkAt: null };
  const events = anyEvent.filter((event) => event.type !== 'postponed');
  fc.assert(
    fc.property(fc.array(events, { maxLength: 40 }), (list) => {
      const statuses = run(unconfirmed, list)
        .history.slice(unconfirmed.history.length)
        .map((each) => each.status);
      expect(statuses).not.toContain('sending');
      expect(statuses).not.toContain('queued');
    }),
    { numRuns: 3000 },
  );
});
