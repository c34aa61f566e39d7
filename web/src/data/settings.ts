import type { SendLimitsAnswer, SendLimitsPatch } from '../../../functions/src/contract/send-limits.ts';
import type { ErrorCodesAnswer, ErrorCodesPatch } from '../../../functions/src/contract/suppressions.ts';
import { call } from './http.ts';

/** The limits of sending, and what of them is used today. */
export const getLimits = (signal?: AbortSignal): Promise<SendLimitsAnswer> =>
  call('GET', '/settings/limits', { signal });

/** Refused as SETTINGS_CHANGED when they are no longer as `seen`. */
export const changeLimits = (patch: SendLimitsPatch): Promise<SendLimitsAnswer> =>
  call('PATCH', '/settings/limits', { body: patch });

/** What every error code of the carrier means for a number. */
export const getErrorCodes = (signal?: AbortSignal): Promise<ErrorCodesAnswer> =>
  call('GET', '/settings/error-codes', { signal });

/** Refused as SETTINGS_CHANGED when the table is no longer as `seen`. */
export const changeErrorCodes = (patch: ErrorCodesPatch): Promise<ErrorCodesAnswer> =>
  call('PATCH', '/settings/error-codes', { body: patch });
