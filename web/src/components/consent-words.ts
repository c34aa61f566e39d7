import type { ConsentSource, HoldKind } from '../../../functions/src/contract/consent.ts';
import type { ConsentEventItem, HoldItem } from '../../../functions/src/contract/suppressions.ts';
import type { Look } from './look.ts';

/** The two reasons why a number is not texted. */
export const HOLD_WORDS: Readonly<
  Record<HoldKind, { list: string; look: Look; add: string; added: string; lift: string; lifted: string }>
> = {
  opted_out: {
    list: 'Opt-outs',
    look: {
      icon: 'slash',
      label: 'Opted out',
      tone: 'bad',
      meaning: 'They asked not to be texted.',
    },
    add: 'Add opt-out',
    added: 'is opted out.',
    lift: 'Lift opt-out',
    lifted: 'can be texted again, unless the number is suppressed too.',
  },
  suppressed: {
    list: 'Suppressed numbers',
    look: {
      icon: 'alert',
      label: 'Suppressed',
      tone: 'warn',
      meaning: 'Messages to this number fail for good.',
    },
    add: 'Suppress number',
    added: 'is suppressed.',
    lift: 'Lift suppression',
    lifted: 'can be texted again, unless they have opted out too.',
  },
};

const SOURCE_WORDS: Readonly<Record<ConsentSource, string>> = {
  keyword: 'Texted STOP',
  operator: 'By an operator',
  carrier: 'Reported by carrier',
  backfill: 'Found in past failures',
};

/** Who or what caused it: `By Olga Owner`, `Reported by carrier`; for a change that lifts, `Texted START`. */
export function sourceWords({
  source,
  operator,
  change = 'added',
}: Pick<HoldItem, 'source' | 'operator'> & { change?: ConsentEventItem['change'] }): string {
  if (source === 'keyword' && change === 'lifted') return 'Texted START';
  if (operator === null) return SOURCE_WORDS[source];
  return source === 'backfill' ? `Found in past failures by ${operator}` : `By ${operator}`;
}

const EVENT_LOOKS: Readonly<
  Record<ConsentEventItem['kind'], Readonly<Record<ConsentEventItem['change'], Look>>>
> = {
  consent: {
    added: {
      icon: 'check',
      label: 'Consent recorded',
      tone: 'good',
      meaning: 'A record of consent was added.',
    },
    lifted: {
      icon: 'slash',
      label: 'Consent record removed',
      tone: 'muted',
      meaning: 'The record of consent was removed.',
    },
  },
  opted_out: {
    added: { icon: 'slash', label: 'Opted out', tone: 'bad', meaning: 'Not texted from then on.' },
    lifted: { icon: 'check', label: 'Opt-out lifted', tone: 'good', meaning: 'Could be texted again.' },
  },
  suppressed: {
    added: {
      icon: 'alert',
      label: 'Number suppressed',
      tone: 'warn',
      meaning: 'The number was no longer texted.',
    },
    lifted: {
      icon: 'check',
      label: 'Suppression lifted',
      tone: 'good',
      meaning: 'The number could be texted again.',
    },
  },
};

/** One change of consent in words, with its icon. */
export function consentEventLook({ kind, change }: Pick<ConsentEventItem, 'kind' | 'change'>): Look {
  return EVENT_LOOKS[kind][change];
}
