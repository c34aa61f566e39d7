import type { CarrierStatus } from '../carrier/codes.ts';

/**
 * Twilio's message statuses (API version 2010-04-01, `MessageStatus`) in Parley's words. What Twilio does before it
 * hands a text to a carrier is one state here: it has accepted the text and owes the rest.
 */
const STATUSES: Readonly<Record<string, CarrierStatus>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'canceled',
};

/** In any case. Null for a status that is not known, such as one that Twilio adds, or one of inbound messages. */
export function carrierStatus(status: string): CarrierStatus | null {
  const name = status.trim().toLowerCase();
  return Object.hasOwn(STATUSES, name) ? (STATUSES[name] ?? null) : null;
}
