import { z } from 'zod';
import { UNTEXTABLE_REASONS } from './delivery.ts';
import { instant, opaqueId, pageQuery } from './lists.ts';
import {
  isFieldName,
  isLine,
  isLines,
  isTimeZone,
  LANGUAGE_TAG,
  LEAST_REASON,
  MOST,
  PROBLEMS,
} from './person-rules.ts';
import { hasVisibleText } from './visible-text.ts';

const clean = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine(isLine, PROBLEMS.characters)
    .refine((text) => text === '' || hasVisibleText(text), PROBLEMS.invisible);

const multiline = (max: number) => z.string().max(max).refine(isLines, PROBLEMS.characters);

export const PERSON_STATUSES = ['active', 'inactive'] as const;
export type PersonStatus = (typeof PERSON_STATUSES)[number];

const tags = z
  .array(clean(MOST.tag).min(1))
  .max(MOST.tags)
  .transform((list) => [...new Set(list)]);
const fieldName = clean(MOST.fieldName).min(1).refine(isFieldName, PROBLEMS.fieldName);
const customFields = z
  .record(fieldName, clean(MOST.fieldValue))
  .refine(
    (fields) => Object.keys(fields).length <= MOST.customFields,
    `Use at most ${String(MOST.customFields)} custom fields.`,
  );
const timeZone = clean(MOST.timeZone).refine(isTimeZone, PROBLEMS.timeZone);
const language = clean(MOST.language).regex(LANGUAGE_TAG, PROBLEMS.language);

/** Evidence of consent (PPL-1): where and when it was given, and the wording that was agreed to. */
const consent = z.strictObject({
  source: clean(MOST.consentSource).min(1),
  at: instant,
  wording: multiline(MOST.consentWording),
});

const fields = {
  firstName: clean(MOST.name),
  lastName: clean(MOST.name),
  tags,
  customFields,
  timeZone: timeZone.nullable(),
  language: language.nullable(),
  notes: multiline(MOST.notes),
  consent: consent.nullable(),
  status: z.enum(PERSON_STATUSES),
};

/** Any common way of writing a number; the server makes it E.164 with DEFAULT_COUNTRY. */
const phoneNumber = z.string().min(1).max(MOST.phoneNumber);

export const personCreate = z.strictObject({
  phoneNumber,
  firstName: fields.firstName.default(''),
  lastName: fields.lastName.default(''),
  tags: fields.tags.default([]),
  customFields: fields.customFields.default({}),
  timeZone: fields.timeZone.default(null),
  language: fields.language.default(null),
  notes: fields.notes.default(''),
  consent: fields.consent.default(null),
  status: fields.status.default('active'),
});
export type PersonCreate = z.infer<typeof personCreate>;

export const personPatch = z
  .strictObject({
    phoneNumber: phoneNumber.optional(),
    firstName: fields.firstName.optional(),
    lastName: fields.lastName.optional(),
    tags: fields.tags.optional(),
    customFields: fields.customFields.optional(),
    timeZone: fields.timeZone.optional(),
    language: fields.language.optional(),
    notes: fields.notes.optional(),
    consent: fields.consent.optional(),
    status: fields.status.optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'Change at least one field.');
export type PersonPatch = z.infer<typeof personPatch>;

/** A person as the API answers: never the number. `label` is the name, or the masked number where there is no name. */
export const person = z.object({
  id: z.string(),
  label: z.string(),
  /** e.g. `+1 ••• ••• 4567`, masked on the server. */
  maskedPhone: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  tags: z.array(z.string()),
  customFields: z.record(z.string(), z.string()),
  timeZone: z.string().nullable(),
  language: z.string().nullable(),
  notes: z.string(),
  consent: consent.nullable(),
  status: z.enum(PERSON_STATUSES),
  /** Null when this person may be texted now. */
  untextable: z.enum(UNTEXTABLE_REASONS).nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Person = z.infer<typeof person>;

/** By name, A to Z. */
export const peopleQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(PERSON_STATUSES).optional(),
  tag: clean(MOST.tag).min(1).optional(),
});
export type PeopleQuery = z.infer<typeof peopleQuery>;

/** Exactly one of: a whole number in any writing, its last four digits, or the beginning of a first, last or full name. */
export const peopleSearch = z
  .strictObject({
    phoneNumber: phoneNumber.optional(),
    last4: z
      .string()
      .regex(/^\d{4}$/, 'Enter the last four digits of a phone number.')
      .optional(),
    name: clean(MOST.name).min(1).optional(),
    cursor: z.string().min(1).max(1024).optional(),
    limit: z.number().int().min(1).max(100).default(20),
  })
  .refine(
    (search) =>
      [search.phoneNumber, search.last4, search.name].filter((part) => part !== undefined).length === 1,
    {
      message: 'Search by a phone number, by its last four digits or by a name: use one of the three.',
    },
  );
export type PeopleSearch = z.infer<typeof peopleSearch>;

export const revealRequest = z.strictObject({
  reason: clean(MOST.reason).min(LEAST_REASON, 'Say why you need the number.'),
});
export const revealAnswer = z.object({ phoneNumber: z.string() });

export const personPath = z.object({ userId: opaqueId });
