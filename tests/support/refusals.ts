import { expect } from 'vitest';
import { ERROR_CODES } from '../../functions/src/contract/errors.ts';
import type { TestAnswer } from './api-in-process.ts';

/** A text field of an answer, `''` where there is none. */
export function textOf(body: unknown, field: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  return typeof value === 'string' ? value : '';
}

/** What would tell somebody about the inside of Parley, or a person's number. */
const INSIDES = /node_modules|\.ts:\d|\bat .*\.ts|\bat [\w.]+ \(|ZodError|Firestore|2025550/;

/**
 * Expects a refusal in the one shape of errors (ACC-5): a code of the closed list with its status, never our fault, not
 * cached, and nothing of the inside. `wanted` names the code, or those that are right. Answers the code.
 */
export function expectRefusal(answer: TestAnswer, wanted?: string | readonly string[]): string {
  const code = textOf(answer.body, 'errorCode');
  const known = Object.entries(ERROR_CODES).find(([name]) => name === code);
  expect(known?.[1].status, JSON.stringify(answer.body)).toBe(answer.status);
  if (typeof wanted === 'string') expect(code).toBe(wanted);
  else if (wanted !== undefined) expect(wanted).toContain(code);
  expect(answer.status).toBeLessThan(500);
  expect(Object.keys(answer.body ?? {}).sort()).toEqual([
    'details',
    'error',
    'errorCode',
    'message',
    'requestId',
    'timestamp',
  ]);
  expect(JSON.stringify(answer.body)).not.toMatch(INSIDES);
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('x-request-id')).toBe(textOf(answer.body, 'requestId'));
  return code;
}
