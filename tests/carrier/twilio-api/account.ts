import type { CarrierSettings } from '../settings.ts';
import { inboundAddress } from '../inbound-form.ts';
import { rfc2822 } from './representation.ts';

/** When the simulated account and its number were made. */
const CREATED = rfc2822('2026-01-01T00:00:00.000Z');

/** The account as Twilio's OpenAPI describes it (`api.v2010.account`), without its auth token. */
export function accountResource({ accountSid }: CarrierSettings): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${accountSid}`;
  return {
    date_created: CREATED,
    date_updated: CREATED,
    friendly_name: 'Simulated carrier',
    owner_account_sid: accountSid,
    sid: accountSid,
    status: 'active',
    subresource_uris: {
      incoming_phone_numbers: `${uri}/IncomingPhoneNumbers.json`,
      messages: `${uri}/Messages.json`,
    },
    type: 'Full',
    uri: `${uri}.json`,
  };
}

/** The one rented number, as Twilio's OpenAPI describes it (`api.v2010.account.incoming_phone_number`). */
export function phoneNumberResource({
  accountSid,
  fromNumber,
  webhookUrl,
}: CarrierSettings): { sid: string } & Record<string, unknown> {
  const sid = `PN${'0'.repeat(31)}1`;
  return {
    account_sid: accountSid,
    address_requirements: 'none',
    address_sid: null,
    api_version: '2010-04-01',
    beta: false,
    bundle_sid: null,
    capabilities: { voice: false, sms: true, mms: true, fax: false },
    date_created: CREATED,
    date_updated: CREATED,
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    emergency_status: 'Inactive',
    friendly_name: 'Parley',
    identity_sid: null,
    origin: 'twilio',
    phone_number: fromNumber,
    sid,
    sms_application_sid: '',
    sms_fallback_method: 'POST',
    sms_fallback_url: '',
    sms_method: 'POST',
    sms_url: inboundAddress(webhookUrl),
    status: 'in-use',
    status_callback: '',
    status_callback_method: 'POST',
    trunk_sid: null,
    type: 'local',
    uri: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${sid}.json`,
    voice_application_sid: '',
    voice_caller_id_lookup: false,
    voice_fallback_method: 'POST',
    voice_fallback_url: '',
    voice_method: 'POST',
    voice_receive_mode: 'voice',
    voice_url: '',
  };
}
