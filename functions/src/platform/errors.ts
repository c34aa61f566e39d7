import { STATUS_CODES } from 'node:http';
import { ERROR_CODES, type ErrorBody, type ErrorCode } from '../contract/errors.ts';

/**
 * The one error that Parley throws on purpose. Expected refusals inside a use case are results; they become an
 * AppError only at the door, where somebody must be answered.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, options: { message?: string; details?: unknown; cause?: unknown } = {}) {
    super(
      options.message ?? ERROR_CODES[code].message,
      options.cause === undefined ? {} : { cause: options.cause },
    );
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? null;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

/**
 * The wire shape of any error (ACC-5). Anything that is not an AppError is answered as INTERNAL without its message,
 * since that may hold what must not leave: it belongs in the log.
 */
export function errorBody(error: unknown, requestId: string, now: Date): { status: number; body: ErrorBody } {
  const known = toAppError(error);
  return {
    status: known.status,
    body: {
      error: STATUS_CODES[known.status] ?? 'Error',
      errorCode: known.code,
      message: known.message,
      details: known.details,
      timestamp: now.toISOString(),
      requestId,
    },
  };
}

const GRPC_DEADLINE_EXCEEDED = 4;
const GRPC_ALREADY_EXISTS = 6;
const GRPC_RESOURCE_EXHAUSTED = 8;
const GRPC_FAILED_PRECONDITION = 9;
const GRPC_ABORTED = 10;
const GRPC_UNAVAILABLE = 14;

function grpcCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** Whether a Firestore commit failed because a document that it creates is there already. */
export function isAlreadyExists(error: unknown): boolean {
  return grpcCode(error) === GRPC_ALREADY_EXISTS;
}

/** Whether a Firestore commit lost a race: a document has changed since it was read. Reading again may mend it. */
export function isConflict(error: unknown): boolean {
  const code = grpcCode(error);
  return code === GRPC_FAILED_PRECONDITION || code === GRPC_ABORTED;
}

/** Whether Firestore could not be reached, was too slow or too busy: the same request may succeed in a moment. */
export function isUnavailable(error: unknown): boolean {
  const code = grpcCode(error);
  return (
    code === GRPC_UNAVAILABLE ||
    code === GRPC_DEADLINE_EXCEEDED ||
    code === GRPC_RESOURCE_EXHAUSTED ||
    code === GRPC_ABORTED
  );
}

/** Any error as one that can be answered: what is not an AppError is UNAVAILABLE or INTERNAL, with itself as the cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(isUnavailable(error) ? 'UNAVAILABLE' : 'INTERNAL', { cause: error });
}
