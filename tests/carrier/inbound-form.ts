import type { CarrierMessage } from './message.ts';
import type { CarrierSettings } from './settings.ts';
import type { FormFields } from './signature.ts';
import type { OptOutType } from './keywords.ts';
import { placeOf } from './numbers.ts';

/** `/inbound` goes before a fragment, which stays at the end: it sets the retries. */
export function inboundAddress(webhookUrl: string): string {
  const [base = '', ...fragment] = webhookUrl.split('#');
  return [`${base.replace(/\/$/, '')}/inbound`, ...fragment].join('#');
}

/** The form of an inbound message, by Twilio's names. */
export function inboundFields(
  settings: CarrierSettings,
  message: CarrierMessage,
  optOutType: OptOutType | null,
): FormFields {
  const from = placeOf(message.from);
  const to = placeOf(message.to);
  return {
    ToCountry: to.country,
    ToState: to.state,
    SmsMessageSid: message.sid,
    NumMedia: String(message.media.length),
    ToCity: to.city,
    FromZip: from.zip,
    SmsSid: message.sid,
    FromState: from.state,
    SmsStatus: 'received',
    FromCity: from.city,
    Body: message.body,
    FromCountry: from.country,
    To: message.to,
    ToZip: to.zip,
    NumSegments: String(message.segments),
    MessageSid: message.sid,
    AccountSid: settings.accountSid,
    From: message.from,
    ApiVersion: '2010-04-01',
    ...(message.messagingServiceSid === null ? {} : { MessagingServiceSid: message.messagingServiceSid }),
    ...(optOutType === null ? {} : { OptOutType: optOutType }),
    ...Object.fromEntries(
      message.media.flatMap((item, index) => [
        [`MediaUrl${String(index)}`, item.url],
        [`MediaContentType${String(index)}`, item.contentType],
      ]),
    ),
  };
}
