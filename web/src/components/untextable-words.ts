import type { UntextableReason } from '../../../functions/src/contract/delivery.ts';

/** Why someone cannot be texted, in a word. */
export const UNTEXTABLE_WORDS: Readonly<Record<UntextableReason, string>> = {
  inactive: 'Inactive',
  opted_out: 'Opted out',
  suppressed: 'Suppressed',
};

const SENTENCES: Readonly<Record<UntextableReason, (name: string) => string>> = {
  inactive: (name) => `${name} is inactive and cannot be texted.`,
  opted_out: (name) => `${name} has opted out and cannot be texted.`,
  suppressed: (name) => `${name} cannot be texted: the number is suppressed.`,
};

/** The same as a sentence about somebody. */
export function untextableSentence(reason: UntextableReason, name: string): string {
  return SENTENCES[reason](name);
}
