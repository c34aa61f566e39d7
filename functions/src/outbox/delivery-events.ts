import type { AttentionReason, OutgoingStatus, Resolution } from '../contract/delivery.ts';
import type { Delivery, HistoryEntry, Price } from './delivery-status.ts';

/** The states that a carrier can report; the others are Parley's own. */
type CarrierStatus = Exclude<OutgoingStatus, 'scheduled' | 'held' | 'queued' | 'sending' | 'unconfirmed'>;

/** The state of a message at the carrier, as it reports it or answers when asked. */
export interface CarrierWord {
  status: CarrierStatus;
  providerId: string;
  errorCode: number | null;
  reason: string | null;
  price: Price | null;
}

/** `attempt` names the run whose outcome it is: an outcome of another run than the last one decides nothing. */
export type DeliveryEvent =
  /** Its time came. */
  | { type: 'released' }
  /** Its text or time was changed; with `dueAt` it is scheduled from then on. */
  | { type: 'edited'; note: string; dueAt: Date | null; timeZone: string | null }
  | { type: 'withdrawn'; note: string }
  | { type: 'claimed'; holder: string }
  | { type: 'blocked'; reason: string }
  | { type: 'taken'; attempt: number; providerId: string }
  | { type: 'refused'; attempt: number; errorCode: number | null; reason: string }
  | { type: 'postponed'; attempt: number; errorCode: number | null; reason: string }
  | { type: 'lost'; attempt: number; reason: string }
  /** Nobody finished what was begun; of an automatic reply, nothing was heard. */
  | { type: 'lease_expired' }
  | ({ type: 'reported' } & CarrierWord)
  /** A report that cannot be read; it changes nothing. */
  | { type: 'remarked'; note: string; errorCode: number | null }
  /** The carrier was asked and has it. */
  | ({ type: 'found' } & CarrierWord)
  /** The carrier was asked, and is asked again at `next`, or never again with null. */
  | { type: 'looked'; next: Date | null }
  /** The carrier certainly never had it. */
  | { type: 'sent_again'; note: string }
  | { type: 'never_taken'; reason: string }
  | { type: 'unclear'; reason: AttentionReason }
  | { type: 'resolved'; as: Resolution; note: string };

export interface Move {
  next: Delivery;
  /** Null when the status stays and only a price, an id or a time became known. */
  historyItem: HistoryEntry | null;
}
