import Twilio from 'twilio/lib/rest/Twilio.js';
import type { CarrierText, SmsLookup } from '../carrier/lookup.ts';
import type { GatewaySettings } from './gateway.ts';
import { TwilioTransport } from './transport.ts';

const LOOKUP_MILLISECONDS = 10_000;
/** A page this long stays well below what the transport takes as an answer, about 1 KB a message. */
const PAGE_SIZE = 200;
const MOST_PAGES = 10;

/**
 * By the twilio SDK, at Twilio or the simulated carrier. The list is asked for by recipient alone: Twilio filters and
 * sorts by the time of sending, which a message that still waits in its queue, for up to ten hours, does not have yet; and
 * the sender is not known until then where a messaging service chooses it. So the whole list is read, to its end.
 */
export function createTwilioLookup(settings: GatewaySettings): SmsLookup {
  const httpClient = new TwilioTransport(settings.apiUrl, settings.milliseconds ?? LOOKUP_MILLISECONDS);
  const client = new Twilio(settings.accountSid, settings.authToken, { httpClient });
  return {
    async find({ to, since }) {
      const texts: CarrierText[] = [];
      try {
        let page = await client.messages.page({ to, pageSize: PAGE_SIZE });
        for (let count = 1; ; count += 1) {
          texts.push(...page.instances.map(textFrom).filter((text) => text.createdAt >= since));
          const next: string | undefined = page.nextPageUrl;
          if (next === undefined || next === '') return { kind: 'listed', texts, complete: true };
          if (count === MOST_PAGES) return { kind: 'listed', texts, complete: false };
          page = await client.messages.getPage(next);
        }
      } catch {
        return { kind: 'unavailable' };
      }
    },
    async fetch(providerId) {
      try {
        return { kind: 'found', text: textFrom(await client.messages(providerId).fetch()) };
      } catch (error) {
        const gone = error instanceof Error && 'status' in error && error.status === 404;
        return { kind: gone ? 'absent' : 'unavailable' };
      }
    },
  };
}

/** The SDK's instance, which checks nothing of what it received. */
interface MessageResource {
  sid: unknown;
  body: unknown;
  dateCreated: unknown;
  direction: unknown;
  status: unknown;
  errorCode: unknown;
  price: unknown;
  priceUnit: unknown;
}

/** Throws when it is no message: then the whole answer counts for nothing. */
function textFrom(resource: MessageResource): CarrierText {
  const { sid, body, dateCreated, direction, status, errorCode, price, priceUnit } = resource;
  if (typeof sid !== 'string' || !/^(?:SM|MM)[0-9a-fA-F]{32}$/.test(sid)) throw new Error('No message id.');
  if (typeof body !== 'string' || typeof status !== 'string') throw new Error('No message.');
  if (!(dateCreated instanceof Date) || Number.isNaN(dateCreated.getTime())) throw new Error('No time.');
  const amount = typeof price === 'string' ? /^-?(\d{1,9}(?:\.\d{1,9})?)$/.exec(price)?.[1] : undefined;
  return {
    providerId: sid,
    body,
    createdAt: dateCreated,
    sentBy: direction === 'outbound-api' ? 'api' : direction === 'outbound-reply' ? 'reply' : 'other',
    status,
    errorCode: typeof errorCode === 'number' && errorCode !== 0 ? errorCode : null,
    price:
      amount !== undefined && typeof priceUnit === 'string'
        ? { amount, currency: priceUnit.toUpperCase() }
        : null,
  };
}
