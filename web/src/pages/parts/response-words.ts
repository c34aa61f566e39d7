import type { ResponseReason } from '../../../../functions/src/contract/delivery.ts';

/** Why an incoming text was, or was not, answered by Parley. */
export const RESPONSE_WORDS: Readonly<Record<ResponseReason, string>> = {
  acknowledged: 'Answered automatically.',
  unknown_sender: 'Not answered: the number is not registered.',
  inactive: 'Not answered: the person is inactive.',
  loop_guard: 'Not answered: this person had reached the limit of automatic replies in an hour.',
  keyword: 'Not answered by Parley: the carrier answers STOP, START and HELP itself.',
};
