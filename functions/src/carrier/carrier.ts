import type { CarrierCodes } from './codes.ts';
import type { SmsGateway } from './gateway.ts';
import type { CarrierInquiry } from './inquiry.ts';
import type { SmsLookup } from './lookup.ts';
import type { CarrierMedia } from './media.ts';
import type { CarrierNumbers } from './numbers.ts';
import type { CarrierWebhook } from './webhook.ts';

/**
 * Everything that Parley knows of a carrier. A folder beside `twilio/` implements it, passes the contract that each carrier
 * must pass (tests/support/carrier-contract.ts), and is chosen where the rest is put together (entry/deps.ts).
 *
 * What talks to the carrier's API is made on demand, so that the webhook does not load it.
 */
export interface Carrier {
  readonly codes: CarrierCodes;
  readonly webhook: CarrierWebhook;
  gateway(): Promise<SmsGateway>;
  lookup(): Promise<SmsLookup>;
  inquiry(): Promise<CarrierInquiry>;
  /** Not offered by every carrier. */
  media?(): Promise<CarrierMedia>;
  numbers?(): Promise<CarrierNumbers>;
}
