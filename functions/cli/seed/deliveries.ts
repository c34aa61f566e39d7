import { AT_FIRST, SILENCE_SECONDS, type Delivery } from '../../src/outbox/delivery-status.ts';
import {
  decideLookup,
  GIVE_UP_MILLISECONDS,
  SILENT_MILLISECONDS,
  WINDOW_MILLISECONDS,
} from '../../src/outbox/lookup-decision.ts';
import type { DeliveryEvent } from '../../src/outbox/delivery-events.ts';
import { apply } from '../../src/outbox/move-delivery.ts';
import { carrierCodes } from '../lib/carrier-in-use.ts';
import type { Outcome } from './turns.ts';

/**
 * Where the messages of the demo history stand at its end. Each got there by the very moves that real ones make, and owes
 * what a real one would owe: the minute's work then finds what the carrier knows, and nothing waits for ever. States that
 * last for seconds (held, queued, sending) are left to the messages that one sends oneself.
 */

/** What happens to a demo message after it was accepted, and so many seconds after; a function is asked at its turn. */
type Course = readonly (readonly [seconds: number, event: DeliveryEvent | Decision])[];
type Decision = (delivery: Delivery, now: Date) => DeliveryEvent;

type Report = Extract<DeliveryEvent, { type: 'reported' }>;

/** What a segment costs in the demo, in US dollars: Twilio's list price of a US text. */
const PRICE_PER_SEGMENT = 0.0083;

const CLAIMED = { type: 'claimed', holder: 'demo' } as const;
/** Just after it, so that a look-up is sure to be past the limit that it goes by. */
const after = (milliseconds: number) => milliseconds / 1000 + 30;

function courseOf(outcome: Outcome, providerId: string, segments: number): Course {
  const taken = (attempt = 1) => ({ type: 'taken', attempt, providerId }) as const;
  const price = { amount: (segments * PRICE_PER_SEGMENT).toFixed(4), currency: 'USD' };
  const report = (status: Report['status'], code: number | null = null): Report => ({
    type: 'reported',
    status,
    providerId,
    errorCode: code,
    reason: code === null ? null : carrierCodes.error(code).reason,
    price: status === 'delivered' || code !== null ? price : null,
  });
  const start = [
    [1, CLAIMED],
    [2, taken()],
  ] as const;
  const failed = (status: 'undelivered' | 'failed', code: number): Course => [
    ...start,
    [3, report('sent')],
    [19, report(status, code)],
  ];
  const busy = carrierCodes.error(20429).reason;
  const courses: Record<Outcome, Course> = {
    blocked: [
      [1, CLAIMED],
      [2, { type: 'postponed', attempt: 1, errorCode: 20429, reason: busy }],
      [160, { type: 'blocked', reason: 'Not sent: this person had opted out.' }],
    ],
    refused: [
      [1, CLAIMED],
      [2, { type: 'refused', attempt: 1, errorCode: 21408, reason: carrierCodes.error(21408).reason }],
    ],
    unconfirmed: [
      [1, CLAIMED],
      [12, { type: 'lost', attempt: 1, reason: 'The carrier did not answer in time.' }],
      // It could not be asked either, until Parley left the choice to an operator.
      [after(GIVE_UP_MILLISECONDS), lookedUp({ kind: 'unavailable' }, false)],
    ],
    accepted: start,
    // Some networks report no more than this; then Parley stops asking.
    sent: [...start, [3, report('sent')], [after(SILENT_MILLISECONDS), { type: 'looked', next: null }]],
    delivered: [...start, [3, report('sent')], [6, report('delivered')]],
    read: [...start, [3, report('sent')], [5, report('delivered')], [140, report('read')]],
    retried: [
      [1, CLAIMED],
      [2, { type: 'postponed', attempt: 1, errorCode: 20429, reason: busy }],
      [14, CLAIMED],
      [15, taken(2)],
      [16, report('sent')],
      [20, report('delivered')],
    ],
    unreachable: failed('undelivered', 30003),
    filtered: failed('undelivered', 30007),
    barred: failed('undelivered', 30004),
    unknown: failed('failed', 30005),
  };
  return courses[outcome];
}

/** The reply never reached the carrier: nothing was reported, and then its list did not have it. */
const LOST_REPLY: Course = [
  [SILENCE_SECONDS.sending ?? 0, { type: 'lease_expired' }],
  [after(WINDOW_MILLISECONDS), lookedUp({ kind: 'listed', complete: true, candidates: [], rivals: 0 }, true)],
];

function lookedUp(looked: Parameters<typeof decideLookup>[2], automatic: boolean): Decision {
  return (delivery, now) => decideLookup(delivery, { body: '', automatic }, looked, now);
}

/** What has happened of `course` by `end`. */
function run(first: Delivery, course: Course, begin: Date, end: Date): Delivery {
  return course.reduce((delivery, [seconds, step]) => {
    const at = new Date(begin.getTime() + seconds * 1000);
    if (at > end) return delivery;
    const event = typeof step === 'function' ? step(delivery, at) : step;
    const move = apply(delivery, event, at);
    if (move === null) throw new Error(`The demo history has an impossible move: ${event.type}.`);
    return move.next;
  }, first);
}

/** How an operator's message of `queuedAt` came to its outcome, as far as that happened by `end`. */
export function operatorDelivery(
  outcome: Outcome,
  { queuedAt, end }: { queuedAt: Date; end: Date },
  providerId: string,
  segments: number,
): Delivery {
  const first = { status: 'queued', at: queuedAt, source: 'operator', note: null, errorCode: null } as const;
  return run(
    { ...AT_FIRST, status: 'queued', history: [first] },
    courseOf(outcome, providerId, segments),
    queuedAt,
    end,
  );
}

/** A message that waits for its time, and is really sent then; or one that its author canceled at `canceled.at`. */
export function scheduledDelivery(
  queuedAt: Date,
  due: { at: Date; timeZone: string },
  canceled: { at: Date; by: string } | null,
): Delivery {
  const status = 'scheduled';
  const first = { status, at: queuedAt, source: 'operator', note: null, errorCode: null } as const;
  const waiting = { ...AT_FIRST, status, dueAt: due.at, timeZone: due.timeZone, checkAt: due.at } as const;
  const delivery: Delivery = { ...waiting, history: [first] };
  if (canceled === null) return delivery;
  return run(
    delivery,
    [[0, { type: 'withdrawn', note: `${canceled.by} canceled it.` }]],
    canceled.at,
    canceled.at,
  );
}

/** An automatic reply, which the carrier gets in the webhook's answer: delivered, or `lost` on the way to the carrier. */
export function replyDelivery(
  { at, end }: { at: Date; end: Date },
  providerId: string,
  segments: number,
  lost: boolean,
): Delivery {
  const note = 'Given to the carrier in answer to a text.';
  const first = { status: 'sending', at, source: 'auto_reply', note, errorCode: null } as const;
  const checkAt = new Date(at.getTime() + (SILENCE_SECONDS.sending ?? 0) * 1000);
  const course = lost ? LOST_REPLY : courseOf('delivered', providerId, segments).slice(2);
  return run({ ...AT_FIRST, attempts: 1, status: 'sending', checkAt, history: [first] }, course, at, end);
}
