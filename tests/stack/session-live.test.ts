import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { SessionAnswer } from '../../functions/src/contract/team.ts';
import { createApi } from '../../functions/src/entry/http/app.ts';
import { startApi, testPassword } from '../support/api-in-process.ts';
import { signIn } from '../support/api-client.ts';
import { freshDatabase } from '../support/emulator.ts';
import { stack } from '../support/stack.ts';

test('OP-9: sign-in works when no token for live reading can be signed', async () => {
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

test('OP-9: an account at Firebase Authentication that was given a password by the holder of its token reads nothing by it', async () => {
  const client = await signIn('viewer@example.com');
  const { live } = (await client.call('GET', '/session')).body as SessionAnswer;
  const { auth, firestore } = stack().urls;
  const identity = async (act: string, body: object) => {
    const response = await fetch(`${auth}/identitytoolkit.googleapis.com/v1/accounts:${act}?key=any`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ returnSecureToken: true, ...body }),
    });
    return (await response.json()) as { idToken?: string };
  };
  const documents = `${firestore}/v1/projects/${stack().projectId}/databases/(default)/documents`;
  const reads = async (token: string | undefined) => {
    const paths = [
      'settings/limits',
      'settings?pageSize=1',
      'incomingMessages?pageSize=1',
      'operators?pageSize=1',
    ];
    const answers = await Promise.all(
      paths.map((path) =>
        fetch(`${documents}/${path}`, { headers: { authorization: `Bearer ${token ?? ''}` } }),
      ),
    );
    return answers.map(({ status }) => status);
  };

  const { idToken } = await identity('signInWithCustomToken', { token: live?.token });
  expect((await reads(idToken)).slice(0, 3)).not.toContain(403);
  const email = `own-${randomBytes(4).toString('hex')}@example.com`;
  const changed = await identity('update', { idToken, email, password: 'a way back in' });
  const byPassword = await identity('signInWithPassword', { email, password: 'a way back in' });
  expect(byPassword.idToken).toMatch(/./);
  expect(await reads(byPassword.idToken)).toEqual([403, 403, 403, 403]);
  // Nor does what the holder still has, once the session is over.
  await client.call('DELETE', '/session');
  expect(await reads(idToken)).toEqual([403, 403, 403, 403]);
  expect(await reads(changed.idToken ?? byPassword.idToken)).toEqual([403, 403, 403, 403]);
});
