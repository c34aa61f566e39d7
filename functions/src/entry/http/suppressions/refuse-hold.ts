import type { HoldRefusal } from '../../../people/change-hold.ts';
import { AppError } from '../../../platform/errors.ts';
import { refuseFields } from '../read-input.ts';
import { refuseNumber } from '../refuse-number.ts';

export const NUMBER_IN_REASON = 'This contains a phone number. Describe the reason without it.';

export function refuseHold(refusal: HoldRefusal, unknown: 'PERSON_NOT_FOUND' | 'NOT_FOUND'): never {
  switch (refusal.reason) {
    case 'not_found':
      throw new AppError(unknown);
    case 'number_invalid':
      return refuseNumber(refusal.number);
    case 'number_in_reason':
      return refuseFields([{ path: 'reason', message: NUMBER_IN_REASON }]);
  }
}
