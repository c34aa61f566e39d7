import { mayHoldNumber } from '../platform/odd-text.ts';
import { providerError } from '../twilio/error-codes.ts';
import { carrierStatus } from '../twilio/statuses.ts';
import type { Price } from './delivery-status.ts';
import type { DeliveryEvent } from './delivery-events.ts';

/** One status callback, already known to be signed by the carrier. */
export interface StatusReport {
  /** Our own ID, out of the callback's address; `''` where it has none that can be read. */
  messageId: string;
  /** The carrier's ID of the message; `''` where it gave none that can be read. */
  sid: string;
  /** As the carrier writes it. */
  status: string;
  errorCode: number | null;
  /** What stands in the place of the error code where that cannot be read. */
  oddErrorCode?: string | null;
  price: Price | null;
}

const MAX_SHOWN = 40;

/** In quotation marks and cut, unless it may hold a phone number (PRIV-1). */
function shown(text: string): string {
  if (text === '') return 'none';
  return mayHoldNumber(text) ? 'one that is not shown' : `“${text.slice(0, MAX_SHOWN)}”`;
}

/**
 * What a report means for its entry (OUT-7): a move, or where its status or its message ID cannot be read, a remark in the
 * history. Its error code is kept with both.
 */
export function eventOf(report: StatusReport): Extract<DeliveryEvent, { type: 'reported' | 'remarked' }> {
  const { sid: providerId, errorCode, price } = report;
  const status = carrierStatus(report.status);
  if (status === null)
    return {
      type: 'remarked',
      note: `The carrier reported an unknown status: ${shown(report.status)}.`,
      errorCode,
    };
  if (providerId === '')
    return { type: 'remarked', note: `The carrier reported ${status}, but for no message ID.`, errorCode };
  const odd = report.oddErrorCode ?? null;
  const reason =
    odd === null ? providerError(errorCode).reason : `The carrier gave an unknown error code: ${shown(odd)}.`;
  return { type: 'reported', status, providerId, errorCode, reason, price };
}
