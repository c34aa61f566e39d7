import type { AttentionReason, Resolution } from '../../../../functions/src/contract/delivery.ts';

/** Why a message needs review by an operator. */
export const ATTENTION_WORDS: Readonly<Record<AttentionReason, string>> = {
  several_matches: 'More than one message at the carrier could be this one.',
  not_answered: 'The carrier could not be asked about it.',
  lost_twice: 'It was sent again once, and the outcome is unknown again.',
  no_report: 'The carrier accepted it and has not reported on it since.',
};

/** What an operator can decide, and what follows from it. */
export const RESOLUTION_WORDS: Readonly<
  Record<Resolution, { choice: string; heading: string; meaning: string; done: string }>
> = {
  sent: {
    choice: 'It was sent',
    heading: 'Mark this message as sent?',
    meaning: 'It is not sent again. Later reports from the carrier still count.',
    done: 'The message is marked as sent.',
  },
  failed: {
    choice: 'It failed',
    heading: 'Mark this message as failed?',
    meaning: 'It is not sent again, and later reports do not change that.',
    done: 'The message is marked as failed.',
  },
  resend: {
    choice: 'Send again',
    heading: 'Send this message again?',
    meaning:
      'If the first one was sent after all, they get it twice. Ask them, or check with the carrier, before you decide.',
    done: 'The message is queued again.',
  },
};
