import { expect, test } from 'vitest';
import { createApi } from '../../functions/src/entry/api/app.ts';
import { startApi, testPassword } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';

test('OP-9: who may not be given a token for live reading is signed in all the same', async () => {
  const parley = startApi(freshDatabase().db);
  const { email } = await parley.addOperator('Ada', 'viewer');
  const live = {
    ...parley.deps.live,
    token: () => Promise.reject(new Error('iam.serviceAccounts.signBlob denied')),
  };
  const api = createApi({ ...parley.deps, live });
  const request = new Request('http://parley.invalid/api/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: testPassword }),
  });
  const answer = await api.fetch(request, { address: '' });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ operator: { email, role: 'viewer' }, live: null });
  expect(parley.lines.join()).toContain('session.live_failed');
});
