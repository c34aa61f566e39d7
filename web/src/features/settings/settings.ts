import type { SendLimitsAnswer, SendLimitsPatch } from '../../../../functions/src/contract/send-limits.ts';
import type { ErrorCodesAnswer, ErrorCodesPatch } from '../../../../functions/src/contract/suppressions.ts';
import { call } from '../../data/http.ts';

/** The sending limits, and what is spent today. */
export const getLimits = (signal?: AbortSignal): Promise<SendLimitsAnswer> =>
  call('GET /settings/limits', { signal });

/** Refused as SETTINGS_CHANGED when somebody has changed them since `seen`. */
export const changeLimits = (patch: SendLimitsPatch): Promise<SendLimitsAnswer> =>
  call('PATCH /settings/limits', { body: patch });

/** What happens to a number after each error code of the carrier. */
export const getErrorCodes = (signal?: AbortSignal): Promise<ErrorCodesAnswer> =>
  call('GET /settings/error-codes', { signal });

/** Refused as SETTINGS_CHANGED when somebody has changed the table since `seen`. */
export const changeErrorCodes = (patch: ErrorCodesPatch): Promise<ErrorCodesAnswer> =>
  call('PATCH /settings/error-codes', { body: patch });
