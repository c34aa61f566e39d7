import { z } from 'zod';
import { UNTEXTABLE_REASONS } from './delivery.ts';
import { instant, opaqueId, pageQuery } from './lists.ts';
import { hasVisibleText } from './visible-text.ts';

const clean = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine(
      // Controls, and the marks that turn the direction of whatever follows them on a page.
      (text) => text.isWellFormed() && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text),
      'This holds characters that cannot be kept.',
    )
    .refine((text) => text === '' || hasVisibleText(text), 'There is nothing to see in this.');

const multiline = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (text) => text.isWellFormed() && !text.includes('\u0000'),
      'This holds characters that cannot be kept.',
    );

export const PERSON_STATUSES = ['active', 'inactive'] as const;
export type PersonStatus = (typeof PERSON_STATUSES)[number];

const tags = z
  .array(clean(40).min(1))
  .max(20)
  .transform((list) => [...new Set(list)]);
/** The store keeps names such as `__id__` for itself. */
const fieldName = clean(40)
  .min(1)
  .refine((name) => !/^__.*__$/.test(name), 'A name cannot begin and end with two underscores.');
const customFields = z
  .record(fieldName, clean(200))
  .refine((fields) => Object.keys(fields).length <= 20, 'At most 20 custom fields.');
/** An IANA zone, e.g. `America/Chicago`. */
const timeZone = clean(64).refine(isTimeZone, 'This is not a time zone such as America/New_York.');
/** A BCP 47 tag, e.g. `en-US`. */
const language = clean(35).regex(
  /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  'This is not a language tag such as en-US.',
);

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Evidence of consent (PPL-1): where and when it was given, and the wording that was agreed to. */
export const consent = z.strictObject({ source: clean(80).min(1), at: instant, wording: multiline(1000) });

const fields = {
  firstName: clean(80),
  lastName: clean(80),
  tags,
  customFields,
  timeZone: timeZone.nullable(),
  language: language.nullable(),
  notes: multiline(2000),
  consent: consent.nullable(),
  status: z.enum(PERSON_STATUSES),
};

/** Any common way of writing a number; the server makes it E.164 with DEFAULT_COUNTRY. */
const phoneNumber = z.string().min(1).max(40);

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
  tag: clean(40).min(1).optional(),
});
export type PeopleQuery = z.infer<typeof peopleQuery>;

/** Exactly one of: a whole number in any writing, its last four digits, or the beginning of a first, last or full name. */
export const peopleSearch = z
  .strictObject({
    phoneNumber: phoneNumber.optional(),
    last4: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
    name: clean(80).min(1).optional(),
    cursor: z.string().min(1).max(1024).optional(),
    limit: z.number().int().min(1).max(100).default(20),
  })
  .refine(
    (search) =>
      [search.phoneNumber, search.last4, search.name].filter((part) => part !== undefined).length === 1,
    {
      message: 'Give a phone number, last four digits, or a name: one of the three.',
    },
  );
export type PeopleSearch = z.infer<typeof peopleSearch>;

export const revealRequest = z.strictObject({ reason: clean(200).min(3, 'Say why the number is needed.') });
export const revealAnswer = z.object({ phoneNumber: z.string() });

export const personPath = z.object({ userId: opaqueId });
