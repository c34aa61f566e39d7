import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  SENDER,
  startTestCarrier,
  startWebhook,
  twiml,
  type TestCarrier,
  type TestWebhook,
} from '../support/test-carrier.ts';

const AMARA = '+12025550101';
const phoneBook = [
  { number: AMARA, name: 'Amara Okafor' },
  { number: '+12025550102', name: '' },
  { number: '+12025550103', name: 'Chloé Dubois-Martin' },
  { number: '+12025550104', name: 'Daniel Kim' },
];

let browser: Browser;
let axe: string;
let webhook: TestWebhook;
let carrier: TestCarrier;
let page: Page;
let noise: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});

afterAll(() => browser.close());

beforeEach(async () => {
  webhook = await startWebhook(() => twiml('<Message>Got it</Message>'));
  carrier = await startTestCarrier({ webhookUrl: webhook.url, phoneBook });
});

afterEach(async () => {
  await page.context().close();
  await carrier.stop();
  await webhook.stop();
  expect(noise).toEqual([]);
});

async function open(options: BrowserContextOptions = {}, fragment = ''): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  page = await context.newPage();
  noise = [];
  page.on('console', (message) => message.type() === 'error' && noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  await page.goto(`${carrier.url}/${fragment}`);
  await page.getByText('Live', { exact: true }).waitFor();
}

interface Found {
  violations: { id: string; nodes: { target: string[] }[] }[];
}

/** What axe finds, by rule and place; it is run by the debugger, which the page's policy does not bind. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate<Found>('axe.run()');
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

test('DX-4: a person texts and sees the answer arrive, by keyboard alone', async () => {
  await open();
  await page.getByRole('link', { name: 'Skip to the phones' }).focus();
  await page.keyboard.press('Enter');
  const input = page.getByRole('textbox', { name: 'Text from Amara Okafor' });
  for (
    let step = 0;
    step < 10 && !(await input.evaluate((element) => element === document.activeElement));
    step += 1
  ) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type('Hello');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('there');
  await page.keyboard.press('Enter');

  const phone = page.getByRole('region', { name: 'Amara Okafor +1 202 555 0101', exact: true });
  await phone.locator('[data-direction=received][data-status=delivered]', { hasText: 'Got it' }).waitFor();
  expect(await phone.locator('.bubble').allTextContents()).toEqual(['Hello\nthere', 'Got it']);
  expect(webhook.calls[0]?.fields).toMatchObject({ From: AMARA, Body: 'Hello\nthere' });
  expect(await page.getByRole('status').textContent()).toContain('Amara Okafor got: Got it');
  expect(await input.inputValue()).toBe('');
});

/** Sends the composer a key as the browser does while an input method is at work, or just after. */
async function pressComposing(key: { isComposing: boolean; keyCode: number }): Promise<void> {
  await page
    .getByRole('textbox', { name: 'Text from Amara Okafor' })
    .evaluate((input, { isComposing, keyCode }) => {
      const event = new KeyboardEvent('keydown', { key: 'Enter', isComposing, keyCode, bubbles: true });
      input.dispatchEvent(event);
    }, key);
}

test('DX-4: Enter that ends the composition of an input method sends nothing', async () => {
  await open({}, `#${AMARA}`);
  const input = page.getByRole('textbox', { name: 'Text from Amara Okafor' });
  await input.fill('にほん');
  await pressComposing({ isComposing: true, keyCode: 13 });
  // Safari ends the composition before the key.
  await pressComposing({ isComposing: false, keyCode: 229 });
  expect(await input.inputValue()).toBe('にほん');
  await input.fill('日本');
  await input.press('Enter');
  await page.getByText('Got it', { exact: true }).waitFor();
  expect(webhook.calls.filter(({ path }) => path === '/inbound').map(({ fields }) => fields['Body'])).toEqual(
    ['日本'],
  );
});

