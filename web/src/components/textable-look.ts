import type { UntextableReason } from '../../../functions/src/contract/delivery.ts';
import type { Look } from './look.ts';

/** Whether someone may be texted, in words and a shape: `<status-mark .look=${textableLook(person.untextable)}>`. */
const LOOKS: Readonly<Record<UntextableReason | 'textable', Look>> = {
  textable: {
    icon: 'check',
    label: 'Can be texted',
    tone: 'good',
    meaning: 'Active, and has not opted out.',
  },
  inactive: {
    icon: 'slash',
    label: 'Inactive',
    tone: 'muted',
    meaning:
      'Texts from them are logged without an answer, and nobody can text them until they are active again.',
  },
  opted_out: {
    icon: 'cross',
    label: 'Opted out',
    tone: 'bad',
    meaning: 'They asked for no more texts. They take that back by texting START, or an admin lifts it.',
  },
  suppressed: {
    icon: 'alert',
    label: 'Suppressed',
    tone: 'warn',
    meaning: 'The carrier says that this number cannot be reached for good, so nothing is sent to it.',
  },
};

export function textableLook(reason: UntextableReason | null): Look {
  return LOOKS[reason ?? 'textable'];
}
