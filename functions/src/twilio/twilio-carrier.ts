import type { Carrier } from '../carrier/carrier.ts';
import type { Config } from '../platform/config.ts';
import { twilioCodes } from './codes.ts';
import { createTwilioWebhook } from './webhook.ts';

type TwilioSettings = Pick<Config, 'twilioAccountSid' | 'twilioApiUrl' | 'smsMode'> & {
  secrets: Pick<Config['secrets'], 'twilioAuthToken'>;
};

/** Twilio as a carrier: all that the rest of Parley may know of this folder. */
export function twilioCarrier(settings: TwilioSettings): Carrier {
  const { twilioAccountSid: accountSid, twilioApiUrl: apiUrl, smsMode, secrets } = settings;
  const account = () => ({
    accountSid,
    apiUrl,
    // Where nothing is sent, there may be none.
    authToken: smsMode === 'disabled' ? '' : secrets.twilioAuthToken(),
  });
  return {
    codes: twilioCodes,
    webhook: createTwilioWebhook(secrets.twilioAuthToken),
    // Loaded on demand: the SDK's client takes longer to load than everything else that the webhook needs.
    gateway: async () => (await import('./gateway.ts')).createTwilioGateway(account()),
    lookup: async () => (await import('./lookup.ts')).createTwilioLookup(account()),
    inquiry: async () =>
      (await import('./inquiry.ts')).createTwilioInquiry({
        accountSid,
        apiUrl,
        authToken: secrets.twilioAuthToken,
      }),
  };
}
