import type { AttentionReason, Resolution } from '../../../functions/src/contract/delivery.ts';

/** Why Parley asks an operator what became of a text, in words. */
export const ATTENTION_WORDS: Readonly<Record<AttentionReason, string>> = {
  several_matches: 'More than one text at the carrier could be this one.',
  not_answered: 'The carrier could not be asked what became of it.',
  lost_twice: 'It was sent again once, and what became of it is unknown again.',
  no_report: 'The carrier took it and has said nothing of it since.',
};

/** What an operator can decide, and what follows from it. */
export const RESOLUTION_WORDS: Readonly<
  Record<Resolution, { choice: string; heading: string; meaning: string; done: string }>
> = {
  sent: {
    choice: 'It was sent',
    heading: 'Mark this text as sent?',
    meaning: 'It is not sent again. If the carrier reports on it later, that is still taken in.',
    done: 'The text is marked as sent.',
  },
  failed: {
    choice: 'It failed',
    heading: 'Mark this text as failed?',
    meaning: 'It is not sent again, and nothing that comes later changes it.',
    done: 'The text is marked as failed.',
  },
  resend: {
    choice: 'Send again',
    heading: 'Send this text again?',
    meaning:
      'If the first one went out after all, they get it twice. Ask them, or look at the carrier, before you decide.',
    done: 'The text is on its way again.',
  },
};
