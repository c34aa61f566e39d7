import { ERROR_CODE, type FailureCategory } from '../../../../functions/src/contract/consent.ts';
import type { ErrorCodesAnswer } from '../../../../functions/src/contract/suppressions.ts';
import type { Look } from '../../components/look.ts';

export type CodeEntry = ErrorCodesAnswer['codes'][number];

/** What happens to a number after an error code (SUPP-2), the mildest first. */
export const CATEGORY_LOOKS: Readonly<Record<FailureCategory, Look>> = {
  transient: {
    icon: 'clock',
    label: 'Temporary',
    tone: 'muted',
    meaning: 'The next message may arrive. Nothing changes for the number.',
  },
  permanent: {
    icon: 'cross',
    label: 'This message only',
    tone: 'info',
    meaning: 'This message fails. Nothing changes for the number.',
  },
  suppress: {
    icon: 'alert',
    label: 'Suppress',
    tone: 'warn',
    meaning: 'Messages to the number fail for good. It is suppressed and no longer texted.',
  },
  opt_out: {
    icon: 'slash',
    label: 'Opt out',
    tone: 'bad',
    meaning: 'The person has opted out with the carrier. They are not texted until they text START.',
  },
};

export const CATEGORIES = Object.keys(CATEGORY_LOOKS) as readonly FailureCategory[];

/** Whether the number is no longer texted after a failure of this category. */
export function stopsTexting(category: FailureCategory): boolean {
  return category === 'suppress' || category === 'opt_out';
}

export function isCode(text: string): boolean {
  return ERROR_CODE.test(text);
}

/** A code that the table does not list, as the server treats it: it affects the one message. */
export function unlistedCode(code: number): CodeEntry {
  return {
    code,
    reason: 'Parley has no description of this code.',
    category: 'permanent',
    default: 'permanent',
    maySuppress: true,
  };
}

/** `changed` for those that differ from their default, or one of the categories; anything else shows all. */
export type CodeFilter = 'changed' | FailureCategory | null;

export function readCodeFilter(text: string | null): CodeFilter {
  return text === 'changed' ? text : (CATEGORIES.find((each) => each === text) ?? null);
}

/** The codes that match both the search (the beginning of a code, or words of its meaning) and the filter. */
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
