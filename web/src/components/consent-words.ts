import type { ConsentSource, HoldKind } from '../../../functions/src/contract/consent.ts';
import type { ConsentEventItem, HoldItem } from '../../../functions/src/contract/suppressions.ts';
import type { Look } from './look.ts';

/** The two lists of numbers that are not texted. */
export const HOLD_WORDS: Readonly<
  Record<HoldKind, { list: string; look: Look; lift: string; lifted: string }>
> = {
  opted_out: {
    list: 'Opted out',
    look: { icon: 'slash', label: 'Opted out', tone: 'bad', meaning: 'They want no more texts.' },
    lift: 'Lift the opt-out',
    lifted: 'can be texted again, unless something else holds texts back.',
  },
  suppressed: {
    list: 'Suppressed',
    look: {
      icon: 'alert',
      label: 'Suppressed',
      tone: 'warn',
      meaning: 'The number cannot be reached for good.',
    },
    lift: 'Lift the suppression',
    lifted: 'is tried again, unless something else holds texts back.',
  },
};

const SOURCE_WORDS: Readonly<Record<ConsentSource, string>> = {
  keyword: 'By their own text',
  operator: 'By an operator',
  carrier: 'Told by the carrier',
  backfill: 'Found in past failures',
};

/** Who or what brought it about: `By Olga Owner`, `Told by the carrier`. */
export function sourceWords({ source, operator }: Pick<HoldItem, 'source' | 'operator'>): string {
  return operator === null ? SOURCE_WORDS[source] : `By ${operator}`;
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
      meaning: 'The record of consent was taken away.',
    },
  },
  opted_out: {
    added: { icon: 'slash', label: 'Opted out', tone: 'bad', meaning: 'No more texts from then on.' },
    lifted: { icon: 'check', label: 'Opt-out lifted', tone: 'good', meaning: 'Texts could go again.' },
  },
  suppressed: {
    added: {
      icon: 'alert',
      label: 'Number suppressed',
      tone: 'warn',
      meaning: 'Nothing more was sent to the number.',
    },
    lifted: {
      icon: 'check',
      label: 'Suppression lifted',
      tone: 'good',
      meaning: 'The number was tried again.',
    },
  },
};

/** One change of consent in words and a shape. */
export function consentEventLook({ kind, change }: Pick<ConsentEventItem, 'kind' | 'change'>): Look {
  return EVENT_LOOKS[kind][change];
}
