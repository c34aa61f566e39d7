import { withoutInvisible } from '../contract/invisible.ts';
import { phoneLikeRuns, type PhoneLike } from '../contract/phone-like.ts';
import { parsePhoneNumber } from './phone-number.ts';

/** Digits of the shortest and of the longest number, with a prefix for calls abroad. */
const MIN_DIGITS = 7;
const MAX_DIGITS = 18;

/**
 * Whether a text that an operator wrote about a person holds a whole phone number, whatever stands between its digits.
 * Numbers belong in the number's own field, the only one that is sealed; names become labels, which are copied into the
 * logs (PRIV-1).
 */
export function holdsPhoneNumber(text: string, defaultCountry: string): boolean {
  return phoneLikeRuns(withoutInvisible(text.normalize('NFKC'))).some((run) =>
    numbersIn(run).some((number) => parsePhoneNumber(number, defaultCountry).ok),
  );
}

/** Every stretch of neighbouring groups that has as many digits as a number. */
function numbersIn({ plus, groups }: PhoneLike): string[] {
  return groups.flatMap((_group, first) => {
    const stretches: string[] = [];
    let number = first === 0 && plus ? '+' : '';
    for (const group of groups.slice(first, first + MAX_DIGITS)) {
      number += group;
      const digits = number.replace('+', '').length;
      if (digits >= MIN_DIGITS && digits <= MAX_DIGITS) stretches.push(number);
    }
    return stretches;
  });
}

/** The paths, such as `firstName` or `tags.1`, of the texts in `fields` that hold one; numbers in keys count too. */
export function fieldsWithPhoneNumbers(
  fields: Readonly<Record<string, unknown>>,
  defaultCountry: string,
): string[] {
  const holds = (text: string) => holdsPhoneNumber(text, defaultCountry);
  return Object.entries(fields).flatMap(([name, value]): string[] => {
    if (typeof value === 'string') return holds(value) ? [name] : [];
    if (typeof value !== 'object' || value === null) return [];
    const inner = Array.isArray(value)
      ? value.map((each: unknown, index) => [String(index), each] as const)
      : Object.entries(value);
    return inner.flatMap(([key, each]) =>
      holds(key) ? [name] : typeof each === 'string' && holds(each) ? [`${name}.${key}`] : [],
    );
  });
}
