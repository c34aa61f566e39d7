import { Firestore } from '@google-cloud/firestore';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createApiFrame } from '../../functions/src/entry/http/app.ts';
import { json } from '../../functions/src/entry/http/json.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { startApi } from '../support/api-in-process.ts';

/** The frame of the API with one route, `GET /api/v1/thing`, that does this. */
function frameWith(handler: () => Promise<{ name: string }>) {
  const { deps, lines } = startApi(
    new Firestore({ projectId: 'demo-nowhere', host: '127.0.0.1:1', ssl: false }),
  );
  const api = createApiFrame(deps);
  const response = z.object({ name: z.string() });
  api.route({
    method: 'get',
    path: '/thing',
    summary: 'A thing',
    access: 'public',
    status: 200,
    response: json(response),
    handler,
  });
  return { api, lines, get: async () => api.fetch(new Request('http://parley.invalid/api/v1/thing')) };
}

const failing = (error: Error) => frameWith(() => Promise.reject(error));

describe('an answer of the API', () => {
  test('PRIV-1: holds what its schema names and nothing else', async () => {
    const stored = { name: 'Ada', phoneNumber: '+12025550143' };
    const { get } = frameWith(async () => stored);
    expect(await (await get()).json()).toEqual({ name: 'Ada' });
  });

  test('OPS-3: leaves a line with its request id and route, and no query', async () => {
    const { api, lines } = frameWith(async () => ({ name: 'Ada' }));
    const answer = await api.fetch(new Request('http://parley.invalid/api/v1/thing?phone=%2B12025550143'));
    expect(answer.status).toBe(400);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      {
        severity: 'INFO',
        message: 'api.answered',
        event: 'api.answered',
        requestId: answer.headers.get('x-request-id'),
        method: 'GET',
        route: '/thing',
        status: 400,
        milliseconds: 0,
      },
    ]);
  });

  test.each([4, 8, 10, 14])('ACC-5: is UNAVAILABLE when the store fails with code %d', async (code) => {
    const { get, lines } = failing(
      Object.assign(new Error('14 UNAVAILABLE: connect ECONNREFUSED 10.0.0.1:443'), { code }),
    );
    const answer = await get();
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { error: 'Service Unavailable', errorCode: 'UNAVAILABLE', details: null },
    ]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      severity: 'ERROR',
      event: 'api.failed',
      errorCode: 'UNAVAILABLE',
    });
  });

  test('ACC-5: is INTERNAL when something breaks, and tells nothing of it', async () => {
    const { get, lines } = failing(new TypeError('secret of +12025550143 in /workspace/index.js:1:1'));
    const answer = await get();
    const body = (await answer.json()) as object;
    expect([answer.status, body]).toMatchObject([
      500,
      { errorCode: 'INTERNAL', message: 'Something went wrong on our side. Nothing was lost. Try again.' },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/secret|workspace|TypeError/);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(lines[0]).toContain('[number]');
    expect(lines.join('\n')).not.toContain('2025550143');
  });

  test('ACC-5: tells when to come again', async () => {
    const { get } = failing(new AppError('SIGN_IN_LOCKED', { details: { retryAfterSeconds: 61 } }));
    const answer = await get();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '61']);
  });

  test('ACC-5: is 405 with the methods there are, and 404 where there is nothing', async () => {
    const { api } = frameWith(async () => ({ name: 'Ada' }));
    const call = async (method: string, path: string) => {
      const answer = await api.fetch(new Request(`http://parley.invalid${path}`, { method }));
      return [
        answer.status,
        answer.headers.get('allow'),
        ((await answer.json()) as { errorCode: string }).errorCode,
      ];
    };
    expect(await call('DELETE', '/api/v1/thing')).toEqual([405, 'GET', 'METHOD_NOT_ALLOWED']);
    expect(await call('OPTIONS', '/api/v1/thing')).toEqual([405, 'GET', 'METHOD_NOT_ALLOWED']);
    for (const path of ['/api/v1/thing/', '/api/v1/Thing', '/api/v2/thing', '/thing', '/']) {
      expect(await call('GET', path)).toEqual([404, null, 'NOT_FOUND']);
    }
  });
});
