/** Statuses of a message at the carrier, by Twilio's names; `failed`, `undelivered`, `delivered` and `received` are final. */
export type MessageStatus =
  | 'accepted'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'receiving'
  | 'received';

export type MessageDirection = 'inbound' | 'outbound-api' | 'outbound-reply';

/** One request to the customer's status callback, and how it was answered. */
export interface CallbackRecord {
  status: MessageStatus;
  /** ISO 8601, UTC: when its first request was sent. */
  at: string;
  /** HTTP status of the last answer; null when there was none. */
  answered: number | null;
}

/** One message in the carrier's memory. Times are ISO 8601, UTC. */
export interface CarrierMessage {
  sid: string;
  direction: MessageDirection;
  from: string;
  to: string;
  messagingServiceSid: string | null;
  body: string;
  segments: number;
  media: { url: string; contentType: string }[];
  status: MessageStatus;
  errorCode: number | null;
  createdAt: string;
  updatedAt: string;
  /** When it was handed to the network; null until then. */
  sentAt: string | null;
  statusCallback: string | null;
  /** Requests to the status callback; empty for inbound ones. */
  callbacks: CallbackRecord[];
}

const FINAL: ReadonlySet<MessageStatus> = new Set(['delivered', 'undelivered', 'failed', 'received']);

export function isFinal(status: MessageStatus): boolean {
  return FINAL.has(status);
}

/** The number of the phone at the person's end. */
export function handsetOf(message: CarrierMessage): string {
  return message.direction === 'inbound' ? message.from : message.to;
}
