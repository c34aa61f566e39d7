import type { CarrierMessage } from './message.ts';
import { errorMessage } from './twilio-api/error-codes.ts';

/** A message as its handset sees it. */
export interface HandsetText {
  sid: string;
  /** From the handset's side. */
  direction: 'sent' | 'received';
  body: string;
  status: CarrierMessage['status'];
  /** When it was sent from the handset, or last changed on its way to it; ISO 8601, UTC. */
  at: string;
  segments: number;
  /** Why it was not delivered, or what went wrong when the webhook was called. */
  error: { code: number; message: string } | null;
}

export function handsetText(message: CarrierMessage): HandsetText {
  const sent = message.direction === 'inbound';
  return {
    sid: message.sid,
    direction: sent ? 'sent' : 'received',
    body: message.body,
    status: message.status,
    at: sent ? message.createdAt : message.updatedAt,
    segments: message.segments,
    error:
      message.errorCode === null
        ? null
        : { code: message.errorCode, message: errorMessage(message.errorCode) ?? '' },
  };
}

/** Whether the handset has it: it sent it, or it was delivered to it. */
export function isOnHandset(message: CarrierMessage): boolean {
  return message.direction === 'inbound' || message.status === 'delivered';
}
