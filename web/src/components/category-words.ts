import type { FailureCategory } from '../../../functions/src/contract/consent.ts';
import type { ErrorCodesAnswer } from '../../../functions/src/contract/suppressions.ts';
import type { Look } from './look.ts';

export type CodeEntry = ErrorCodesAnswer['codes'][number];

/** What an error code means for the number that was texted (SUPP-2), the mildest first. */
export const CATEGORY_LOOKS: Readonly<Record<FailureCategory, Look>> = {
  transient: {
    icon: 'clock',
    label: 'Passes',
    tone: 'muted',
    meaning: 'It may work later. The number is texted as before.',
  },
  permanent: {
    icon: 'cross',
    label: 'This text only',
    tone: 'info',
    meaning: 'That text does not go. It says nothing about the number, which is texted as before.',
  },
  suppress: {
    icon: 'alert',
    label: 'Suppress',
    tone: 'warn',
    meaning: 'The number cannot be reached for good. It is suppressed: no text goes there any more.',
  },
  opt_out: {
    icon: 'slash',
    label: 'Opt out',
    tone: 'bad',
    meaning:
      'The person has opted out with the carrier. They are not texted any more, until they text START.',
  },
};

export const CATEGORIES = Object.keys(CATEGORY_LOOKS) as readonly FailureCategory[];

/** Whether a category keeps later texts back from the number. */
export function holdsBack(category: FailureCategory): boolean {
  return category === 'suppress' || category === 'opt_out';
}

/** A code as Twilio writes them: five digits. */
export function isCode(text: string): boolean {
  return /^[1-9]\d{4}$/.test(text);
}

/** A code that the table does not list, as the server treats it: it concerns the one text. */
export function unlistedCode(code: number): CodeEntry {
  return {
    code,
    reason: 'Parley has no words for this code.',
    category: 'permanent',
    default: 'permanent',
    maySuppress: true,
  };
}

/** `changed` for those that are not as they come, or one of the categories; anything else shows all. */
export type CodeFilter = 'changed' | FailureCategory | null;

export function readCodeFilter(text: string | null): CodeFilter {
  return text === 'changed' ? text : (CATEGORIES.find((each) => each === text) ?? null);
}

/** Those codes that the search (the beginning of a code, or words of its meaning) and the filter leave. */
export function findCodes(
  codes: readonly CodeEntry[],
  search: string,
  show: CodeFilter,
): readonly CodeEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return codes.filter((entry) => {
    const { code, reason, category } = entry;
    if (show === 'changed' ? category === entry.default : show !== null && category !== show) return false;
    const text = `${reason} ${CATEGORY_LOOKS[category].label}`.toLowerCase();
    return words.every((word) => (/^\d+$/.test(word) ? String(code).startsWith(word) : text.includes(word)));
  });
}
