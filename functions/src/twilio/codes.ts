import type { CarrierCodes } from '../carrier/codes.ts';
import { defaultCategory, ERROR_CODES, providerError } from './error-codes.ts';
import { carrierStatus } from './statuses.ts';

/** Twilio's statuses and error codes, as the port wants them. */
export const twilioCodes: CarrierCodes = {
  known: Object.keys(ERROR_CODES).map(Number),
  status: carrierStatus,
  error: providerError,
  category: defaultCategory,
};
