import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, textsOfHandset } from '../support/console-page.ts';
import { pollUntil } from '../support/poll-until.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Tabs on until what has focus is called `name`, going through shadow roots. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = await page.evaluate(() => {
      let element: Element | null = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const labels =
        element && 'labels' in element
          ? Array.from((element as HTMLInputElement).labels ?? [], (label) => label.innerText)
          : [];
      return [
        element?.getAttribute('aria-label') ?? '',
        ...labels,
        element instanceof HTMLElement ? element.innerText : '',
      ]
        .join(' ')
        .trim();
    });
    if (name.test(focused)) return;
    seen.push(focused);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Nothing called ${String(name)} takes focus; seen: ${seen.join(' | ')}`);
}

test('OUT-1: sign in, pick a person, write, confirm and send, by keyboard alone', async () => {
  const { page, errors, close } = await openConsole(browser);
  const text = `By keyboard ${String(Date.now())}`;
  await page.goto('/compose');
  await page.getByLabel('E-mail').waitFor();
  await tabTo(page, /E-mail/);
  await page.keyboard.type('operator@example.com');
  await page.keyboard.press('Tab');
  await tabTo(page, /Password/);
  await page.keyboard.type('parley-demo-2026');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'To' }).waitFor();

  await tabTo(page, /^To/);
  await page.keyboard.type('Amara');
  await page.getByRole('option', { name: /Amara Okafor/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await tabTo(page, /^Message/);
  await page.keyboard.type(text);
  await tabTo(page, /Review and send/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, /^Send/);
  await page.keyboard.press('Enter');

  await pollUntil(async () => (await textsOfHandset('+12025550101')).some((each) => each.body === text), {
    within: 30_000,
    what: 'the text on the handset',
  });
  expect(errors).toEqual([]);
  await close();
});
