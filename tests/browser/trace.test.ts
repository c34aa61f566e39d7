import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { idOf, openConsole, signInAs, textFromHandset } from '../support/console-page.ts';

/** A demo person who may be texted. */
const HANDSET = '+12025550103';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** What happened, step by step. */
function stepsOf(page: Page): Promise<string[]> {
  const marks = page.locator('message-trace').getByRole('listitem').locator('status-mark');
  return marks.evaluateAll((all) => all.map((mark) => mark.shadowRoot?.textContent.trim() ?? ''));
}

test('CONV-5: one timeline from the incoming message to the last report on its reply, from either of the two', async () => {
  const { page, errors, close } = await openConsole(browser);
  await signInAs(page, 'viewer', '/incoming');
  const sid = await textFromHandset(HANDSET, 'Trace me');
  await page.goto(`/incoming/${sid}`);
  const trace = page.locator('message-trace');
  await trace.getByText('Delivered').waitFor({ timeout: 30_000 });
  expect(await stepsOf(page)).toEqual(['Received', 'Sending', 'Sent', 'Delivered']);
  expect(await trace.getByText(/^↓/).count()).toBe(3);
  await trace.getByText(/in all$/).waitFor();
  await trace.getByText('Given to the carrier in answer to a text.', { exact: false }).waitFor();

  await page.goto(`/outgoing/r_${sid}`);
  await trace.getByText('Received').waitFor();
  expect(await stepsOf(page)).toEqual(['Received', 'Sending', 'Sent', 'Delivered']);
  await trace.getByRole('link', { name: 'View message' }).click();
  await page.waitForURL(`**/incoming/${sid}`);
  expect(errors).toEqual([]);
  await close();
});

test('CONV-5: the timeline of a sent message shows the worker and the carrier between acceptance and reports', async () => {
  const { page, context, errors, close } = await openConsole(browser);
  await signInAs(page, 'operator', '/outgoing');
  const sent = await context.request.post('/api/v1/messages', {
    data: { userId: await idOf(page, 'Amara'), body: 'Trace me too' },
    headers: { 'idempotency-key': `trace-${String(Date.now())}` },
  });
  const { messageId } = (await sent.json()) as { messageId: string };
  await page.goto(`/outgoing/${messageId}`);
  const trace = page.locator('message-trace');
  await trace.getByText('Delivered').waitFor({ timeout: 30_000 });
  expect(await stepsOf(page)).toEqual(['Queued', 'Sending', 'Accepted', 'Sent', 'Delivered']);
  await trace.getByText('By Parley · Attempt 1.').waitFor();
  expect(await trace.getByText(/^↓/).count()).toBe(4);
  expect(errors).toEqual([]);
  await close();
});
