import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, signInAs } from '../support/console-page.ts';
import { stack } from '../support/stack.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Waits until nothing on the page says that it is still loading. */
async function settled(page: Page): Promise<void> {
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** Whether the page can be scrolled sideways, which nobody should have to do. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

const PAGES = [
  ['/inbox', 'Inbox'],
  ['/incoming', 'Incoming'],
  ['/outgoing', 'Outgoing'],
  ['/people', 'People'],
  ['/opt-outs', 'Opt-outs'],
  ['/opt-outs?kind=flagged', 'Opt-outs'],
  ['/opt-outs?kind=past', 'Opt-outs'],
  ['/settings', 'Settings'],
  ['/settings/error-codes', 'Settings'],
  ['/settings/error-codes?code=30004', 'Code 30004'],
  ['/settings/error-codes?q=63038', 'not listed'],
  ['/team', 'Team'],
  ['/audit', 'Audit'],
  ['/health', 'Health'],
  ['/compose', 'New message'],
  ['/nowhere', 'Not found'],
] as const;

describe.each(['light', 'dark'] as const)('the console in %s', (theme) => {
  test('axe finds nothing on any page', { timeout: 180_000 }, async () => {
    const { page, errors, close } = await openConsole(browser, { theme });
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await signInAs(page, 'owner');
    for (const [path, heading] of PAGES) {
      await page.goto(path);
      await page
        .getByRole('heading', { name: new RegExp(heading, 'i') })
        .first()
        .waitFor();
      await settled(page);
      expect({ path, found: await axeViolations(page) }).toEqual({ path, found: [] });
    }
    expect(errors).toEqual([]);
    await close();
  });

  test('axe finds nothing with a row open', async () => {
    const { page, close } = await openConsole(browser, { theme });
    await signInAs(page, 'owner', '/outgoing');
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page
      .locator('side-panel')
      .getByRole('heading', { name: /History|What happened|Timeline/ })
      .first()
      .waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await close();
  });

  test('DX-4: axe finds nothing on the handsets', async () => {
    const { page, close } = await openConsole(browser, { theme });
    await page.goto(stack().urls.carrier);
    await page.getByRole('heading', { name: 'Handsets' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await close();
  });
});

test.each([
  ['at 320 px', 320],
  ['at 1280 px and 200 %', 640],
])('no page scrolls sideways %s', { timeout: 120_000 }, async (_what, width) => {
  const { page, close } = await openConsole(browser, { width, height: 700 });
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').waitFor();
  expect(await overflow(page)).toBe(0);
  await signInAs(page, 'owner').catch(() => page.getByRole('heading', { level: 1 }).waitFor());
  for (const [path, heading] of PAGES) {
    await page.goto(path);
    await page
      .getByRole('heading', { name: new RegExp(heading, 'i') })
      .first()
      .waitFor();
    await settled(page);
    expect({ path, sideways: await overflow(page) }).toEqual({ path, sideways: 0 });
  }
  await close();
});
