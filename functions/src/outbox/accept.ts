import type { ErrorCode } from '../contract/errors.ts';
import type { UntextableReason } from '../contract/delivery.ts';
import type { SendLimits } from '../contract/send-limits.ts';
import { guardSend, SEGMENT_MICROS, type GuardRefusal, type SentSoFar } from '../limits/send-guards.ts';
import { limitsOf, type OriginKind } from './origin.ts';

/** Whether a message is accepted. Pure: who sends, to whom, the limits and what was sent so far, to a refusal or none. */

export type AddresseeRefusal = Extract<
  ErrorCode,
  'PERSON_NOT_FOUND' | 'PERSON_INACTIVE' | 'PERSON_OPTED_OUT' | 'PERSON_SUPPRESSED'
>;

export type Decision =
  | { kind: 'passed' }
  | { kind: 'refused'; code: AddresseeRefusal }
  | { kind: 'guarded'; refusal: GuardRefusal };

/** Somebody who is written to; null where nobody was found. `untextable` holds for every origin. */
export type Addressee = { untextable: UntextableReason | null } | null;

const UNTEXTABLE: Readonly<Record<UntextableReason, AddresseeRefusal>> = {
  inactive: 'PERSON_INACTIVE',
  opted_out: 'PERSON_OPTED_OUT',
  suppressed: 'PERSON_SUPPRESSED',
};

/** Consent holds always, and comes first; of the sending limits those that hold for the origin. */
export function decideAccept(
  message: { origin: OriginKind; segments: number },
  addressee: Addressee,
  { limits, sent }: { limits: SendLimits; sent: SentSoFar },
  now: Date,
): Decision {
  if (addressee === null) return { kind: 'refused', code: 'PERSON_NOT_FOUND' };
  if (addressee.untextable !== null) return { kind: 'refused', code: UNTEXTABLE[addressee.untextable] };
  const refusal = guardSend(limitsOf(message.origin, limits), sent, message.segments, now);
  return refusal === null ? { kind: 'passed' } : { kind: 'guarded', refusal };
}

/** One after the other, each held against the day's spending with those before it: the first that would pass it stops. */
export function decideBatch<Message extends { addressee: Addressee; segments: number }>(
  origin: OriginKind,
  messages: readonly Message[],
  { limits, spentMicros }: { limits: SendLimits; spentMicros: number },
  now: Date,
): { decided: { message: Message; decision: Decision }[]; segments: number } {
  let segments = 0;
  const decided = messages.map((message) => {
    const sent = { toPerson: [], byOperator: [], spentMicros: spentMicros + segments * SEGMENT_MICROS };
    const decision = decideAccept(
      { origin, segments: message.segments },
      message.addressee,
      { limits, sent },
      now,
    );
    if (decision.kind === 'passed') segments += message.segments;
    return { message, decision };
  });
  return { decided, segments };
}
