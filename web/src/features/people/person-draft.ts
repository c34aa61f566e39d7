import type {
  Person,
  PersonCreate,
  PersonPatch,
  PersonStatus,
} from '../../../../functions/src/contract/people.ts';
import {
  isFieldName,
  isLine,
  isLines,
  isTimeZone,
  LANGUAGE_TAG,
  PROBLEMS,
} from '../../../../functions/src/contract/person-rules.ts';

/** A person as the form holds them: every field as it is typed, until it is saved. */
export interface PersonDraft {
  /** Blank while editing keeps the number; the number itself is never put in a form. */
  phoneNumber: string;
  firstName: string;
  lastName: string;
  tags: readonly string[];
  status: PersonStatus;
  timeZone: string;
  language: string;
  notes: string;
  customFields: readonly { name: string; value: string }[];
  consent: { source: string; at: string; wording: string } | null;
}

/** What is wrong, by the path of the field. */
export type DraftProblems = ReadonlyMap<string, string>;

/** `2026-03-02T14:00:05` in the viewer's zone, as a native date and time field wants it. */
export function toLocalTime(instant: string): string {
  const at = new Date(instant);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/** The form's start: blank, or what is known of `person`. */
export function draftOf(person: Person | null, phoneNumber = ''): PersonDraft {
  return {
    phoneNumber,
    firstName: person?.firstName ?? '',
    lastName: person?.lastName ?? '',
    tags: person?.tags ?? [],
    status: person?.status ?? 'active',
    timeZone: person?.timeZone ?? '',
    language: person?.language ?? '',
    notes: person?.notes ?? '',
    customFields: Object.entries(person?.customFields ?? {}).map(([name, value]) => ({ name, value })),
    consent: person?.consent ? { ...person.consent, at: toLocalTime(person.consent.at) } : null,
  };
}

function consentProblems(consent: PersonDraft['consent'], now: Date): [string, string][] {
  if (consent === null) return [];
  const at = new Date(consent.at);
  const time =
    consent.at === '' || Number.isNaN(at.getTime())
      ? 'Enter when they agreed.'
      : at > now
        ? 'Enter a time in the past.'
        : null;
  return [
    ...(consent.source.trim() === ''
      ? [['consent.source', 'Enter where they agreed.'] as [string, string]]
      : []),
    ...(time === null ? [] : [['consent.at', time] as [string, string]]),
  ];
}

function customFieldProblems(fields: PersonDraft['customFields']): [string, string][] {
  const names = fields.map((field) => field.name.trim());
  return fields.flatMap((field, index): [string, string][] => {
    const name = names[index] ?? '';
    const path = `customFields.${String(index)}`;
    if (name === '' && field.value.trim() === '') return [];
    if (name === '') return [[path, 'Enter a name for this field.']];
    if (!isFieldName(name)) return [[path, PROBLEMS.fieldName]];
    return names.indexOf(name) < index ? [[path, 'Another field has this name.']] : [];
  });
}

/** Fields with characters that the server would refuse. */
function characterProblems(draft: PersonDraft): [string, string][] {
  const { firstName, lastName, notes, tags, consent, customFields } = draft;
  const wrong: readonly (readonly [path: string, fine: boolean])[] = [
    ['firstName', isLine(firstName.trim())],
    ['lastName', isLine(lastName.trim())],
    ['tags', tags.every(isLine)],
    ['notes', isLines(notes)],
    ['consent.source', isLine(consent?.source.trim() ?? '')],
    ['consent.wording', isLines(consent?.wording ?? '')],
    ...customFields.map(
      ({ name, value }, index) =>
        [`customFields.${String(index)}`, isLine(name.trim()) && isLine(value.trim())] as const,
    ),
  ];
  return wrong.flatMap(([path, fine]): [string, string][] => (fine ? [] : [[path, PROBLEMS.characters]]));
}

/** What can be checked without the server, by the rules that it holds as well; the number is for the server alone. Pure. */
export function checkDraft(draft: PersonDraft, options: { adding: boolean; now: Date }): DraftProblems {
  const blank = options.adding && draft.phoneNumber.trim() === '';
  const zone = draft.timeZone.trim();
  const language = draft.language.trim();
  return new Map([
    ...(blank ? [['phoneNumber', 'Enter a phone number.'] as const] : []),
    ...(zone !== '' && !isTimeZone(zone) ? [['timeZone', PROBLEMS.timeZone] as const] : []),
    ...(language !== '' && !LANGUAGE_TAG.test(language) ? [['language', PROBLEMS.language] as const] : []),
    ...characterProblems(draft),
    ...consentProblems(draft.consent, options.now),
    ...customFieldProblems(draft.customFields),
  ]);
}

type Fields = Omit<PersonCreate, 'phoneNumber'>;

function fieldsOf(draft: PersonDraft, known: Person | null): Fields {
  const named = draft.customFields.filter((field) => field.name.trim() !== '');
  const { consent } = draft;
  // The field shows whole seconds; a time that was not touched stays what it is.
  const untouched = known?.consent && consent?.at === toLocalTime(known.consent.at);
  return {
    firstName: draft.firstName.trim(),
    lastName: draft.lastName.trim(),
    tags: [...draft.tags],
    customFields: Object.fromEntries(named.map((field) => [field.name.trim(), field.value.trim()])),
    timeZone: draft.timeZone.trim() || null,
    language: draft.language.trim() || null,
    notes: draft.notes.trim(),
    consent: consent && {
      source: consent.source.trim(),
      at: untouched && known.consent ? known.consent.at : new Date(consent.at).toISOString(),
      wording: consent.wording.trim(),
    },
    status: draft.status,
  };
}

/** The new person that a checked draft describes. */
export function createOf(draft: PersonDraft): PersonCreate {
  return { phoneNumber: draft.phoneNumber.trim(), ...fieldsOf(draft, null) };
}

/** Only what the draft changes, so that two people who edit different fields both succeed; null for no change. */
export function patchOf(draft: PersonDraft, person: Person): PersonPatch | null {
  const fields = fieldsOf(draft, person);
  const changed = Object.entries(fields).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(person[name as keyof Fields]),
  );
  const number = draft.phoneNumber.trim();
  if (changed.length === 0 && number === '') return null;
  return { ...Object.fromEntries(changed), ...(number !== '' && { phoneNumber: number }) };
}

/**
 * The server's problems by the paths of the form. The server names a custom field by its name, the form by its place; the
 * server names a tag by its place, while the form has one field for all tags.
 */
export function placeProblems(problems: DraftProblems, draft: PersonDraft): DraftProblems {
  const named = draft.customFields.map((field) => field.name.trim());
  return new Map(
    [...problems].map(([path, message]): [string, string] => {
      if (path.startsWith('tags.')) return ['tags', message];
      const name = path.startsWith('customFields.') ? path.slice('customFields.'.length) : null;
      const at = name === null ? -1 : named.indexOf(name);
      return [at < 0 ? path : `customFields.${String(at)}`, message];
    }),
  );
}
