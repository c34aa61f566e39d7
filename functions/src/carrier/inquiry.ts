import type { Sender } from './gateway.ts';

/** What the carrier answered. `refused` has no words of the carrier's: they may repeat a number. */
export type Answer<T> =
  | { kind: 'answered'; value: T }
  | { kind: 'refused'; status: number; errorCode: number | null }
  | { kind: 'unreachable' };

/** Statuses: active, suspended, closed. Types: Trial, Full. */
export interface AccountState {
  status: string;
  type: string;
}

/** Where the carrier hands an incoming message on to; `application`: something of its own answers in place of the address. */
export interface InboundRoute {
  url: string;
  method: string;
  application: boolean;
}

/** One number that can be sent from. */
export interface SenderNumber {
  sms: boolean;
  inbound: InboundRoute;
}

/** Everything that messages may be sent from: one number, or those of a group. */
export interface SenderState {
  numbers: readonly SenderNumber[];
  /** Set when the group itself answers messages; then the numbers' own routes do not count. */
  serviceInbound: InboundRoute | null;
}

/** Questions to the carrier about how it is set up, for the doctor; they change nothing and cost nothing. */
export interface CarrierInquiry {
  account(): Promise<Answer<AccountState>>;
  /** Null: the account has no such number or group. */
  sender(sender: Sender): Promise<Answer<SenderState | null>>;
}
