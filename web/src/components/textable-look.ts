import type { UntextableReason } from '../../../functions/src/contract/delivery.ts';
import type { Look } from './look.ts';

/** Whether someone may be texted, in words and a shape: `<status-mark .look=${textableLook(person.untextable)}>`. */
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
    meaning:
      'They texted STOP, or an operator recorded it. It ends when they text START, or an admin lifts it.',
  },
  suppressed: {
    icon: 'alert',
    label: 'Suppressed',
    tone: 'warn',
    meaning: 'Messages to this number fail for good, or an operator suppressed it. An admin can lift it.',
  },
};

export function textableLook(reason: UntextableReason | null): Look {
  return LOOKS[reason ?? 'textable'];
}
