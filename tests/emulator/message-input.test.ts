import fc from 'fast-check';
import type { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestAnswer, type TestApi, type TestCall } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { documentsOf } from '../support/people-world.ts';
import { expectRefusal } from '../support/refusals.ts';

let db: Firestore;
let api: TestApi;
let cookie = '';

beforeAll(async () => {
  ({ db } = freshDatabase());
  api = startApi(db);
  await api.addOperator('operator', 'operator');
  cookie = await api.signIn('operator@example.com');
});

afterAll(async () => {
  const lines = api.lines.join('\n').replaceAll(/"requestId":"[0-9a-f]{32}"/g, '');
  expect(lines).not.toMatch(/202\D{0,3}555/);
  expect(await documentsOf(db, 'outgoingMessages')).toEqual({});
  await db.terminate();
});

const call = (method: string, path: string, options: TestCall = {}) =>
  api.call(method, path, { cookie, ...options });
const send = (body: unknown) => call('POST', '/messages', { body, headers: { 'idempotency-key': 'fuzz' } });

describe('ACC-5: any input is answered or refused in one shape', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('hello', '+12025550143', '\u0000', '\ud800', '%', '../..', "' OR 1=1", '__proto__'),
  );
  const anything = fc.oneof(
    word,
    fc.integer(),
    fc.constantFrom(null, true, [], {}, 1e308),
    fc.dictionary(fc.string({ maxLength: 8 }), word, { maxKeys: 3 }),
  );
  const fieldsOf = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 5 });

  async function neverBreaks(answer: TestAnswer): Promise<void> {
    if (answer.status >= 400) expectRefusal(answer);
  }

  test('OUT-3: sending answers or refuses any body', async () => {
    await fc.assert(
      fc.asyncProperty(fieldsOf('userId', 'body', 'to', '__proto__'), async (body) =>
        neverBreaks(await send(body)),
      ),
      { numRuns: 500 },
    );
  });

  test('LOG-2: searching answers or refuses any body', async () => {
    const body = fieldsOf(
      'words',
      'phoneNumber',
      'cursor',
      'limit',
      'status',
      'userId',
      'from',
      'to',
      'sort',
    ).chain((some) => fc.constantFrom('incoming', 'outgoing').map((log) => ({ in: log, ...some })));
    await fc.assert(
      fc.asyncProperty(body, async (search) =>
        neverBreaks(await call('POST', '/messages/search', { body: search })),
      ),
      { numRuns: 500 },
    );
  });

  test('LOG-2: any words can be searched for without an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), async (words) =>
        neverBreaks(await call('POST', '/messages/search', { body: { in: 'outgoing', words } })),
      ),
      { numRuns: 500 },
    );
  });

  test('LOG-2: listing answers or refuses any query', async () => {
    const query = fc.dictionary(
      fc.constantFrom('status', 'userId', 'operatorId', 'from', 'to', 'sort', 'cursor', 'limit', 'x'),
      word,
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(query, async (fields) => {
        const search = new URLSearchParams(Object.entries(fields)).toString();
        await neverBreaks(await call('GET', `/messages/outgoing?${search}`));
      }),
      { numRuns: 500 },
    );
  });
});
