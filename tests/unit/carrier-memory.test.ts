import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MessageStore } from '../carrier/message-store.ts';
import { newMessage } from '../carrier/new-message.ts';
import { readSettings } from '../carrier/settings.ts';
import { SENDER, sdkFor, startTestCarrier, startWebhook } from '../support/test-carrier.ts';

const HANDSET = '+12025550101';

let folder: string;
let memoryFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrier-'));
  memoryFile = join(folder, 'memory.json');
});

afterEach(() => rm(folder, { recursive: true }));

describe('DX-1: the carrier keeps its memory between runs if asked', () => {
  test('DX-1: messages, opt-outs and what is on its way come back, from a file that only its owner can read', async () => {
    const webhook = await startWebhook();
    const first = await startTestCarrier({ memoryFile });
    const { sid: arrived } = await first.sdk.messages.create({ to: HANDSET, from: SENDER, body: 'Arrived' });
    await first.carrier.pending.idle();
    first.carrier.store.setOptedOut('+12025550102', true);
    first.carrier.dials.replace({ delayMs: 60_000 });
    const { sid: coming } = await first.sdk.messages.create({
      to: HANDSET,
      from: SENDER,
      body: 'On its way',
      statusCallback: `${webhook.url}/status`,
    });
    await first.stop();
    expect((await stat(memoryFile)).mode & 0o777).toBe(0o600);

    const second = await startTestCarrier({ memoryFile });
    await expect.poll(() => second.carrier.store.get(coming)?.status).toBe('delivered');
    await second.carrier.pending.idle();
    expect(second.carrier.store.get(arrived)).toMatchObject({ body: 'Arrived', status: 'delivered' });
    expect(second.carrier.store.isOptedOut('+12025550102')).toBe(true);
    expect(webhook.statuses(coming)).toEqual(['sent', 'delivered']);
    await second.stop();
    await webhook.stop();
  });

  test.each([
    ['something else', '{"hello":1}'],
    ['half a file', '{"version":1,'],
  ])('DX-1: refuses a memory file with %s, and does not overwrite it', async (_name, content) => {
    await writeFile(memoryFile, content);
    await expect(startTestCarrier({ memoryFile })).rejects.toThrow();
    expect(await readFile(memoryFile, 'utf8')).toBe(content);
  });
});

test('DX-3: the carrier’s process says when it is ready, and writes its memory on SIGTERM', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../carrier/main.ts')], {
    env: { PATH: process.env['PATH'], PARLEY_PORT_CARRIER: '0', PARLEY_CARRIER_MEMORY: memoryFile },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${String(code)}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /ready at (\S+)/.exec(chunk.toString());
      if (found?.[1]) resolve(found[1]);
    });
  });
  await sdkFor(url).messages.create({ to: HANDSET, from: SENDER, body: 'Hi' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(JSON.parse(await readFile(memoryFile, 'utf8'))).toMatchObject({
    version: 1,
    messages: [{ body: 'Hi' }],
  });
});

test('DX-3: forgets the oldest messages beyond its limit, but no opt-out', () => {
  const at = new Date('2026-01-01T00:00:00Z');
  const store = new MessageStore(() => at, 2);
  store.setOptedOut('+12025550101', true);
  for (const to of ['+12025550101', '+12025550102', '+12025550103']) {
    store.add(newMessage({ direction: 'outbound-api', from: SENDER, to, body: 'Hi' }, at));
  }
  expect(store.all().map(({ to }) => to)).toEqual(['+12025550102', '+12025550103']);
  expect(store.handsets()).toEqual(['+12025550102', '+12025550103']);
  expect(store.isOptedOut('+12025550101')).toBe(true);
});

describe('DX-3: settings', () => {
  test('DX-3: the carrier’s default settings are those of Parley', () => {
    expect(readSettings({})).toEqual({
      port: 5010,
      accountSid: 'AC00000000000000000000000000000001',
      authToken: 'parley-local-auth-token',
      fromNumber: '+15005550006',
      messagingServiceSid: null,
      webhookUrl: 'http://127.0.0.1:5001/demo-parley/us-central1/webhook',
      webhookTimeoutMs: 15_000,
      dueWorkUrl: 'http://127.0.0.1:5001/functions/projects/demo-parley/triggers/us-central1-runDueWork-0',
      dueWorkEverySeconds: 0,
      phoneBook: [],
      memoryFile: null,
    });
  });

  test.each([
    ['PARLEY_PORT_CARRIER', 'ninety'],
    ['PARLEY_PORT_CARRIER', '70000'],
    ['TWILIO_ACCOUNT_SID', 'AC1'],
    ['TWILIO_FROM_NUMBER', '5005550006'],
    ['WEBHOOK_URL', 'ftp://example.com'],
    ['WEBHOOK_URL', 'webhook'],
  ])('DX-6: refuses the setting %s=%s by name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(name);
  });
});
