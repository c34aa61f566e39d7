import type { E164 } from '../platform/phone-vault.ts';

/** A message as the carrier keeps it. */
export interface CarrierText {
  providerId: string;
  body: string;
  createdAt: Date;
  /** `api`: sent by a request of ours; `reply`: by the answer to a webhook. */
  sentBy: 'api' | 'reply' | 'other';
  /** As the carrier writes it; `CarrierCodes.status` reads it. */
  status: string;
  errorCode: number | null;
  price: { amount: string; currency: string } | null;
}

/** `complete` only when the list ended: then the carrier does not have what is not in it. */
export type FindAnswer =
  { kind: 'listed'; texts: readonly CarrierText[]; complete: boolean } | { kind: 'unavailable' };

export type FetchAnswer = { kind: 'found'; text: CarrierText } | { kind: 'absent' } | { kind: 'unavailable' };

/** Questions about messages that the carrier has already. They change nothing, and never throw. */
export interface SmsLookup {
  /** Messages to one phone that the carrier took since `since`. */
  find(about: { to: E164; since: Date }): Promise<FindAnswer>;
  fetch(providerId: string): Promise<FetchAnswer>;
}
