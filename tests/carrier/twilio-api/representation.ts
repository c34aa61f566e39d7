import type { CarrierMessage } from '../message.ts';
import { errorMessage } from './error-codes.ts';

/** What one segment costs in these simulations, in US dollars. */
const PRICE_PER_SEGMENT = 0.0083;

/** RFC 2822 in UTC, as Twilio writes it: `Thu, 24 Aug 2023 05:01:45 +0000`. */
export function rfc2822(iso: string): string {
  return new Date(iso).toUTCString().replace('GMT', '+0000');
}

/** A message as Twilio's OpenAPI describes it (`api.v2010.account.message`). */
export function messageResource(accountSid: string, message: CarrierMessage): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: errorMessage(message.errorCode),
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.media.length),
    num_segments: String(message.segments),
    price: message.sentAt === null ? null : (-PRICE_PER_SEGMENT * message.segments).toFixed(5),
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}
