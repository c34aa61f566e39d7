import { describe, expect, test } from 'vitest';
import { OUTGOING_STATUSES, type OutgoingStatus } from '../../functions/src/contract/delivery.ts';
import {
  AT_FIRST,
  isLeased,
  isLegal,
  MOVERS,
  movesOf,
  STATES,
  type Delivery,
} from '../../functions/src/outbox/delivery-status.ts';
import type { DeliveryEvent } from '../../functions/src/outbox/delivery-events.ts';
import { apply } from '../../functions/src/outbox/move-delivery.ts';

const now = new Date('2026-07-04T12:00:00.000Z');
const queued: Delivery = {
  ...AT_FIRST,
  status: 'queued',
  checkAt: new Date('2026-07-04T12:01:00.000Z'),
  history: [{ status: 'queued', at: now, source: 'operator', note: null, errorCode: null }],
};
const sending: Delivery = {
  ...queued,
  status: 'sending',
  history: [{ status: 'sending', at: now, source: 'worker', note: null, errorCode: null }],
  attempts: 1,
  lease: { until: new Date('2026-07-04T12:01:00.000Z'), attempt: 1, holder: 'run-1' },
};
const reported = (
  status: 'accepted' | 'sent' | 'delivered' | 'read' | 'undelivered' | 'failed',
): DeliveryEvent => ({
  type: 'reported',
  status,
  providerId: 'SM1',
  errorCode: status === 'undelivered' || status === 'failed' ? 30003 : null,
  reason: status === 'undelivered' || status === 'failed' ? 'Unreachable.' : null,
  price: null,
});

describe('OUT-6, OUT-7: the table of legal moves', () => {
  test.each<[OutgoingStatus, string, string, string, string]>([
    ['scheduled', 'scheduled canceled', 'queued', '', ''],
    ['held', 'held scheduled canceled', 'queued', '', ''],
    ['queued', '', 'sending failed', '', 'accepted sent delivered read undelivered failed canceled'],
    [
      'sending',
      '',
      'unconfirmed queued accepted failed',
      '',
      'accepted sent delivered read undelivered failed canceled',
    ],
    [
      'unconfirmed',
      'queued sent failed',
      'queued accepted failed',
      'queued accepted sent delivered read undelivered failed canceled',
      'accepted sent delivered read undelivered failed canceled',
    ],
    [
      'accepted',
      'sent failed',
      '',
      'sent delivered read undelivered failed canceled',
      'sent delivered read undelivered failed canceled',
    ],
    [
      'sent',
      '',
      '',
      'delivered read undelivered failed canceled',
      'delivered read undelivered failed canceled',
    ],
    ['delivered', '', '', 'read', 'read'],
    ['read', '', '', '', ''],
    ['undelivered', '', '', '', ''],
    ['failed', '', '', '', ''],
    ['canceled', '', '', '', ''],
  ])('from %s: operator [%s], worker [%s], reconciler [%s], carrier [%s]', (from, ...lists) => {
    for (const [index, mover] of MOVERS.entries()) {
      const reachable = OUTGOING_STATUSES.filter((to) => isLegal(from, to, mover)).sort();
      expect(reachable, mover).toEqual(lists[index]?.split(' ').filter(Boolean).sort());
    }
  });

  test('OUT-7: the carrier moves an entry to a higher rank only', () => {
    for (const from of OUTGOING_STATUSES) {
      for (const to of STATES[from].carrier)
        expect(STATES[to].rank, `${from} -> ${to}`).toBeGreaterThan(STATES[from].rank);
    }
  });
});

