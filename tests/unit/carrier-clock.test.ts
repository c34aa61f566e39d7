import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { SENDER, startTestCarrier, type TestCarrier } from '../support/test-carrier.ts';

const PATH = '/functions/projects/demo-parley/triggers/us-central1-runDueWork-0';

let emulator: Server;
let carrier: TestCarrier;

/** A functions emulator as far as the clock knows it; gives what it was asked. */
async function start(
  answer: (path: string) => { status: number; body?: string },
): Promise<{ path: string; scheduleTime: unknown }[]> {
  const asked: { path: string; scheduleTime: unknown }[] = [];
  emulator = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, scheduleTime: request.headers['x-cloudscheduler-scheduletime'] });
    const { status, body = '' } = answer(path);
    request.resume();
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve));
  const { port } = emulator.address() as AddressInfo;
  carrier = await startTestCarrier({ dueWorkUrl: `http://127.0.0.1:${String(port)}${PATH}` });
  return asked;
}

afterEach(async () => {
  await carrier.stop();
  emulator.closeAllConnections();
  await new Promise((resolve) => emulator.close(resolve));
});

test('DX-5: a run calls the scheduled function for now', async () => {
  const asked = await start(() => ({ status: 200 }));
  const { status, json } = await carrier.call('POST', '/clock', { run: true });
  expect(status).toBe(200);
  const run = json as { asOf: string; startedAt: string };
  expect(run).toMatchObject({ jump: false, status: 200, error: null, asOf: run.startedAt });
  expect(asked).toEqual([{ path: PATH, scheduleTime: run.asOf }]);
});

test('DX-5: a jump calls the scheduled function for another instant, given in any zone', async () => {
  const asked = await start(() => ({ status: 200 }));
  const { json } = await carrier.call('POST', '/clock', { jumpTo: '2030-01-01T09:30:00+01:00' });
  expect(json).toMatchObject({ jump: true, asOf: '2030-01-01T08:30:00.000Z' });
  expect(asked).toEqual([{ path: PATH, scheduleTime: '2030-01-01T08:30:00.000Z' }]);
});

test('DX-5: lists the last runs, newest first, at most 20', async () => {
  await start(() => ({ status: 200 }));
  for (let second = 10; second < 32; second += 1) {
    await carrier
      .call('POST', '/clock', { jumpTo: `2030-01-01T00:00:${String(second)}Z` })
      .catch(() => undefined);
  }
  const { json } = await carrier.call('GET', '/clock');
  const { runs } = json as { runs: { asOf: string }[] };
  expect(runs).toHaveLength(20);
  expect(runs[0]?.asOf).toBe('2030-01-01T00:00:31.000Z');
});

/** The runs as the page gets them: how many messages Parley sent since each. */
async function sentSince(): Promise<number[]> {
  const { json } = await carrier.call('GET', '/clock');
  return (json as { runs: { sent: number }[] }).runs.map(({ sent }) => sent);
}

test('DX-5: counts the messages that Parley sent since each run', async () => {
  const send = () => carrier.sdk.messages.create({ to: '+12025550101', from: SENDER, body: 'Due' });
  await start(() => ({ status: 200 }));
  await send();
  await carrier.call('POST', '/clock', { run: true });
  expect(await sentSince()).toEqual([0]);
  await send();
  await send();
  expect(await sentSince()).toEqual([2]);
  await carrier.call('POST', '/clock', { run: true });
  await send();
  expect(await sentSince()).toEqual([1, 2]);
});

test('DX-5: a message that is sent during a run counts for that run', async () => {
  const sending: Promise<unknown>[] = [];
  await start(() => {
    sending.push(carrier.sdk.messages.create({ to: '+12025550101', from: SENDER, body: 'Due' }));
    return { status: 200 };
  });
  await carrier.call('POST', '/clock', { run: true });
  await Promise.all(sending);
  expect(await sentSince()).toEqual([1]);
});

test('DX-5: a refused message counts for no run', async () => {
  await start(() => ({ status: 200 }));
  await carrier.call('POST', '/clock', { run: true });
  await expect(
    carrier.sdk.messages.create({ to: '+15005550001', from: SENDER, body: 'Due' }),
  ).rejects.toMatchObject({ code: 21211 });
  expect(await sentSince()).toEqual([0]);
});

test('DX-5: a run that fails says why', async () => {
  await start(() => ({ status: 500, body: 'broken' }));
  expect(await carrier.call('POST', '/clock', { run: true })).toMatchObject({
    status: 502,
    json: { status: 500, error: 'broken' },
  });
});

test('DX-5: a trigger whose declaration has changed is found under its new name', async () => {
  const asked = await start((path) =>
    path.endsWith('-1')
      ? { status: 200 }
      : {
          status: 404,
          body: 'Function us-central1-runDueWork-0 does not exist, valid functions are: us-central1-webhook, us-central1-runDueWork-1',
        },
  );
  expect(await carrier.call('POST', '/clock', { run: true })).toMatchObject({
    status: 200,
    json: { status: 200 },
  });
  expect(asked.map(({ path }) => path)).toEqual([PATH, PATH.replace(/0$/, '1')]);
});

test('DX-5: a run says so when there is no emulator', async () => {
  await start(() => ({ status: 200 }));
  await carrier.stop();
  carrier = await startTestCarrier({ dueWorkUrl: 'http://127.0.0.1:9/x-0' });
  const { status, json } = await carrier.call('POST', '/clock', { run: true });
  expect(status).toBe(502);
  expect(json).toMatchObject({ status: null, error: expect.any(String) as string });
});

test.each([
  {},
  { run: false },
  { run: true, jumpTo: '2030-01-01T00:00:00Z' },
  { jumpTo: 'tomorrow' },
  { jumpTo: '2030-01-01T00:00:00' },
])('DX-5: the clock refuses %j', async (body) => {
  const asked = await start(() => ({ status: 200 }));
  expect(await carrier.call('POST', '/clock', body)).toMatchObject({ status: 400, json: { code: 20001 } });
  expect(asked).toEqual([]);
});
