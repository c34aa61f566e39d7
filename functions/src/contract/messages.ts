import { z } from 'zod';
import {
  INCOMING_STATUSES,
  KEYWORDS,
  MAX_BODY_LENGTH,
  OUTGOING_STATUSES,
  RESPONSE_REASONS,
} from './delivery.ts';
import { instant, opaqueId, pageQuery } from './lists.ts';

/** One line of an entry's history; history only grows. */
export const historyItem = z.object({
  status: z.enum(OUTGOING_STATUSES),
  at: instant,
  /** Who moved it: the console or API, the worker, or the carrier's callback. */
  source: z.enum(['operator', 'auto_reply', 'worker', 'carrier']),
  /** A sentence for people, or null. */
  note: z.string().nullable(),
  errorCode: z.number().int().nullable(),
});
export type HistoryItem = z.infer<typeof historyItem>;

/** An incoming log entry (IN-4). `sender` is the person's label when the text came, or `Unknown · ` and six characters of the keyed hash. */
export const incomingItem = z.object({
  id: z.string(),
  receivedAt: instant,
  userId: z.string().nullable(),
  sender: z.string(),
  body: z.string(),
  status: z.enum(INCOMING_STATUSES),
  responded: z.boolean(),
  responseReason: z.enum(RESPONSE_REASONS),
  /** The outgoing entry that answered it. */
  responseId: z.string().nullable(),
  keyword: z.enum(KEYWORDS).nullable(),
  segments: z.number().int(),
  media: z.array(z.object({ contentType: z.string() })),
});
export type IncomingItem = z.infer<typeof incomingItem>;

/** An outgoing log entry (OUT-4). `operatorId` is null for automatic replies. */
export const outgoingItem = z.object({
  id: z.string(),
  queuedAt: instant,
  /** When the provider said that it sent it; null until then. */
  sentAt: instant.nullable(),
  userId: z.string(),
  recipient: z.string(),
  body: z.string(),
  operatorId: z.string().nullable(),
  /** The operator's name when it was queued, or `Automatic reply`. */
  operator: z.string(),
  status: z.enum(OUTGOING_STATUSES),
  segments: z.number().int(),
  encoding: z.enum(['GSM-7', 'UCS-2']),
  providerId: z.string().nullable(),
  errorCode: z.number().int().nullable(),
  /** Plain language, from the provider's code table. */
  errorReason: z.string().nullable(),
  /** In the provider's currency, e.g. `{amount: "0.0079", currency: "USD"}`; null until known. */
  price: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  history: z.array(historyItem),
});
export type OutgoingItem = z.infer<typeof outgoingItem>;

const logQuery = {
  ...pageQuery,
  userId: opaqueId.optional(),
  from: instant.optional(),
  to: instant.optional(),
};

/** `time` is newest first; a minus turns the order round. */
export const INCOMING_SORTS = ['time', '-time', 'person', '-person'] as const;
export const OUTGOING_SORTS = [...INCOMING_SORTS, 'operator', '-operator'] as const;
export type IncomingSort = (typeof INCOMING_SORTS)[number];
export type OutgoingSort = (typeof OUTGOING_SORTS)[number];

export const incomingQuery = z.strictObject({
  ...logQuery,
  status: z.enum(INCOMING_STATUSES).optional(),
  sort: z.enum(INCOMING_SORTS).default('time'),
});
export type IncomingQuery = z.infer<typeof incomingQuery>;

export const outgoingQuery = z.strictObject({
  ...logQuery,
  status: z.enum(OUTGOING_STATUSES).optional(),
  operatorId: opaqueId.optional(),
  sort: z.enum(OUTGOING_SORTS).default('time'),
});
export type OutgoingQuery = z.infer<typeof outgoingQuery>;

/**
 * Search by phone number or by words, in the body so that neither reaches a URL. Exactly one of the two; the other
 * filters are those of the lists.
 */
export const messageSearch = z
  .strictObject({
    in: z.enum(['incoming', 'outgoing']),
    phoneNumber: z.string().min(1).max(40).optional(),
    words: z.string().trim().min(1).max(200).optional(),
    cursor: z.string().min(1).max(1024).optional(),
    limit: z.number().int().min(1).max(100).default(50),
    status: z.enum([...INCOMING_STATUSES, ...OUTGOING_STATUSES]).optional(),
    userId: opaqueId.optional(),
    operatorId: opaqueId.optional(),
    from: instant.optional(),
    to: instant.optional(),
    sort: z.enum(OUTGOING_SORTS).default('time'),
  })
  .refine((search) => (search.phoneNumber === undefined) !== (search.words === undefined), {
    message: 'Give a phone number or words, one of the two.',
  });
export type MessageSearch = z.infer<typeof messageSearch>;

/** What may be sent: text that is not blank, holds no NUL and no lone surrogate, and is at most 1,600 UTF-16 units. */
export const messageBody = z
  .string()
  .min(1, 'Write something to send.')
  .max(MAX_BODY_LENGTH, `A text has at most ${String(MAX_BODY_LENGTH)} characters.`)
  .refine((text) => text.trim() !== '', 'Write something to send.')
  .refine(
    (text) => text.isWellFormed() && !text.includes('\u0000'),
    'This text holds characters that cannot be sent.',
  );

export const sendMessage = z.strictObject({ userId: opaqueId, body: messageBody });
export type SendMessage = z.infer<typeof sendMessage>;

/** 1 to 128 visible ASCII characters. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'An Idempotency-Key has 1 to 128 visible ASCII characters.');

export const messageAccepted = z.object({ messageId: z.string(), status: z.enum(OUTGOING_STATUSES) });
export type MessageAccepted = z.infer<typeof messageAccepted>;
