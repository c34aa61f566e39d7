import type { RefusedPhoneNumber } from '../../people/phone-number.ts';
import { AppError } from '../../platform/errors.ts';

export function refuseNumber({ problem, message }: RefusedPhoneNumber): never {
  throw new AppError('PHONE_NUMBER_INVALID', {
    message,
    details: [{ path: 'phoneNumber', message, problem }],
  });
}
