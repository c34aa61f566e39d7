import { withoutInvisible } from '../contract/invisible.ts';
import { FORM_CHANGES, type FormChange } from './number-forms.ts';

/**
 * One address, one form (PRIV-2): what a number is filed under does not depend on which of its forms a carrier delivers
 * or a person types. Pure and free of libraries: the webhook hashes every sender and must start fast.
 */

/** What stands between the digits of a number for the eye. */
const BETWEEN = /[\s()[\].\-/\u2010-\u2015\u2212\u00b7]/gu;
const E164 = /^\+[1-9]\d{3,14}$/;

/**
 * A phone number, with a plus and its country code, in the one form that it is filed under: `+5215512345678` and
 * `+52 1 55 1234 5678` are `+525512345678`. Any other sender, such as a short code or a name, in compatibility form
 * (NFKC), trimmed, with single spaces and in lower case: `Acme  Bank` is `acme bank`.
 */
export function canonicalAddress(text: string): string {
  const plain = withoutInvisible(text.normalize('NFKC')).trim();
  const number = plain.replace(BETWEEN, '');
  if (E164.test(number)) return apply(number, FORM_CHANGES);
  return plain.replace(/\s+/gu, ' ').toLowerCase().normalize('NFKC');
}

/** Other forms of a canonical address, under which older data may be filed: none for most, one for some countries. */
export function olderForms(canonical: string): string[] {
  const forms = FORM_CHANGES.flatMap(({ toOlder }) => {
    if (toOlder === null || !toOlder[0].test(canonical)) return [];
    const older = canonical.replace(...toOlder);
    return canonicalAddress(older) === canonical ? [older] : [];
  });
  return [...new Set(forms)];
}

/** The form in which a number is dialled today. */
export function dialledForm(number: string): string {
  return apply(
    number,
    FORM_CHANGES.filter(({ bothDialled }) => bothDialled !== true),
  );
}

function apply(number: string, changes: readonly FormChange[]): string {
  const change = changes.find(({ toCurrent: [pattern] }) => pattern.test(number));
  return change === undefined ? number : number.replace(...change.toCurrent);
}
