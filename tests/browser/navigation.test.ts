import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, signInAs } from '../support/console-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** What has the focus, going through shadow roots. */
function focusedTag(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element: Element | null = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.tagName ?? '';
  });
}

/** What the navigation holds when every capability has its entry. */
async function giveTwelve(page: Page): Promise<void> {
  await page.evaluate(() => {
    const entry = (label: string, bar = false, current = false) => ({
      href: `/${label.toLowerCase()}`,
      label,
      icon: 'inbox',
      current,
      bar,
      badge: label === 'Team' || label === 'Inbox' ? { count: 7, words: '7 need review' } : null,
    });
    const groups = [
      { label: 'Messages', items: [entry('Inbox', true, true), entry('Rooms', true), entry('Logs')] },
      { label: 'People', items: [entry('People', true), entry('Opt-outs'), entry('Events')] },
      { label: 'Reach', items: [entry('Campaigns', true), entry('Verification'), entry('Insights')] },
      { label: 'Manage', items: [entry('Team'), entry('Settings'), entry('Health')] },
    ];
    const shell = document.querySelector('app-shell')?.shadowRoot;
    // The shell gives them what there is today whenever it draws.
    for (const tag of ['nav-rail', 'nav-bar']) {
      const element = shell?.querySelector<HTMLElement & { requestUpdate(): void }>(tag);
      if (!element) throw new Error(`There is no ${tag}.`);
      Object.defineProperty(element, 'groups', { get: () => groups, set: () => undefined });
      element.requestUpdate();
    }
  });
}

test('a wide screen shows the entries of each subject under its heading', async () => {
  const { page, close } = await openConsole(browser);
  await signInAs(page, 'owner');
  const nav = page.getByRole('navigation', { name: 'Main' });
  for (const [group, entries] of [
    ['Messages', ['Inbox', 'Incoming', 'Outgoing']],
    ['People', ['People', 'Opt-outs']],
    ['Manage', ['Team', 'Settings', 'Audit', 'Health']],
  ] as const) {
    const links = nav.getByRole('list', { name: group }).getByRole('link');
    expect((await links.allInnerTexts()).map((text) => text.replace(/[\d,+].*/s, '').trim())).toEqual(
      entries,
    );
  }
  expect(await nav.locator('[aria-current="page"]').innerText()).toContain('Inbox');
  await close();
});

test('a viewer sees no entry of what they may not see', async () => {
  const { page, close } = await openConsole(browser);
  await signInAs(page, 'viewer');
  const manage = page.getByRole('navigation', { name: 'Main' }).getByRole('list', { name: 'Manage' });
  expect(await manage.getByRole('link').allInnerTexts()).toEqual(['Team', 'Settings', 'Health']);
  await close();
});

test.each(['light', 'dark'] as const)(
  'twelve entries have room in %s, and axe finds nothing',
  async (theme) => {
    const { page, close } = await openConsole(browser, { theme, height: 720 });
    await signInAs(page, 'owner');
    await giveTwelve(page);
    const nav = page.getByRole('navigation', { name: 'Main' });
    await nav.getByRole('link', { name: 'Campaigns' }).waitFor();
    expect(await nav.getByRole('link').count()).toBe(12);
    const rail = page.locator('nav-rail');
    expect(await rail.evaluate((element) => element.scrollHeight - element.clientHeight)).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    await close();
  },
);

test('on a phone four entries stand in the bar, the others under More, by keyboard as well', async () => {
  const { page, close } = await openConsole(browser, { width: 375, height: 700 });
  await signInAs(page, 'owner');
  await giveTwelve(page);
  const nav = page.getByRole('navigation', { name: 'Main' });
  await nav.getByRole('link', { name: 'Campaigns' }).waitFor();
  expect((await nav.getByRole('link').allInnerTexts()).map((text) => text.split('\n')[0])).toEqual([
    'Inbox',
    'Rooms',
    'People',
    'Campaigns',
  ]);
  const more = nav.getByRole('button', { name: /More.*7 need review/ });
  // The page takes the focus when it arrives.
  await expect.poll(() => focusedTag(page)).toBe('H1');
  await more.press('Enter');
  await page.getByRole('dialog', { name: 'Menu' }).waitFor();
  // Its links are slotted, so that they lie in the element and not in the dialog.
  const sheet = page.locator('nav-bar modal-dialog[open]');
  await sheet.getByRole('link', { name: 'Insights' }).waitFor();
  expect(await sheet.getByRole('list', { name: 'Reach' }).getByRole('link').allInnerTexts()).toEqual([
    'Verification',
    'Insights',
  ]);
  expect(await sheet.getByRole('link', { name: 'New message' }).count()).toBe(1);
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  expect(await more.evaluate((element) => element.matches(':focus'))).toBe(true);
  await close();
});

test('an address of a tab or of an entry opens it, and leaves the entry in the navigation marked', async () => {
  const { page, close } = await openConsole(browser);
  await signInAs(page, 'owner', '/team/sessions');
  const nav = page.getByRole('navigation', { name: 'Main' });
  await page.getByRole('link', { name: "Everybody's" }).waitFor();
  expect(await nav.locator('[aria-current="page"]').innerText()).toContain('Team');
  await page.goto('/settings/error-codes/');
  await page.getByRole('table', { name: 'Error codes' }).waitFor();
  await page.goto('/settings/nothing');
  await page.getByText('There is no such settings page.').waitFor();
  await page.goto('/health/nothing');
  await page
    .getByText('There is no page at this address.')
    .or(page.getByRole('heading', { name: 'Not found' }))
    .first()
    .waitFor();
  await close();
});
