import { expect } from 'vitest';
import { ERROR_CODES } from '../../functions/src/contract/errors.ts';
import type { TestAnswer } from './api-in-process.ts';

/** A text field of an answer, `''` where there is none. */
export function textOf(body: unknown, field: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  return typeof value === 'string' ? value : '';
}

/** The one error shape, with a code of the closed list and its status; nothing of the inside. */
export function expectRefusal(answer: TestAnswer, code?: string): void {
  const told = textOf(answer.body, 'errorCode');
  if (code !== undefined) expect(told).toBe(code);
  const known: Record<string, { status: number }> = ERROR_CODES;
  expect(known[told]?.status, JSON.stringify(answer.body)).toBe(answer.status);
  expect(answer.status).toBeLessThan(500);
  expect(Object.keys(answer.body ?? {}).sort()).toEqual([
    'details',
    'error',
    'errorCode',
    'message',
    'requestId',
    'timestamp',
  ]);
  expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*\.ts|node_modules|2025550/);
}
