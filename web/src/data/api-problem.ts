import type { ErrorBody, ErrorCode } from '../../../functions/src/contract/errors.ts';

/** One wrong field of a refused request; `path` is dotted, e.g. `phoneNumber`. */
export interface FieldProblem {
  path: string;
  message: string;
}

/**
 * What every call of the API fails with. `OFFLINE`: the request got no answer. `UNREADABLE`: the answer was not ours,
 * e.g. a proxy's page.
 */
export class ApiProblem extends Error {
  readonly errorCode: ErrorCode | 'OFFLINE' | 'UNREADABLE';
  readonly status: number;
  readonly details: unknown;
  readonly requestId: string | null;

  constructor(
    body: { errorCode: ApiProblem['errorCode']; message: string; details?: unknown; requestId?: string },
    status: number,
  ) {
    super(body.message);
    this.name = 'ApiProblem';
    this.errorCode = body.errorCode;
    this.status = status;
    this.details = body.details ?? null;
    this.requestId = body.requestId ?? null;
  }

  /** The wrong fields by path, to show at each; empty when the problem is not about fields. */
  get fields(): ReadonlyMap<string, string> {
    const list = Array.isArray(this.details) ? this.details.filter(isFieldProblem) : [];
    return new Map(list.map((each) => [each.path, each.message]));
  }

  /** For `SIGN_IN_LOCKED` and others that pass: when to try again, in seconds. */
  get retryAfterSeconds(): number | null {
    const { details } = this;
    const known = typeof details === 'object' && details !== null && 'retryAfterSeconds' in details;
    return known && typeof details.retryAfterSeconds === 'number' ? details.retryAfterSeconds : null;
  }
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

/** Whether an answer has the one error shape. */
export function isErrorBody(value: unknown): value is ErrorBody {
  return (
    typeof value === 'object' &&
    value !== null &&
    'errorCode' in value &&
    typeof value.errorCode === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

/** One sentence for where there are no fields to show a problem at: what is wrong with the first field, or the message. */
export function sentenceOf(problem: ApiProblem): string {
  return [...problem.fields.values()][0] ?? problem.message;
}

/** Any thrown thing as a problem that can be shown. */
export function toProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  return new ApiProblem(
    { errorCode: 'UNREADABLE', message: 'Something went wrong on this page. Reload it and try again.' },
    0,
  );
}
