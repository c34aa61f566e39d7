import Twilio from 'twilio/lib/rest/Twilio.js';
import type { SendOutcome, SmsGateway } from '../carrier/gateway.ts';
import { providerError } from './error-codes.ts';
import { TransportError, TwilioTransport } from './transport.ts';

export interface GatewaySettings {
  accountSid: string;
  authToken: string;
  /** Twilio's, or the simulated carrier's. */
  apiUrl: string;
  /** How long one send may take in all; less than a worker's lease. */
  milliseconds?: number;
}

const SEND_MILLISECONDS = 10_000;

/** Twilio's REST API as a gateway, through the twilio SDK. */
export function createTwilioGateway(settings: GatewaySettings): SmsGateway {
  const httpClient = new TwilioTransport(settings.apiUrl, settings.milliseconds ?? SEND_MILLISECONDS);
  const client = new Twilio(settings.accountSid, settings.authToken, { httpClient });
  return {
    async send({ to, body, statusCallback, sender }) {
      const from = sender.kind === 'service' ? { messagingServiceSid: sender.value } : { from: sender.value };
      try {
        const message = await client.messages.create({ to, body, statusCallback, ...from });
        return acceptedAs(message.sid);
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

/** Typed as text by the SDK, which checks nothing: an answer without an id proves nothing either. */
function acceptedAs(sid: unknown): SendOutcome {
  if (typeof sid === 'string' && /^(?:SM|MM)[0-9a-fA-F]{32}$/.test(sid))
    return { kind: 'accepted', providerId: sid };
  return { kind: 'unknown', reason: 'The carrier answered without a message ID.' };
}

/** The carrier's own words are not passed on: they may repeat the number. */
function outcomeOf(error: unknown): SendOutcome {
  if (error instanceof TransportError) {
    if (!error.reached)
      return { kind: 'retry', errorCode: null, reason: 'The carrier could not be reached.' };
    return { kind: 'unknown', reason: 'The connection to the carrier broke before its answer came.' };
  }
  if (isRefusal(error)) return refusalOf(error.status, 'code' in error ? error.code : null);
  return { kind: 'unknown', reason: 'The carrier’s answer could not be read.' };
}

/** The SDK's RestException: a whole answer that is not a success. Its `code`, if any, is whatever the answer held. */
function isRefusal(error: unknown): error is Error & { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

function refusalOf(status: number, code: unknown): SendOutcome {
  const errorCode = typeof code === 'number' && Number.isInteger(code) ? code : null;
  const known = providerError(errorCode);
  if (status === 429 || status >= 500 || known.retryable) {
    const reason = known.retryable ? known.reason : 'The carrier cannot take messages right now.';
    return { kind: 'retry', errorCode, reason };
  }
  if (status >= 400) return { kind: 'refused', errorCode, reason: known.reason };
  return { kind: 'unknown', reason: `The carrier answered with HTTP ${String(status)}.` };
}
