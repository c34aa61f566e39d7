import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../functions/src/contract/people.ts';
import { axeViolations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, signInAs, type ConsoleOptions, type ConsolePage } from '../support/console-page.ts';
import { pollUntil } from '../support/poll-until.ts';

const COUNT = 10_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const at = '2026-11-25T10:00:00.000Z';

function person(index: number): Person {
  const lastName = String(index).padStart(5, '0');
  return {
    id: `u_${lastName}`,
    label: `Person ${lastName}`,
    maskedPhone: '+1 ••• ••• 0100',
    firstName: 'Person',
    lastName,
    // Rows differ in height.
    tags: index % 3 === 0 ? ['choir', 'newsletter'] : [],
    customFields: {},
    timeZone: null,
    language: null,
    notes: '',
    consent: null,
    status: 'active',
    untextable: null,
    createdAt: at,
    updatedAt: at,
  };
}

/** The page of people, with as many as nobody has. */
async function openList(options: ConsoleOptions = {}): Promise<ConsolePage> {
  const opened = await openConsole(browser, options);
  const items = Array.from({ length: COUNT }, (_, index) => person(index));
  await opened.page.route(/\/api\/v1\/people(?:\?|$)/, (route) =>
    route.fulfill({ json: { items, nextCursor: null } }),
  );
  await opened.page.route(/\/api\/v1\/people\/u_\d{5}$/, (route) =>
    route.fulfill({ json: person(Number(route.request().url().slice(-5))) }),
  );
  await signInAs(opened.page, 'owner', '/people');
  await opened.page.getByRole('link', { name: 'Person 00000' }).waitFor();
  return opened;
}

/** How many elements the table has, and which row is the first in sight. */
async function look(page: Page): Promise<{ elements: number; rows: number; first: number; focused: number }> {
  return page.locator('data-table').evaluate((element) => {
    const root = element.shadowRoot ?? element;
    const rows = [...root.querySelectorAll<HTMLElement>('tr[data-id]')];
    const seen = rows.find((row) => row.getBoundingClientRect().top >= 0);
    const focused = root.querySelector<HTMLElement>('tr:has(a:focus)');
    return {
      elements: root.querySelectorAll('*').length,
      rows: rows.length,
      first: Number(seen?.dataset['index'] ?? -1),
      focused: Number(focused?.dataset['index'] ?? -1),
    };
  });
}

async function scrollTo(page: Page, y: number): Promise<void> {
  const before = (await look(page)).first;
  await page.evaluate((to) => {
    window.scrollTo(0, to);
  }, y);
  const others = async (): Promise<boolean> => {
    const { first } = await look(page);
    return first >= 0 && first !== before;
  };
  await pollUntil(others, { within: 5000, what: 'other rows' });
}

describe.each([
  ['on a wide screen', { width: 1280, height: 800 }],
  ['as cards on a phone', { width: 375, height: 700 }],
] as const)('a list of 10,000 people %s', (_where, options) => {
  test('LOG-4: has few rows in the page, wherever one scrolls', { timeout: 60_000 }, async () => {
    const { page, errors, close } = await openList(options);
    const passed: number[] = [];
    for (const y of [0, 3000, 20_000, 60_000, 100_000]) {
      if (y > 0) await scrollTo(page, y);
      const { elements, rows, first } = await look(page);
      expect(rows).toBeLessThan(80);
      expect(elements).toBeLessThan(1200);
      passed.push(first);
    }
    expect(passed).toEqual([...passed].sort((a, b) => a - b));
    await page.evaluate(() => {
      window.scrollTo(0, document.documentElement.scrollHeight);
    });
    await page.getByRole('link', { name: 'Person 09999' }).waitFor();
    expect(errors).toEqual([]);
    await close();
  });
});

test('a list of 10,000 people says to a screen reader where one is, and axe finds nothing', async () => {
  const { page, close } = await openList();
  await scrollTo(page, 100_000);
  const table = page.getByRole('table', { name: 'People' });
  expect(await table.getAttribute('aria-rowcount')).toBe('10001');
  const { first } = await look(page);
  const row = page.locator(`tr[data-index="${String(first)}"]`);
  expect(await row.getAttribute('aria-rowindex')).toBe(String(first + 2));
  expect(await axeViolations(page)).toEqual([]);
  await close();
});

test('LOG-1: keys go on from the row that has focus, also when it has left the screen', async () => {
  const { page, close } = await openList();
  await scrollTo(page, 100_000);
  const { first } = await look(page);
  await page.locator(`tr[data-index="${String(first + 2)}"] a`).focus();
  for (let presses = 0; presses < 60; presses += 1) await page.keyboard.press('j');
  await pollUntil(async () => (await look(page)).focused === first + 62, { within: 5000, what: 'row 62' });
  await scrollTo(page, 0);
  expect((await look(page)).focused).toBe(first + 62);
  await page.keyboard.press('k');
  await pollUntil(async () => (await look(page)).focused === first + 61, { within: 5000, what: 'row 61' });
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/people\/u_/);
  await page.keyboard.press('Escape');
  await pollUntil(async () => (await look(page)).focused === first + 61, { within: 5000, what: 'its focus' });
  await close();
});

test('LOG-4: a step back leads to the row where the list was left', async () => {
  const { page, close } = await openList();
  await scrollTo(page, 123_456);
  const { first } = await look(page);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Health' }).click();
  await page.getByRole('heading', { name: 'Health' }).waitFor();
  await page.goBack();
  await page.getByRole('table', { name: 'People' }).waitFor();
  await pollUntil(async () => (await look(page)).first === first, { within: 5000, what: 'the row' });
  await close();
});

test('nothing moves while one scrolls, and all rows are there to be printed', async () => {
  const { page, close } = await openList();
  await page.evaluate(() => {
    const { dataset } = document.documentElement;
    dataset['shift'] = '0';
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ('value' in entry) dataset['shift'] = String(Number(dataset['shift']) + Number(entry.value));
    }).observe({ type: 'layout-shift' });
  });
  await page.mouse.move(600, 400);
  for (let turns = 0; turns < 40; turns += 1) await page.mouse.wheel(0, 400);
  await pollUntil(async () => (await look(page)).first > 300, { within: 5000, what: 'row 300' });
  const shift = await page.evaluate(() => Number(document.documentElement.dataset['shift']));
  expect(shift).toBeLessThan(0.01);
  await page.evaluate(() => {
    window.dispatchEvent(new Event('beforeprint'));
  });
  await pollUntil(async () => (await look(page)).rows === COUNT, { within: 10_000, what: 'all rows' });
  await page.evaluate(() => {
    window.dispatchEvent(new Event('afterprint'));
  });
  await pollUntil(async () => (await look(page)).rows < 80, { within: 10_000, what: 'few rows' });
  await close();
});
