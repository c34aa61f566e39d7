import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { madeOrRefused } from '../../functions/src/entry/misconfigured.ts';
import { ConfigProblems } from '../../functions/src/platform/config-problems.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('ACC-5, IN-10: a function whose settings cannot be used answers 503 in the one shape, and logs what is wrong', async () => {
  const lines: unknown[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(text) > 0);
  const problem = () => {
    throw new ConfigProblems(['DEFAULT_COUNTRY is two capital letters, such as US.']);
  };
  const server = createServer((_request, response) => void madeOrRefused(problem, response)).listen(
    0,
    '127.0.0.1',
  );
  await new Promise((resolve) => server.once('listening', resolve));
  const answer = await fetch(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  const text = await answer.text();
  server.close();
  expect(answer.status).toBe(503);
  expect(JSON.parse(text)).toMatchObject({ errorCode: 'UNAVAILABLE', details: null });
  expect(text).not.toContain('DEFAULT_COUNTRY');
  expect(lines.join()).toContain('DEFAULT_COUNTRY is two capital letters');
});

test('ACC-5: a function whose settings can be used gets what it is made of', () => {
  const response = {} as Parameters<typeof madeOrRefused>[1];
  expect(madeOrRefused(() => 'made', response)).toBe('made');
});
