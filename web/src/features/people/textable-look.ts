import type { UntextableReason } from '../../../../functions/src/contract/delivery.ts';
import type { Look } from '../../components/look.ts';

/** Whether a person can be texted, in words, with its icon: `<status-mark .look=${textableLook(person.untextable)}>`. */
const LOOKS: Readonly<Record<UntextableReason | 'textable', Look>> = {
  textable: {
    icon: 'check',
    label: 'Can be texted',
    tone: 'good',
    meaning: 'Active, not opted out and not suppressed.',
  },
  inactive: {
    icon: 'slash',
    label: 'Inactive',
    tone: 'muted',
    meaning:
      'Their messages are logged without a reply, and nobody can text them until they are active again.',
  },
  opted_out: {
    icon: 'cross',
    label: 'Opted out',
    tone: 'bad',
    meaning: 'They asked not to be texted, until they text START or an admin lifts the opt-out.',
  },
  suppressed: {
    icon: 'alert',
    label: 'Suppressed',
    tone: 'warn',
    meaning: 'Messages to this number fail for good, so it is no longer texted.',
  },
};

export function textableLook(reason: UntextableReason | null): Look {
  return LOOKS[reason ?? 'textable'];
}