test.each([
  ['en-US', 'Nov 20, 1:05 PM', 'Nov 20, 2025, 1:05:09 PM'],
  ['en-GB', '20 Nov, 13:05', '20 Nov 2025, 13:05:09'],
  ['de-DE', '20. Nov., 13:05', '20.11.2025, 13:05:09'],
])('DX-4: writes dates and times as in the language of the browser: %s', async (locale, short, long) => {
  const at = '2025-11-20T12:05:09.000Z';
  const [sid, body, status] = [`SM${'1'.repeat(32)}`, 'Earlier', 'received'];
  const past = { sid, handset: AMARA, direction: 'inbound', body, media: [], status, errorCode: null };
  await carrier.call('POST', '/past', { messages: [{ ...past, createdAt: at, updatedAt: at }] });
  await open({ locale, timezoneId: 'Europe/Berlin' }, `#${AMARA}`);
  const time = page.getByRole('region', { name: /^Amara/ }).locator('time');
  await time.waitFor();
  const plain = (text: string | null) => text?.replaceAll(/\s/g, ' ');
  expect(plain(await time.textContent())).toBe(short);
  expect(plain(await time.getAttribute('title'))).toBe(long);
});

test('DX-4: messages change live, and those of hidden phones are counted', async () => {
  await open();
  carrier.carrier.dials.replace({ delayMs: 0, deliveryFailure: { code: 30003, count: 1 } });
  await carrier.sdk.messages.create({ to: AMARA, from: SENDER, body: 'Lost' });
  await page.getByText('Not delivered: Unreachable destination handset (30003)').waitFor();
  await carrier.sdk.messages.create({ to: '+12025550104', from: SENDER, body: 'Hi Daniel' });
  await page.getByRole('button', { name: 'Daniel Kim +1 202 555 0104 1 new' }).click();
  await page.getByText('Hi Daniel').waitFor();
  expect(await page.evaluate(() => location.hash)).toBe(
    '#+12025550101,+12025550102,+12025550103,+12025550104',
  );
});

test('DX-4: shows opt-outs and messages that Parley did not receive, and keeps what was typed when it is refused', async () => {
  await open({}, `#${AMARA}`);
  await page.getByRole('button', { name: 'STOP' }).click();
  await page.getByText('Opted out', { exact: true }).waitFor();
  await webhook.stop();
  const input = page.getByRole('textbox', { name: 'Text from Amara Okafor' });
  await input.fill('Anybody?');
  await input.press('Enter');
  await page.getByText('Parley did not receive it: HTTP connection failure (11205)').waitFor();
  await input.fill('a'.repeat(1601));
  await input.press('Enter');
  await page.getByText('The concatenated message body exceeds the 1600 character limit').waitFor();
  expect(await input.inputValue()).toHaveLength(1601);
  noise = noise.filter((line) => !line.includes('400 (Bad Request)'));
});

test('DX-4: phones are added by number and hidden, also after a reload', async () => {
  await open({}, `#${AMARA}`);
  await page.getByRole('button', { name: 'Add phone' }).click();
  const number = page.getByRole('textbox', { name: 'Or any number' });
  await number.fill('12');
  await number.press('Enter');
  await page.getByText('Enter a number with its country code').waitFor();
  await number.fill('(202) 555-0199');
  await number.press('Enter');
  await page.getByRole('button', { name: 'Hide Amara Okafor' }).click();
  await page.reload();
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await page.locator('.phone h2').allInnerTexts()).toEqual(['+1 202 555 0199']);
  await page.getByRole('button', { name: 'Hide +1 202 555 0199' }).click();
  await page.getByText('No phones here.').waitFor();
});

