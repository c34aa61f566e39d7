import type { CarrierCodes } from '../carrier/codes.ts';
import type { StatusReport } from '../carrier/webhook.ts';
import { mayHoldNumber } from '../platform/odd-text.ts';
import type { DeliveryEvent } from './delivery-events.ts';

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
export function eventOf(
  report: StatusReport,
  codes: CarrierCodes,
): Extract<DeliveryEvent, { type: 'reported' | 'remarked' }> {
  const { sid: providerId, errorCode, price } = report;
  const status = codes.status(report.status);
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
    odd === null ? codes.error(errorCode).reason : `The carrier gave an unknown error code: ${shown(odd)}.`;
  return { type: 'reported', status, providerId, errorCode, reason, price };
}
