import { z } from 'zod';
import {
  ATTENTION_REASONS,
  HISTORY_SOURCES,
  INCOMING_STATUSES,
  KEYWORDS,
  MAX_BODY_LENGTH,
  OUTGOING_STATUSES,
  RESOLUTIONS,
  RESPONSE_REASONS,
} from './delivery.ts';
import { MAX_UNDO_SECONDS } from './limits.ts';
import { instant, opaqueId, pageQuery } from './lists.ts';
import { hasVisibleText } from './visible-text.ts';

/** One line of an entry's history; history only grows. */
const historyItem = z.object({
  status: z.enum(OUTGOING_STATUSES),
  at: instant,
  /** Who moved it: the console or API, the worker, the look-up at the carrier, or the carrier's callback. */
  source: z.enum(HISTORY_SOURCES),
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
  /** Parts of the carrier's form that could not be read and were kept as they came: `sender`, `segments` and so on. */
  irregularities: z.array(z.string()),
});
export type IncomingItem = z.infer<typeof incomingItem>;

/** One change of a message before it was sent: by whom, and what was there earlier. */
const outgoingEdit = z.object({
  at: instant,
  operatorId: z.string(),
  /** The editor's name then. */
  operator: z.string(),
  /** The earlier wording; null when the wording stayed. */
  body: z.string().nullable(),
  /** The earlier time; null when the time stayed. */
  dueAt: instant.nullable(),
});
export type OutgoingEdit = z.infer<typeof outgoingEdit>;

/** An outgoing log entry (OUT-4). `operatorId` is its author, null for what no operator wrote. */
export const outgoingItem = z.object({
  id: z.string(),
  queuedAt: instant,
  /** When the provider said that it sent it; null until then. */
  sentAt: instant.nullable(),
  /** Null for a message to a number that nobody is registered with. */
  userId: z.string().nullable(),
  recipient: z.string(),
  body: z.string(),
  operatorId: z.string().nullable(),
  /** The operator's name when it was queued, `Automatic reply`, or what else sent it. */
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
  /** When a scheduled or held text leaves, or left (OUT-8, OUT-9); null for one that left at once. */
  dueAt: instant.nullable(),
  /** The IANA zone that its time was given in; null unless it was scheduled. */
  timeZone: z.string().nullable(),
  /** How often it was sent again because the carrier certainly never had it: 0 or 1. */
  resends: z.number().int(),
  /** Set while an operator must choose what became of it; see `POST …/resolve`. */
  attention: z.object({ reason: z.enum(ATTENTION_REASONS), since: instant }).nullable(),
  history: z.array(historyItem),
  /** Oldest first; the author stays the author. */
  edits: z.array(outgoingEdit),
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
/** `due` is the next one to be sent first, among those that wait: scheduled or held ones. */
export const OUTGOING_SORTS = [...INCOMING_SORTS, 'operator', '-operator', 'due', '-due'] as const;
const WAITING_STATUSES = ['scheduled', 'held'] as const;
export type IncomingSort = (typeof INCOMING_SORTS)[number];
export type OutgoingSort = (typeof OUTGOING_SORTS)[number];

/** What the filters of a list must agree on. */
interface Filters {
  from?: string | undefined;
  to?: string | undefined;
  status?: string | undefined;
  sort: string;
}

function checkFilters({ value, issues }: z.core.ParsePayload<Filters>): void {
  const issue = (path: string, message: string) =>
    void issues.push({ code: 'custom', path: [path], message, input: value });
  const { from, to, status = '', sort } = value;
  if (from !== undefined && to !== undefined && Date.parse(to) <= Date.parse(from))
    issue('to', 'The end of the range must be after its start.');
  if (sort.endsWith('due') && !WAITING_STATUSES.some((each) => each === status))
    issue(
      'sort',
      'Only scheduled or held messages can be sorted by when they are due: choose that status too.',
    );
}

export const incomingQuery = z
  .strictObject({
    ...logQuery,
    status: z.enum(INCOMING_STATUSES).optional(),
    sort: z.enum(INCOMING_SORTS).default('time'),
  })
  .check(checkFilters);
export type IncomingQuery = z.infer<typeof incomingQuery>;

export const outgoingQuery = z
  .strictObject({
    ...logQuery,
    status: z.enum(OUTGOING_STATUSES).optional(),
    operatorId: opaqueId.optional(),
    sort: z.enum(OUTGOING_SORTS).default('time'),
  })
  .check(checkFilters);
export type OutgoingQuery = z.infer<typeof outgoingQuery>;

/**
 * Search by address or by words, in the body so that neither reaches a URL. Exactly one of the two; the other filters are
 * those of the lists. `phoneNumber` takes a number in any writing, and what else messages come from: a short code, a name.
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
    message: 'Search by a phone number or by words, not both.',
  })
  .check(checkFilters);
export type MessageSearch = z.infer<typeof messageSearch>;

/** What may be sent: text with something to see in it, no NUL, no lone surrogate, and at most 1,600 UTF-16 units. */
export const messageBody = z
  .string()
  .min(1, 'Write something to send.')
  .max(MAX_BODY_LENGTH, `A message has at most ${String(MAX_BODY_LENGTH)} characters.`)
  .refine(hasVisibleText, 'Write something to send.')
  .refine(
    (text) => text.isWellFormed() && !text.includes('\u0000'),
    'This message has characters that cannot be sent.',
  );

/**
 * A wall-clock time in a named zone, to the minute (OUT-8). In the hour that a clock change skips it means the same
 * distance after the change; in the hour that comes twice, the first one. The answer tells the instant.
 */
export const sendAt = z.strictObject({
  local: z
    .string()
    .regex(
      /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d$/,
      'Write the time as 2026-11-21T09:30.',
    ),
  timeZone: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_+\-/]{1,63}$/, 'Name a time zone such as America/New_York.'),
});
export type SendAt = z.infer<typeof sendAt>;

/** Seconds in which a send can be undone before it leaves (OUT-9). */
const undoSeconds = z.number().int().min(0).max(MAX_UNDO_SECONDS);

/** Without `sendAt` it leaves after `undoSeconds`, at once without them; the console sends the operator's own setting. */
export const sendMessage = z.strictObject({
  userId: opaqueId,
  body: messageBody,
  sendAt: sendAt.optional(),
  undoSeconds: undoSeconds.optional(),
});
export type SendMessage = z.infer<typeof sendMessage>;

/** What can change of a message until it is sent. */
export const outgoingPatch = z
  .strictObject({ body: messageBody.optional(), sendAt: sendAt.optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'Change at least one field.');
export type OutgoingPatch = z.infer<typeof outgoingPatch>;

/** What an operator says of a text whose outcome is not known. */
export const resolveMessage = z.strictObject({ as: z.enum(RESOLUTIONS) });
export type ResolveMessage = z.infer<typeof resolveMessage>;

/** 1 to 128 visible ASCII characters. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'An Idempotency-Key has 1 to 128 visible ASCII characters.');

/** `dueAt`: when it leaves; null when it is on its way already. */
export const messageAccepted = z.object({
  messageId: z.string(),
  status: z.enum(OUTGOING_STATUSES),
  dueAt: instant.nullable(),
});
export type MessageAccepted = z.infer<typeof messageAccepted>;
