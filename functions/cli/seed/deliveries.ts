import { AT_FIRST, type Delivery } from '../../src/messaging/delivery-status.ts';
import { apply, type DeliveryEvent } from '../../src/messaging/move-delivery.ts';
import { providerError } from '../../src/twilio/error-codes.ts';
import type { Outcome } from './scenes.ts';

/** What happens to a demo text after it was accepted: events and the seconds at which they come. */
type Course = readonly (readonly [seconds: number, event: DeliveryEvent])[];

type Report = Extract<DeliveryEvent, { type: 'reported' }>;

/** What a segment costs in the demo, in US dollars: Twilio's list price of a US text. */
const PRICE_PER_SEGMENT = 0.0083;

function courseOf(outcome: Outcome, providerId: string, segments: number): Course {
  const claimed = { type: 'claimed', holder: 'demo' } as const;
  const taken = (attempt = 1) => ({ type: 'taken', attempt, providerId }) as const;
  const price = { amount: (segments * PRICE_PER_SEGMENT).toFixed(4), currency: 'USD' };
  const told = (status: Report['status'], code: number | null = null): Report => ({
    type: 'reported',
    status,
    providerId,
    errorCode: code,
    reason: code === null ? null : providerError(code).reason,
    price: status === 'delivered' || code !== null ? price : null,
  });
  const start = [
    [1, claimed],
    [2, taken()],
  ] as const;
  const failed = (status: 'undelivered' | 'failed', code: number): Course => [
    ...start,
    [3, told('sent')],
    [19, told(status, code)],
  ];
  const busy = providerError(20429).reason;
  const courses: Record<Outcome, Course> = {
    queued: [],
    blocked: [
      [1, claimed],
      [2, { type: 'postponed', attempt: 1, errorCode: 20429, reason: busy }],
      [160, { type: 'blocked', reason: 'Not sent: this person had opted out.' }],
    ],
    refused: [
      [1, claimed],
      [2, { type: 'refused', attempt: 1, errorCode: 21408, reason: providerError(21408).reason }],
    ],
    unconfirmed: [
      [1, claimed],
      [
        12,
        {
          type: 'lost',
          attempt: 1,
          reason: 'The carrier did not answer in time. It is not sent again by itself.',
        },
      ],
    ],
    accepted: start,
    sent: [...start, [3, told('sent')]],
    delivered: [...start, [3, told('sent')], [6, told('delivered')]],
    read: [...start, [3, told('sent')], [5, told('delivered')], [140, told('read')]],
    retried: [
      [1, claimed],
      [2, { type: 'postponed', attempt: 1, errorCode: 20429, reason: busy }],
      [14, claimed],
      [15, taken(2)],
      [16, told('sent')],
      [20, told('delivered')],
    ],
    unreachable: failed('undelivered', 30003),
    filtered: failed('undelivered', 30007),
    barred: failed('undelivered', 30004),
    unknown: failed('failed', 30005),
    canceled: [...start, [40, told('canceled')]],
  };
  return courses[outcome];
}

function run(first: Delivery, course: Course, begin: Date): Delivery {
  const next = course.reduce((delivery, [seconds, event]) => {
    const move = apply(delivery, event, new Date(begin.getTime() + seconds * 1000));
    if (move === null) throw new Error(`The demo history has an impossible move: ${event.type}.`);
    return move.next;
  }, first);
  // Nothing is owed any more, so that no worker takes a demo text up and sends it; what is not known waits for a choice.
  const since = next.history.at(-1)?.at ?? begin;
  const attention = next.status === 'unconfirmed' ? ({ reason: 'not_answered', since } as const) : null;
  return { ...next, checkAt: null, attention };
}

/** How an operator's text of `queuedAt` came to its outcome, by the very moves that real ones make. */
export function operatorDelivery(
  outcome: Outcome,
  queuedAt: Date,
  providerId: string,
  segments: number,
): Delivery {
  const first = { status: 'queued', at: queuedAt, source: 'operator', note: null, errorCode: null } as const;
  return run(
    { ...AT_FIRST, status: 'queued', history: [first] },
    courseOf(outcome, providerId, segments),
    queuedAt,
  );
}

/** A text that waits for its time; it really leaves then, if the demo is still running. */
export function scheduledDelivery(queuedAt: Date, due: { at: Date; timeZone: string }): Delivery {
  const status = 'scheduled';
  const first = { status, at: queuedAt, source: 'operator', note: null, errorCode: null } as const;
  return { ...AT_FIRST, status, history: [first], dueAt: due.at, timeZone: due.timeZone, checkAt: due.at };
}

/** The same for an automatic reply, which the carrier takes with the webhook's answer; `heardOf` false: no callback came. */
export function replyDelivery(at: Date, providerId: string, segments: number, heardOf: boolean): Delivery {
  const note = 'Given to the carrier in answer to a text.';
  const first = { status: 'sending', at, source: 'auto_reply', note, errorCode: null } as const;
  const course = heardOf ? courseOf('delivered', providerId, segments).slice(2) : [];
  return run({ ...AT_FIRST, attempts: 1, status: 'sending', history: [first] }, course, at);
}
