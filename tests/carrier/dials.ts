import { z } from 'zod';
import { toE164 } from './numbers.ts';

/** How often a trouble strikes: `count` times (null: until it is turned off), each time with this chance. */
const striking = {
  count: z.number().int().min(1).max(1_000_000).nullable().optional(),
  chance: z.number().min(0).max(1).optional(),
};

const settings = {
  /** Milliseconds between one status and the next. */
  delayMs: z.number().int().min(0).max(60_000),
  /** `POST Messages.json` is refused with this HTTP status and Twilio code, e.g. 429 and 20429, or 503 and 20503. */
  failNextWith: z
    .strictObject({
      status: z.number().int().min(400).max(599),
      code: z.number().int().min(10_000).max(99_999).optional(),
      message: z.string().min(1).max(300).optional(),
      ...striking,
    })
    .nullable(),
  /**
   * The connection of `POST Messages.json` breaks, before or after the message is accepted: no answer ever, a reset, or
   * an answer that is cut off in its middle.
   */
  connectionTrouble: z
    .strictObject({
      kind: z.enum(['timeout', 'reset', 'cut']),
      accepted: z.boolean().optional(),
      ...striking,
    })
    .nullable(),
  /** Messages are accepted and then not delivered: `failed` never left the carrier, `undelivered` was sent. */
  deliveryFailure: z
    .strictObject({
      status: z.enum(['undelivered', 'failed']).optional(),
      code: z.number().int().min(10_000).max(99_999),
      ...striking,
    })
    .nullable(),
  /** Also report `sending`, which Twilio passes through silently. */
  announceSending: z.boolean(),
  /** `reversed` and `shuffled` hold all status callbacks of a message back until its last status. */
  callbackOrder: z.enum(['natural', 'reversed', 'shuffled']),
  /** Status callbacks are sent this much later than the status changes. */
  callbackLateMs: z.number().int().min(0).max(600_000),
  /** Each status callback is sent this many times. */
  callbackCopies: z.number().int().min(1).max(10),
  /** All statuses are passed and reported before `POST Messages.json` is answered. */
  callbackBeforeAnswer: z.boolean(),
  /** Status callbacks are not sent at all. */
  callbackLost: z.boolean(),
  /** Each text from a handset reaches the webhook this many times, with the same SID. */
  inboundCopies: z.number().int().min(1).max(10),
};

const handsetSettings = z.strictObject(settings).partial();

const handsetNumber = z
  .string()
  .refine((text) => text.startsWith('+') && toE164(text) === text, 'This is not an E.164 number.');

/** What `PUT` and `PATCH /dials` take; what is not named has its default (PUT) or stays (PATCH). */
export const dialsInput = z
  .strictObject({
    ...settings,
    /** Seed of all chance: the same seed gives the same trouble. */
    seed: z.number().int().min(0).max(0xffff_ffff),
    /** For single handsets; what is named here wins over the rest. */
    handsets: z
      .record(handsetNumber, handsetSettings)
      .refine((all) => Object.keys(all).length <= 100, 'At most 100 handsets.'),
  })
  .partial();

/** With no property left undefined. */
export type Defined<T> = { [Key in keyof T]-?: Exclude<T[Key], undefined> };
export type Dials = Defined<z.infer<typeof dialsInput>>;
/** What can be set for single handsets, too. */
export type DialSettings = Omit<Dials, 'seed' | 'handsets'>;
export type Troubles = Pick<DialSettings, 'failNextWith' | 'connectionTrouble' | 'deliveryFailure'>;
export type TroubleName = keyof Troubles;

/** `failNextWith` and `connectionTrouble` strike once unless they say otherwise; a failing delivery lasts. */
export const TROUBLE_COUNTS: Record<TroubleName, number | null> = {
  failNextWith: 1,
  connectionTrouble: 1,
  deliveryFailure: null,
};

export const DEFAULT_DIALS: Dials = {
  delayMs: 250,
  failNextWith: null,
  connectionTrouble: null,
  deliveryFailure: null,
  announceSending: false,
  callbackOrder: 'natural',
  callbackLateMs: 0,
  callbackCopies: 1,
  callbackBeforeAnswer: false,
  callbackLost: false,
  inboundCopies: 1,
  seed: 1,
  handsets: {},
};

export type DialsInput = z.infer<typeof dialsInput>;
