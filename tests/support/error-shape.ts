import { expect } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../functions/src/contract/errors.ts';
import type { TestAnswer } from './api-in-process.ts';

/** Expects one refusal in the one shape (ACC-5), of a closed code, not our fault, and telling nothing of our insides. */
export function expectRefusal(answer: TestAnswer, codes?: readonly ErrorCode[]): ErrorCode {
  const body = answer.body as Record<string, unknown>;
  expect(Object.keys(body).sort()).toEqual([
    'details',
    'error',
    'errorCode',
    'message',
    'requestId',
    'timestamp',
  ]);
  const code = body['errorCode'] as ErrorCode;
  expect(Object.keys(ERROR_CODES)).toContain(code);
  expect(answer.status).toBe(ERROR_CODES[code].status);
  expect(answer.status).toBeLessThan(500);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:\d|\bat [\w.]+ \(|ZodError|Firestore/);
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('x-request-id')).toBe(body['requestId']);
  if (codes !== undefined) expect(codes).toContain(code);
  return code;
}
