import { expect, test } from 'vitest';
import { stack } from '../support/stack.ts';
import { pollUntil } from '../support/poll-until.ts';

// The demo's Jakub; no other test texts from this phone.
const HANDSET = '+12025550110';

async function carrier(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: unknown }> {
  const response = await fetch(stack().urls.carrier + path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, json: await response.json() };
}

test('DX-3, DX-4: a message from a handset goes through the webhook, and the answer arrives on the handset', async () => {
  const { status, json } = await carrier('POST', `/handsets/${HANDSET}/texts`, { body: 'Is anybody there?' });
  expect(status).toBe(201);
  expect(json).toMatchObject({
    problems: [],
    webhook: { status: 200 },
    replies: [{ body: 'Your number is recognized. Message received.' }],
  });
  const { replies } = json as { replies: { sid: string }[] };
  const reply = await pollUntil(
    async () => {
      const { json } = await carrier('GET', `/handsets/${HANDSET}/texts`);
      return (json as { texts: { sid: string }[] }).texts.find(({ sid }) => sid === replies[0]?.sid);
    },
    { what: 'the reply on the handset' },
  );
  expect(reply).toMatchObject({ direction: 'received', status: 'delivered' });
});

test('DX-3: Parley accepts the status callbacks of that answer', async () => {
  await carrier('GET', '/idle');
  const { json } = await carrier('GET', '/messages');
  const { messages } = json as {
    messages: { to: string; direction: string; callbacks: { status: string; answered: number }[] }[];
  };
  const reply = messages.findLast(({ to, direction }) => to === HANDSET && direction === 'outbound-reply');
  expect(reply?.callbacks.map(({ status, answered }) => [status, answered])).toEqual([
    ['sent', expect.toSatisfy((code: number) => code >= 200 && code < 300)],
    ['delivered', expect.toSatisfy((code: number) => code >= 200 && code < 300)],
  ]);
});

test('DX-5: runs due work now, and as of another instant', async () => {
  expect(await carrier('POST', '/clock', { run: true })).toMatchObject({
    status: 200,
    json: { status: 200, error: null },
  });
  const { json } = await carrier('POST', '/clock', { jumpTo: new Date(Date.now() + 60_000).toISOString() });
  expect(json).toMatchObject({ status: 200, jump: true, error: null });
});
