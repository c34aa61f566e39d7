import type { E164 } from '../platform/phone-vault.ts';

/** What a message is sent from: a number in E.164, or a group of numbers that the carrier chooses from. */
export interface Sender {
  kind: 'number' | 'service';
  value: string;
}

/** One message to one phone. */
export interface OutgoingText {
  to: E164;
  body: string;
  /** Where delivery is reported to. Its host name may hold no underscore. */
  statusCallback: string;
  sender: Sender;
}

/**
 * The outcome of a send. `retry`: certainly not taken, and may be taken later. `unknown`: it may have been taken or not,
 * so it must not be sent again. Reasons are plain words without personal data.
 */
export type SendOutcome =
  | { kind: 'accepted'; providerId: string }
  | { kind: 'refused'; errorCode: number | null; reason: string }
  | { kind: 'retry'; errorCode: number | null; reason: string }
  | { kind: 'unknown'; reason: string };

/** The way out to the phones. Never throws for what the carrier does. */
export interface SmsGateway {
  send(text: OutgoingText): Promise<SendOutcome>;
}
