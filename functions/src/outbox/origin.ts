import type { SendLimits } from '../contract/send-limits.ts';
import type { Lane } from '../jobs/queues.ts';

/** Whose message it is. `label` as it is shown in the log. */
export type Origin =
  | { kind: 'operator'; id: string; label: string }
  | { kind: 'auto_reply'; inboundId: string }
  | { kind: 'campaign' | 'event' | 'verification'; id: string }
  | { kind: 'program'; id: string; label: string };
export type OriginKind = Origin['kind'];
/** Whoever sends many at once. */
export type BulkOrigin = Exclude<Origin, { kind: 'operator' | 'auto_reply' }>;

/** To whom it goes: a person, or a number that is kept sealed until the message has left (message-numbers-store.ts). */
export type To = { kind: 'person'; userId: string; label: string } | { kind: 'number'; label: string };

/** What holds for messages of one origin. Consent is not here: opt-outs and suppressions hold for all. */
export interface Policy {
  /** Which of the sending limits hold. */
  limits: Readonly<Record<keyof SendLimits, boolean>>;
  /** Whether the conversation shows it as its last message. */
  shown: boolean;
  lane: Lane;
}

const SPEND_ONLY = { personPerHour: false, operatorPerMinute: false, dailySpend: true };

export const POLICIES: Readonly<Record<OriginKind, Policy>> = {
  operator: {
    limits: { personPerHour: true, operatorPerMinute: true, dailySpend: true },
    shown: true,
    lane: 'interactive',
  },
  // It has a limit of its own, the loop guard, and leaves with the answer to the webhook.
  auto_reply: { limits: { ...SPEND_ONLY, dailySpend: false }, shown: false, lane: 'interactive' },
  // A blast must not turn the inbox round.
  campaign: { limits: SPEND_ONLY, shown: false, lane: 'bulk' },
  event: { limits: SPEND_ONLY, shown: true, lane: 'bulk' },
  // Somebody waits for the code.
  verification: { limits: SPEND_ONLY, shown: false, lane: 'interactive' },
  program: { limits: SPEND_ONLY, shown: true, lane: 'bulk' },
};

/** The author as the log shows it. */
export function labelOf(origin: Origin): string {
  return 'label' in origin ? origin.label : LABELS[origin.kind];
}

const LABELS = {
  auto_reply: 'Automatic reply',
  campaign: 'Campaign',
  event: 'Event',
  verification: 'Verification',
} as const;

/** The limits that hold for this origin; the others read as none. */
export function limitsOf(kind: OriginKind, limits: SendLimits): SendLimits {
  const { personPerHour, operatorPerMinute, dailySpend } = POLICIES[kind].limits;
  return {
    personPerHour: personPerHour ? limits.personPerHour : null,
    operatorPerMinute: operatorPerMinute ? limits.operatorPerMinute : null,
    dailySpend: dailySpend ? limits.dailySpend : null,
  };
}