test('DX-3: trouble is set on the page, for all phones or one, and counted', async () => {
  await open();
  await page.getByRole('button', { name: 'Trouble' }).click();
  await page.getByLabel('The carrier answers').selectOption('429 Too many requests');
  await page.getByRole('button', { name: 'Trouble 1 on' }).waitFor();
  await page.getByLabel('Times').first().fill('3');
  await page.getByLabel('Times').first().press('Enter');
  await expect
    .poll(() => carrier.carrier.dials.all.failNextWith)
    .toEqual({ status: 429, code: 20429, count: 3 });

  await page.getByLabel('For', { exact: true }).selectOption('Amara Okafor · +1 202 555 0101');
  await page.getByLabel('Delivery').selectOption('Not delivered: filtered (30007)');
  await expect
    .poll(() => carrier.carrier.dials.all.handsets[AMARA]?.deliveryFailure)
    .toEqual({ status: 'undelivered', code: 30007, count: null });
  expect(carrier.carrier.dials.all.deliveryFailure).toBeNull();
  await page.getByRole('button', { name: 'Trouble 2 on' }).waitFor();
  await page.getByRole('button', { name: 'Reset everything' }).click();
  await page.getByRole('button', { name: 'Trouble', exact: true }).waitFor();
  expect(carrier.carrier.dials.all).toMatchObject({ failNextWith: null, handsets: {} });

  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('open-dials');
});

test('DX-5: due work is run on the page, now or as of another time', async () => {
  await open({ timezoneId: 'America/New_York' });
  await page.getByRole('button', { name: 'Clock' }).click();
  await page.getByText('Time zone America/New_York').waitFor();
  await page.getByLabel('Run as if it were').fill('2030-01-01T09:30:00');
  await page.getByRole('button', { name: 'Jump' }).click();
  await page.getByText(/Did not run:/).waitFor();
  expect(carrier.carrier.dueWork.runs[0]).toMatchObject({ jump: true, asOf: '2030-01-01T14:30:00.000Z' });
  noise = noise.filter((line) => !line.includes('502 (Bad Gateway)'));
});

test('DX-5: the clock says how many messages were sent since a run', async () => {
  const emulator = await startWebhook(() => ({ status: 200 }));
  await carrier.stop();
  carrier = await startTestCarrier({ phoneBook, dueWorkUrl: `${emulator.url}/inbound-0` });
  await open();
  await page.getByRole('button', { name: 'Clock' }).click();
  await page.getByRole('button', { name: 'Run due work now' }).click();
  await page.getByText('Done. No message sent since.').waitFor();
  await carrier.sdk.messages.create({ to: AMARA, from: SENDER, body: 'Due' });
  await page.getByText('Done. 1 message sent since.').waitFor();
  await emulator.stop();
});

test('DX-4: the page says that the carrier is gone, and catches up when it is back', async () => {
  await open({}, `#${AMARA}`);
  const { port } = new URL(carrier.url);
  const input = page.getByRole('textbox', { name: 'Text from Amara Okafor' });
  await input.fill('Still here');
  await carrier.stop();
  await page.getByText('Connection lost').waitFor();
  carrier = await startTestCarrier({ webhookUrl: webhook.url, phoneBook, port: Number(port) });
  await carrier.sdk.messages.create({ to: AMARA, from: SENDER, body: 'Meanwhile' });
  await page.getByText('Meanwhile').waitFor();
  expect(await input.inputValue()).toBe('Still here');
  noise = noise.filter((line) => !line.includes('ERR_'));
});

describe('DX-4: axe finds nothing, and nothing is wider than the window', () => {
  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 320],
    ['dark', 320],
  ] as const)('DX-4: %s, %i px wide', async (colorScheme, width) => {
    await carrier.sdk.messages.create({ to: AMARA, from: SENDER, body: `A long word: ${'x'.repeat(200)}` });
    await carrier.carrier.pending.idle();
    carrier.carrier.store.setOptedOut('+12025550102', true);
    await open({ colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    expect(await violations()).toEqual([]);
    for (const name of ['Clock', 'Trouble', 'Add phone']) {
      await page.getByRole('button', { name }).click();
      expect(await violations()).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await page.keyboard.press('Escape');
    }
  });
});