describe('OUT-6: what a worker does', () => {
  test('a claim counts the attempt and holds the entry for 60 s', () => {
    const moved = apply(queued, { type: 'claimed', holder: 'run-1' }, now);
    expect(moved?.next).toMatchObject({
      status: 'sending',
      attempts: 1,
      lease: { until: new Date('2026-07-04T12:01:00.000Z'), attempt: 1, holder: 'run-1' },
      checkAt: new Date('2026-07-04T12:01:00.000Z'),
    });
    expect(moved?.historyItem).toEqual({
      status: 'sending',
      at: now,
      source: 'worker',
      note: 'Attempt 1.',
      errorCode: null,
    });
    expect(moved?.next.history).toHaveLength(2);
  });

  test('nobody claims what is not queued', () => {
    for (const status of OUTGOING_STATUSES.filter((each) => each !== 'queued')) {
      expect(apply({ ...queued, status }, { type: 'claimed', holder: 'run-2' }, now), status).toBeNull();
    }
  });

  test('taken: accepted, with the id, and nothing owed any more', () => {
    const moved = apply(sending, { type: 'taken', attempt: 1, providerId: 'SM1' }, now);
    expect(moved?.next).toMatchObject({
      status: 'accepted',
      providerId: 'SM1',
      lease: null,
      // The carrier is asked when nothing is heard of it for a quarter of an hour.
      checkAt: new Date('2026-07-04T12:15:00.000Z'),
      sentAt: null,
    });
  });

  test('OUT-6: refused for good: failed at once, with code and reason', () => {
    const moved = apply(
      sending,
      { type: 'refused', attempt: 1, errorCode: 21211, reason: 'Not a number.' },
      now,
    );
    expect(moved?.next).toMatchObject({
      status: 'failed',
      errorCode: 21211,
      errorReason: 'Not a number.',
      lease: null,
      checkAt: null,
    });
    expect(moved?.historyItem).toMatchObject({ status: 'failed', note: 'Not a number.', errorCode: 21211 });
  });

  test('OUT-6: put off: queued again, and looked at in 5 minutes should its task be lost', () => {
    const moved = apply(
      sending,
      { type: 'postponed', attempt: 1, errorCode: 20429, reason: 'Too many.' },
      now,
    );
    expect(moved?.next).toMatchObject({
      status: 'queued',
      lease: null,
      checkAt: new Date('2026-07-04T12:05:00.000Z'),
      errorCode: null,
    });
  });

  test('OUT-6: put off for the eighth time: failed with the reason', () => {
    const moved = apply(
      { ...sending, attempts: 8 },
      { type: 'postponed', attempt: 8, errorCode: 20429, reason: 'Too many.' },
      now,
    );
    expect(moved?.next).toMatchObject({
      status: 'failed',
      errorCode: 20429,
      errorReason: 'Given up after 8 attempts. Too many.',
    });
  });

  test('OUT-6: an unknown outcome is marked, and no worker takes it up again', () => {
    const moved = apply(sending, { type: 'lost', attempt: 1, reason: 'Cut.' }, now);
    expect(moved?.next).toMatchObject({
      status: 'unconfirmed',
      lease: null,
      checkAt: new Date('2026-07-04T12:01:00.000Z'),
    });
    expect(apply(moved!.next, { type: 'claimed', holder: 'run-2' }, now)).toBeNull();
  });

  test('OUT-6: a lease is over at its end and not before', () => {
    const before = new Date('2026-07-04T12:00:59.999Z');
    const end = new Date('2026-07-04T12:01:00.000Z');
    expect(isLeased(sending, before)).toBe(true);
    expect(apply(sending, { type: 'lease_expired' }, before)).toBeNull();
    expect(isLeased(sending, end)).toBe(false);
    expect(apply(sending, { type: 'lease_expired' }, end)?.next.status).toBe('unconfirmed');
  });

  test('OUT-6: an automatic reply, which nobody leases, is asked for when it was silent for long enough', () => {
    const reply: Delivery = { ...sending, lease: null, checkAt: new Date('2026-07-04T12:10:00.000Z') };
    const before = new Date('2026-07-04T12:09:59.999Z');
    const then = new Date('2026-07-04T12:10:00.000Z');
    expect(apply(reply, { type: 'lease_expired' }, before)).toBeNull();
    expect(apply(reply, { type: 'lease_expired' }, then)?.next.status).toBe('unconfirmed');
    expect(apply({ ...reply, checkAt: null }, { type: 'lease_expired' }, then)).toBeNull();
  });

  test('the late answer of the run that was waited for still counts; that of another run does not', () => {
    const unconfirmed: Delivery = { ...sending, status: 'unconfirmed', lease: null };
    expect(apply(unconfirmed, { type: 'taken', attempt: 1, providerId: 'SM1' }, now)?.next.status).toBe(
      'accepted',
    );
    const foreign: DeliveryEvent[] = [
      { type: 'taken', attempt: 2, providerId: 'SM2' },
      { type: 'refused', attempt: 2, errorCode: null, reason: '' },
      { type: 'postponed', attempt: 2, errorCode: null, reason: '' },
      { type: 'lost', attempt: 2, reason: '' },
    ];
    for (const event of foreign) expect(apply(unconfirmed, event, now), event.type).toBeNull();
  });

  test('OUT-2: blocked before it left: failed, with the reason', () => {
    expect(apply(queued, { type: 'blocked', reason: 'Opted out.' }, now)?.next).toMatchObject({
      status: 'failed',
      errorReason: 'Opted out.',
    });
  });
});

