import type { E164 } from '../platform/phone-vault.ts';

/** The numbers of the carrier's account. */
export interface CarrierNumbers {
  owned(): Promise<readonly { number: E164; sms: boolean }[]>;
}
