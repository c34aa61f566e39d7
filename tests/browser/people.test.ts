import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, signInAs } from '../support/console-page.ts';

/** No other test uses it. */
const NUMBER = '(202) 555-0184';
const OPTED_OUT = 'Marcus Webb';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** A name of letters alone: long digits in a name would be taken for a phone number. */
function freshName(): string {
  const letters = randomBytes(5)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
  return `Zz${letters}`;
}

/** What has the focus, going through shadow roots: its name or its text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element: Element | null = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
  });
}

describe('People', () => {
  test('PPL-1, PRIV-1: by keyboard alone, a person is added after a wrong and a taken number, edited and deactivated', async () => {
    const { page, errors, close } = await openConsole(browser);
    const name = freshName();
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await signInAs(page, 'operator', '/people');
    await page.getByRole('row').nth(1).waitFor();

    await page.getByRole('button', { name: 'Add person' }).press('Enter');
    const number = page.getByLabel('Phone number');
    await number.fill('202 555 01AB');
    await number.press('Enter');
    await page.getByText('This number holds letters. Write its digits instead.').waitFor();
    await number.fill('+1 202 555 0101');
    await number.press('Enter');
    await page.getByText('Someone already has this number.').waitFor();
    await page.getByRole('link', { name: 'View Amara Okafor' }).waitFor();
    expect(await number.evaluate((input) => input.matches(':focus'))).toBe(true);

    await number.fill(NUMBER);
    await page.getByLabel('First name').fill(name);
    await page.getByRole('combobox', { name: 'Tags' }).fill('from the test');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove from the test' }).waitFor();
    await page.getByLabel('Last name').press('Enter');

    const panel = page.locator('side-panel');
    await panel.getByRole('heading', { name }).waitFor();
    await panel.getByText('+1 ••• ••• 0184').waitFor();
    await panel.getByRole('link', { name: 'from the test' }).waitFor();
    expect(await panel.getByRole('button', { name: 'Reveal number' }).count()).toBe(0);

    await panel.getByRole('button', { name: 'Edit' }).press('Enter');
    await page.getByLabel('Last name').fill('Call 202 555 0143');
    await page.keyboard.press('Enter');
    await page.getByText('This contains a phone number.').waitFor();
    await page.getByLabel('Last name').fill('Tester');
    await page.keyboard.press('Enter');
    await panel.getByRole('heading', { name: `${name} Tester` }).waitFor();

    await panel.getByRole('button', { name: 'Deactivate' }).press('Enter');
    await page.getByRole('heading', { name: `Deactivate ${name} Tester?` }).waitFor();
    await page.locator('confirm-dialog[open]').getByRole('button', { name: 'Deactivate' }).press('Enter');
    await panel.getByRole('button', { name: 'Activate', exact: true }).waitFor();
    expect(await focused(page)).toBe('Activate');
    await page.keyboard.press('Escape');
    await panel.getByRole('heading', { name }).waitFor({ state: 'detached' });
    expect(await focused(page)).toBe(`${name} Tester`);

    expect(addresses.filter((address) => /0184|0143|0101/.test(decodeURIComponent(address)))).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });

  test('PPL-2, PRIV-1: one field searches by name, last four digits and whole number; only names become part of the address', async () => {
    const { page, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/people');
    const search = page.getByRole('searchbox');
    const rows = page.getByRole('row');
    await rows.nth(1).waitFor();

    await search.fill('amar');
    await rows.filter({ hasText: 'Amara Okafor' }).waitFor();
    await expect.poll(() => rows.count()).toBe(2);
    expect(new URL(page.url()).search).toBe('?q=amar');

    for (const text of ['0103', '+1 202 555 0103']) {
      await search.fill(text);
      await rows.filter({ hasText: 'Chloé Dubois-Martin' }).waitFor();
      await expect.poll(() => rows.count()).toBe(2);
      expect(new URL(page.url()).search).toBe('');
    }
    await search.fill('+1 202 555 0189');
    await page.getByRole('heading', { name: 'Nobody has this number' }).waitFor();
    await search.fill('');
    await page.getByLabel('Status').selectOption('inactive');
    await page.waitForURL('**/people?status=inactive');
    await expect.poll(() => rows.filter({ hasText: 'Can be texted' }).count()).toBe(0);
    await close();
  });

  test('SUPP-1, OP-6: a viewer sees why a person cannot be texted, and no way to change the person', async () => {
    const { page, close } = await openConsole(browser);
    await signInAs(page, 'viewer', '/people');
    await page.getByRole('row').filter({ hasText: OPTED_OUT }).getByText('Opted out').waitFor();
    await page.getByRole('link', { name: OPTED_OUT }).click();
    const panel = page.locator('side-panel');
    await panel.getByText('They asked not to be texted, until they text START').waitFor();
    for (const name of ['Edit', 'Deactivate', 'Write', 'Reveal number', 'Add person']) {
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    }
    expect(await page.getByRole('link', { name: 'Write' }).count()).toBe(0);
    await close();
  });

  test('PRIV-3, PRIV-5: revealing a number needs a reason, and the audit log says so in plain words', async () => {
    const { page, close } = await openConsole(browser);
    const reason = `Call back, ${freshName()}`;
    await signInAs(page, 'owner', '/people');
    await page.getByRole('link', { name: 'Amara Okafor' }).click();
    const panel = page.locator('person-panel');
    await panel.getByRole('button', { name: 'Reveal number' }).click();
    await page.getByLabel('Reason').press('Enter');
    await page.getByText('Say why you need the number.').waitFor();
    await page.getByLabel('Reason').fill(reason);
    await page.keyboard.press('Enter');
    await panel.getByText('+1 202 555 0101').waitFor();
    await panel.getByRole('button', { name: 'Hide number' }).click();
    await panel.getByText('+1 ••• ••• 0101').waitFor();

    await page.goto('/audit?action=person.revealed');
    const sentence = 'Maya Lindqvist revealed the number of Amara Okafor';
    await page.getByRole('link', { name: sentence }).first().click();
    const entry = page.locator('side-panel');
    await entry.getByText(sentence).waitFor();
    await entry.getByRole('link', { name: 'Amara Okafor' }).waitFor();
    await entry.getByText('127.0.0.1').waitFor();
    await entry.getByText(reason).waitFor();
    expect(await entry.getByText('0101').count()).toBe(0);
    await close();
  });

  test('PRIV-3: a viewer is offered a search by name alone, and the server is asked for no number', async () => {
    const { page, close } = await openConsole(browser);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/search')) asked.push(request.postData() ?? '');
    });
    for (const path of ['/people', '/opt-outs']) {
      if (path === '/people') await signInAs(page, 'viewer', path);
      else await page.goto(path);
      const search = page.getByRole('searchbox');
      expect(await search.getAttribute('placeholder')).toBe('Name');
      for (const text of ['0103', '+1 202 555 0103', '2025550103']) {
        await search.fill(text);
        await page.getByRole('heading', { name: 'Search by name instead' }).waitFor();
        await search.fill('');
        await page.getByRole('row').nth(1).waitFor();
      }
    }
    expect(asked).toEqual([]);
    await close();
  });

  test('PRIV-3: an operator who has looked up too many numbers sees when to try again', async () => {
    const { page, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/people');
    const limited = {
      error: 'Too Many Requests',
      errorCode: 'LOOKUP_LIMITED',
      message: 'You have looked up as many phone numbers as one operator may for now. Try again later.',
      details: { retryAfterSeconds: 200 },
      timestamp: '2026-03-02T14:00:00.000Z',
      requestId: 'request-1',
    };
    for (const [path, route] of [
      ['/people', '**/api/v1/people/search'],
      ['/opt-outs', '**/api/v1/suppressions/search'],
    ] as const) {
      await page.route(route, (each) => each.fulfill({ status: 429, json: limited }));
      await page.goto(path);
      await page.getByRole('searchbox').fill('+1 202 555 0103');
      await page.getByText('Try again in 4 minutes.').waitFor();
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    }
    await close();
  });

  test('PPL-2: Back undoes one filter or one search at a time', async () => {
    const { page, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/people');
    const search = page.getByRole('searchbox');
    await page.getByLabel('Status').selectOption('active');
    await page.waitForURL('**/people?status=active');
    await search.fill('a');
    await page.waitForURL('**/people?status=active&q=a');
    await search.fill('amar');
    await page.waitForURL('**/people?status=active&q=amar');
    await page.getByLabel('Status').selectOption('inactive');
    await page.waitForURL('**/people?status=inactive');
    await page.goBack();
    await page.waitForURL('**/people?status=active&q=amar');
    expect(await search.inputValue()).toBe('amar');
    await page.goBack();
    await page.waitForURL('**/people?status=active');
    expect(await search.inputValue()).toBe('');
    expect(await page.getByLabel('Status').inputValue()).toBe('active');
    await page.goBack();
    await page.waitForURL('**/people');

    await search.fill('0103');
    const rows = page.getByRole('row');
    await rows.filter({ hasText: 'Chloé Dubois-Martin' }).waitFor();
    await expect.poll(() => rows.count()).toBe(2);
    await page.goBack();
    await expect.poll(() => search.inputValue()).toBe('');
    await expect.poll(() => rows.count()).toBeGreaterThan(2);
    expect(new URL(page.url()).pathname).toBe('/people');
    await page.goForward();
    await expect.poll(() => search.inputValue()).toBe('0103');
    await close();
  });

  test('PPL-2: what an input method is still composing is not searched for', async () => {
    const { page, context, close } = await openConsole(browser);
    await page.clock.install();
    await signInAs(page, 'operator', '/people');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/people/search')) asked.push(request.postData() ?? '');
    });
    const input = await context.newCDPSession(page);
    await page.getByRole('searchbox').focus();
    await input.send('Input.imeSetComposition', { text: 'く', selectionStart: 1, selectionEnd: 1 });
    await input.send('Input.imeSetComposition', { text: 'くろ', selectionStart: 2, selectionEnd: 2 });
    await page.clock.runFor(2000);
    expect(asked).toEqual([]);
    await input.send('Input.insertText', { text: '黒田' });
    await expect.poll(() => asked).toEqual(['{"name":"黒田","limit":50}']);
    await close();
  });
});
