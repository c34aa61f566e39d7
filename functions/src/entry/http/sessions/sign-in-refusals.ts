import { AppError } from '../../../platform/errors.ts';
import { BUSY_SECONDS } from '../../../team/password-gate.ts';

export function locked(retryAfterSeconds: number): AppError {
  return new AppError('SIGN_IN_LOCKED', { details: { retryAfterSeconds } });
}

export function busy(): AppError {
  return new AppError('SIGN_IN_BUSY', { details: { retryAfterSeconds: BUSY_SECONDS } });
}