describe('OUT-7: what the carrier reports', () => {
  test('a report before the record ends the lease, and the record then moves nothing', () => {
    const moved = apply(sending, reported('sent'), now);
    expect(moved?.next).toMatchObject({
      status: 'sent',
      providerId: 'SM1',
      sentAt: now,
      lease: null,
      checkAt: new Date('2026-07-04T13:00:00.000Z'),
    });
    expect(apply(moved!.next, { type: 'taken', attempt: 1, providerId: 'SM1' }, now)).toBeNull();
  });

  test('OUT-4: the time of sending is that of the first report of it', () => {
    const later = new Date('2026-07-04T12:00:05.000Z');
    const delivered = apply({ ...sending, status: 'accepted' }, reported('delivered'), now);
    expect(delivered?.next.sentAt).toEqual(now);
    expect(apply(delivered!.next, reported('read'), later)?.next.sentAt).toEqual(now);
  });

  test('OUT-4: undelivered carries code and reason', () => {
    expect(apply({ ...sending, status: 'sent' }, reported('undelivered'), now)?.next).toMatchObject({
      status: 'undelivered',
      errorCode: 30003,
      errorReason: 'Unreachable.',
    });
  });

  test('OUT-7: a terminal status stays', () => {
    for (const status of ['undelivered', 'failed', 'canceled', 'read'] as const) {
      for (const told of ['accepted', 'sent', 'delivered', 'undelivered', 'failed', 'read'] as const) {
        expect(apply({ ...sending, status }, reported(told), now), `${status} <- ${told}`).toBeNull();
      }
    }
  });

  test('reports of another message than the one that is followed move nothing', () => {
    expect(apply({ ...sending, providerId: 'SM2' }, reported('delivered'), now)).toBeNull();
  });

  test('OUT-4: a price is kept when it is told, once, without a line of history', () => {
    const event: DeliveryEvent = {
      type: 'reported',
      status: 'sent',
      providerId: 'SM1',
      errorCode: null,
      reason: null,
      price: { amount: '0.0079', currency: 'USD' },
    };
    const delivered: Delivery = { ...sending, status: 'delivered', providerId: 'SM1' };
    const moved = apply(delivered, event, now);
    expect(moved).toEqual({
      next: { ...delivered, price: { amount: '0.0079', currency: 'USD' } },
      historyItem: null,
    });
    expect(apply(moved!.next, { ...event, price: { amount: '9.9', currency: 'USD' } }, now)).toBeNull();
  });

  const undelivered: Delivery = {
    ...sending,
    status: 'undelivered',
    providerId: 'SM1',
    errorReason: 'The provider gave no reason.',
    history: [
      ...queued.history,
      { status: 'undelivered', at: now, source: 'carrier', note: null, errorCode: null },
    ],
  };
  const explained: DeliveryEvent = {
    type: 'reported',
    status: 'failed',
    providerId: 'SM1',
    errorCode: 30005,
    reason: 'Unknown number.',
    price: { amount: '0.01', currency: 'USD' },
  };

  test('OUT-7: an error code that comes after a failure without one is taken, once, with a price', () => {
    const moved = apply(undelivered, explained, now);
    expect(moved?.next).toMatchObject({
      status: 'undelivered',
      errorCode: 30005,
      errorReason: 'Unknown number.',
      price: { amount: '0.01', currency: 'USD' },
    });
    expect(moved?.next.history).toHaveLength(3);
    expect(moved?.historyItem).toEqual({
      status: 'undelivered',
      at: now,
      source: 'carrier',
      note: 'Unknown number.',
      errorCode: 30005,
    });
    expect(apply(moved!.next, { ...explained, errorCode: 30006 }, now)).toBeNull();
  });

  test.each<[string, Delivery, DeliveryEvent]>([
    ['of another message of the carrier', { ...undelivered, providerId: 'SM2' }, explained],
    [
      'of a message that was delivered',
      { ...undelivered, status: 'delivered' },
      { ...explained, price: null },
    ],
    [
      'of a message that an operator called failed',
      {
        ...undelivered,
        status: 'failed',
        history: [{ status: 'failed', at: now, source: 'operator', note: 'Called failed.', errorCode: null }],
      },
      { ...explained, price: null },
    ],
    ['with a status that is no failure', undelivered, { ...explained, status: 'sent', price: null }],
  ])('OUT-7: a late error code %s changes nothing', (_what, delivery, event) => {
    expect(apply(delivery, event, now)).toBeNull();
  });

  test('OUT-7: a report that cannot be read is a line of the history and changes nothing, once', () => {
    const event: DeliveryEvent = { type: 'remarked', note: 'The carrier reported “foo”.', errorCode: null };
    const moved = apply(sending, event, now);
    const line = { status: 'sending', at: now, source: 'carrier', note: event.note, errorCode: null };
    expect(moved).toEqual({
      next: { ...sending, history: [...sending.history, line] },
      historyItem: line,
    });
    expect(apply(moved!.next, event, now)).toBeNull();
    expect(movesOf(moved!.next.history)).toEqual(sending.history);
  });

  test('OUT-7: at most five unreadable reports are written down', () => {
    let delivery = sending;
    for (let count = 0; count < 20; count += 1)
      delivery =
        apply(delivery, { type: 'remarked', note: String(count), errorCode: null }, now)?.next ?? delivery;
    expect(delivery.history.map((line) => line.note)).toEqual([null, '0', '1', '2', '3', '4']);
  });
});
