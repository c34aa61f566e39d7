import type { GuardRefusal } from '../../../limits/send-guards.ts';
import type { SendTime } from '../../../outbox/send-time.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Log } from '../../../platform/log.ts';
import { refuseFields } from '../read-input.ts';

export function refuseTime({ path, message }: Extract<SendTime, { ok: false }>): never {
  return refuseFields([{ path, message }]);
}

export function refuseByLimit({ code, retryAfterSeconds, limit }: GuardRefusal, log: Log): never {
  log.warning('send.guarded', { code });
  throw new AppError(code, { details: { retryAfterSeconds, limit } });
}

export function notThere(): AppError {
  return new AppError('NOT_FOUND', { message: 'There is no such message.' });
}
