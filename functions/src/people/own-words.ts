import { parsePhoneNumber } from './phone-number.ts';

/** Digits with the separators of a written number between them, at least seven of them. */
const RUN = /\+?\p{Nd}(?:[\s().\-/\u2010-\u2015]{0,3}\p{Nd}){6,}/gu;
/** Dates and times of day are made of digits too. */
const DATE_OR_TIME = /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}:\d{2}\b/g;

/**
 * Whether a text that an operator wrote about a person holds a whole phone number. Numbers belong in the number's own
 * field, the only one that is sealed; names become labels, which are copied into the logs (PRIV-1).
 */
export function holdsPhoneNumber(text: string, defaultCountry: string): boolean {
  const runs = text.normalize('NFKC').replace(DATE_OR_TIME, ' : ').match(RUN) ?? [];
  return runs.some((run) =>
    [run, ...run.split(/\s+/)].some((part) => parsePhoneNumber(part, defaultCountry).ok),
  );
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
