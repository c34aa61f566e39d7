import type { CarrierWebhook, RawRequest, Verdict } from '../carrier/webhook.ts';
import { inboundFrom } from './inbound-form.ts';
import { formReadings, isSignedByTwilio } from './signature.ts';
import { statusFrom } from './status-form.ts';
import { twiml } from './twiml.ts';

/** Twilio's have some thirty. Each costs time before the signature is known to be right. */
const MAX_FIELDS = 2_000;

/** Twilio's webhook: a form signed in `X-Twilio-Signature`, answered with TwiML. */
export function createTwilioWebhook(authToken: () => string): CarrierWebhook {
  return {
    verify: (request) => verify(authToken, request),
    answer: (reply) => ({ contentType: 'text/xml; charset=utf-8', body: twiml(reply) }),
  };
}

function verify(authToken: () => string, request: RawRequest): Verdict {
  if (countFields(request.rawBody) > MAX_FIELDS) return { kind: 'refused', code: 'BODY_TOO_LARGE' };
  const token = authToken();
  const signature = request.header('x-twilio-signature');
  const fields = formReadings(request.rawBody).find((each) =>
    isSignedByTwilio(token, signature, request.url, each),
  );
  if (fields === undefined) return refusal(request);
  return {
    kind: 'signed',
    request: {
      inbound: (hash) => inboundFrom(fields, hash),
      status: (hash) => statusFrom(fields, new URLSearchParams(request.search), hash),
    },
  };
}

/** What is signed is read whatever it calls itself; of what is not, the form is named that was expected. */
function refusal({ contentType, contentEncoding }: RawRequest): Verdict {
  if (contentType === 'application/x-www-form-urlencoded' && contentEncoding === '')
    return { kind: 'refused', code: 'SIGNATURE_INVALID' };
  return {
    kind: 'refused',
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send a form (Content-Type: application/x-www-form-urlencoded).',
  };
}

const AMPERSAND = 0x26;

function countFields(body: Buffer): number {
  let fields = 1;
  for (const byte of body) if (byte === AMPERSAND) fields += 1;
  return fields;
}
