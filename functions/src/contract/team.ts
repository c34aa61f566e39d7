import { z } from 'zod';
import { MAX_UNDO_SECONDS } from './limits.ts';
import { instant, opaqueId, pageQuery } from './lists.ts';
import { ROLES } from './permissions.ts';
import { hasVisibleText } from './visible-text.ts';

export const OPERATOR_STATUSES = ['invited', 'active', 'deactivated'] as const;

const email = z
  .email('This is not an e-mail address.')
  .max(254)
  .transform((text) => text.toLowerCase());
/** Of any length here: whether it is acceptable is decided where a password is set, by its bytes. */
const password = z.string().min(1).max(1000);
const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine(
    (text) => text.isWellFormed() && !/\p{Cc}/u.test(text),
    'This holds characters that cannot be kept.',
  )
  .refine(hasVisibleText, 'There is nothing to see in this name.');

/** `devices`: what this browser was given as `device` at earlier sign-ins, of whatever account. */
export const signIn = z.strictObject({
  email,
  password,
  devices: z.array(z.string().min(1).max(1000)).max(5).default([]),
});
export type SignIn = z.input<typeof signIn>;

export const operator = z.object({
  id: z.string(),
  /** Null for readers without `team:emails`. */
  email: z.string().nullable(),
  name: z.string(),
  role: z.enum(ROLES),
  status: z.enum(OPERATOR_STATUSES),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
});
export type Operator = z.infer<typeof operator>;

/** Somebody else made a link to a new password for this operator: who, when, and when it was used (null: not yet). */
const passwordReset = z.object({ by: z.string(), at: instant, usedAt: instant.nullable() });
export type PasswordReset = z.infer<typeof passwordReset>;

/**
 * The answer to sign-in and to `GET session`. `live` opens Firestore listeners (OP-9), and is null where the server could
 * not sign a token for them: then pages show what they load. `emulator` is null when deployed.
 */
export const sessionAnswer = z.object({
  sessionId: z.string(),
  operator: z.object({ id: z.string(), email: z.string(), name: z.string(), role: z.enum(ROLES) }),
  endsAt: instant,
  live: z
    .object({
      token: z.string(),
      projectId: z.string(),
      emulator: z.object({ auth: z.string(), firestore: z.string() }).nullable(),
    })
    .nullable(),
  /** What the composer must know: sending mode, the country for numbers without a country code, one's own undo window. */
  settings: z.object({
    smsMode: z.enum(['disabled', 'simulation', 'live']),
    defaultCountry: z.string(),
    undoSeconds: z.number().int(),
  }),
  /** Of the last two weeks, oldest first: to be shown at every sign-in, so that nobody resets a password unseen. */
  resets: z.array(passwordReset),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

/** The answer to sign-in. `device` is kept by the browser and sent with later sign-ins; it opens nothing by itself. */
export const signInAnswer = sessionAnswer.extend({ device: z.string() });
export type SignInAnswer = z.infer<typeof signInAnswer>;
export type LiveAnswer = NonNullable<SessionAnswer['live']>;

/** One's own preferences; each operator has theirs. */
export const preferencesPatch = z.strictObject({
  undoSeconds: z.number().int().min(0).max(MAX_UNDO_SECONDS),
});
export type PreferencesPatch = z.infer<typeof preferencesPatch>;

export const sessionItem = z.object({
  id: z.string(),
  operatorId: z.string(),
  operator: z.string(),
  startedAt: instant,
  endsAt: instant,
  address: z.string(),
  /** Browser and system in words. */
  device: z.string(),
  current: z.boolean(),
  /** Whether the reader may end it: an owner's takes an owner. */
  mayEnd: z.boolean(),
});
export type SessionItem = z.infer<typeof sessionItem>;

/** `all` needs `sessions:any`; without it a caller sees their own. */
export const sessionsQuery = z.strictObject({
  ...pageQuery,
  all: z.enum(['true', 'false']).default('false'),
});
export const operatorsQuery = z.strictObject(pageQuery);

export const inviteOperator = z.strictObject({ email, name, role: z.enum(ROLES) });
export type InviteOperator = z.infer<typeof inviteOperator>;

/** `invitation` is the one-time token for the join page (`/join#token`); it is shown once and kept only as a hash. */
export const invitedOperator = z.object({ operator, invitation: z.string(), expiresAt: instant });
export type InvitedOperator = z.infer<typeof invitedOperator>;

export const operatorPatch = z
  .strictObject({
    name: name.optional(),
    role: z.enum(ROLES).optional(),
    status: z.enum(['active', 'deactivated']).optional(),
    /** True makes a new invitation for someone who has not joined yet, or resets a lost password. */
    reinvite: z.literal(true).optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'Change at least one field.');
export type OperatorPatch = z.infer<typeof operatorPatch>;

/** The answer to a patch: with `reinvite`, the new invitation too. */
export const changedOperator = z.union([invitedOperator, operator]);

export const acceptInvitation = z.strictObject({ token: z.string().min(1).max(200), password });
/** Who joined, for the sign-in form. */
export const acceptedInvitation = z.object({ email: z.string() });
export const changePassword = z.strictObject({ currentPassword: password, newPassword: password });
export const operatorPath = z.object({ operatorId: opaqueId });
export const sessionPath = z.object({ sessionId: opaqueId });
