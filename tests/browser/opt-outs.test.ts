import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, signInAs } from '../support/console-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** What has the focus, going through shadow roots: its text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element: Element | null = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return (element?.getAttribute('heading') ?? element?.textContent ?? '').trim();
  });
}

/** As the API answers it. */
function request(sender: string, body: string, hour: number) {
  return {
    message: {
      id: `SM${sender}`,
      receivedAt: `2026-03-02T${String(hour)}:00:00.000Z`,
      userId: `u_${sender}`,
      sender,
      body,
      status: 'registered',
      responded: true,
      responseReason: 'acknowledged',
      responseId: null,
      keyword: 'revocation',
      segments: 1,
      media: [],
      irregularities: [],
    },
    optedOut: false,
  };
}

describe('opt-out requests', () => {
  test('IN-7: each shows who, when and the message; deciding moves the focus to the next one, and to the empty list', async () => {
    const { page, errors, close } = await openConsole(browser);
    const open = [
      request('Ada', 'please take me off', 10),
      request('Bo', 'stop writing to me', 11),
      request('Cleo', 'no more, thanks', 12),
    ];
    const decided: string[] = [];
    await page.route('**/api/v1/suppressions/flagged', (route) =>
      route.fulfill({ json: { items: open, nextCursor: null } }),
    );
    await page.route('**/api/v1/suppressions/flagged/*', async (route) => {
      decided.push(`${route.request().url().split('/').at(-1) ?? ''} ${route.request().postData() ?? ''}`);
      const conflict = {
        error: 'Conflict',
        errorCode: 'ALREADY_DECIDED',
        message: 'Someone has already decided on this message.',
        details: null,
        timestamp: '2026-03-02T14:00:00.000Z',
        requestId: 'request-1',
      };
      await (decided.length === 3
        ? route.fulfill({ status: 409, json: conflict })
        : route.fulfill({ status: 204 }));
    });
    await signInAs(page, 'operator', '/opt-outs?kind=flagged');
    const items = page.locator('flagged-list li');
    await expect.poll(() => items.locator('h2').allTextContents()).toEqual(['Ada', 'Bo', 'Cleo']);
    await items.nth(0).getByText('please take me off').waitFor();
    const confirm = page.locator('confirm-dialog[open]');

    await items.nth(0).getByRole('button', { name: 'Opt them out' }).click();
    await confirm.getByRole('heading', { name: 'Opt out Ada?' }).waitFor();
    await confirm.getByRole('button', { name: 'Opt them out' }).click();
    await page.locator('notice-stack').getByText('Ada is opted out.').waitFor();
    expect(await focused(page)).toBe('Bo');

    await items.nth(1).getByRole('button', { name: 'Not an opt-out' }).click();
    await confirm.getByRole('button', { name: 'Not an opt-out' }).click();
    await page.locator('notice-stack').getByText('Cleo can still be texted.').waitFor();
    expect(await focused(page)).toBe('Bo');

    await items.nth(0).getByRole('button', { name: 'Opt them out' }).click();
    await confirm.getByRole('button', { name: 'Opt them out' }).click();
    await page.locator('notice-stack').getByText('Someone has already decided on this message.').waitFor();
    await page.getByRole('heading', { name: 'Nothing needs review' }).waitFor();
    expect(await focused(page)).toBe('Nothing needs review');
    expect(decided).toEqual([
      'SMAda {"as":"opted_out"}',
      'SMCleo {"as":"dismissed"}',
      'SMBo {"as":"opted_out"}',
    ]);
    expect(errors).toEqual([]);
    await close();
  });

  test('OP-6: a viewer reads the requests and cannot decide', async () => {
    const { page, close } = await openConsole(browser);
    await signInAs(page, 'viewer', '/opt-outs?kind=flagged');
    await page.getByText('An operator decides.').waitFor();
    expect(await page.locator('flagged-list').getByRole('button').count()).toBe(0);
    await close();
  });
});

describe('opt-outs and suppressed numbers', () => {
  test('SUPP-3: an operator adds an opt-out by phone number, and an admin lifts it with a reason', async () => {
    const { page, errors, close } = await openConsole(browser);
    await signInAs(page, 'owner', '/opt-outs');
    await page.getByRole('button', { name: 'Add opt-out' }).click();
    const form = page.locator('hold-form');
    await form.getByRole('radio', { name: 'A phone number' }).check();
    await form.getByRole('button', { name: 'Add opt-out' }).click();
    await form.getByText('Enter a phone number.').waitFor();
    await form.getByText('Enter a reason of at least 3 characters.').waitFor();
    await form.getByLabel('Phone number', { exact: true }).fill('+1 202 555 0187');
    await form.getByLabel('Reason').fill('Asked by phone');
    await form.getByRole('button', { name: 'Add opt-out' }).click();
    const panel = page.locator('hold-panel side-panel');
    await panel.getByText('Nobody is registered with this number.').waitFor();
    await panel.getByText('By Maya Lindqvist').waitFor();

    await panel.getByRole('button', { name: 'Lift opt-out' }).click();
    const dialog = page.locator('reason-dialog[open]');
    await dialog.getByLabel('Reason').fill('They want messages again');
    await dialog.getByRole('button', { name: 'Lift opt-out' }).click();
    await page
      .locator('notice-stack')
      .getByText('can be texted again, unless the number is suppressed too.')
      .waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  test('SUPP-3: Back goes through the lists and the periods of a check one at a time', async () => {
    const { page, close } = await openConsole(browser);
    await signInAs(page, 'owner', '/opt-outs');
    await page.getByRole('link', { name: 'Suppressed numbers' }).click();
    await page.waitForURL('**/opt-outs?kind=suppressed');
    await page.getByRole('link', { name: 'Past failures' }).click();
    await page.getByLabel('Period').selectOption('7');
    await page.waitForURL('**/opt-outs?kind=past&span=7');
    await page.goBack();
    await page.waitForURL('**/opt-outs?kind=past');
    expect(await page.getByLabel('Period').inputValue()).toBe('90');
    await page.goBack();
    await page.waitForURL('**/opt-outs?kind=suppressed');
    await close();
  });

  test('SUPP-3, PRIV-1: Back undoes a search, which never becomes part of the address', async () => {
    const { page, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/opt-outs');
    const search = page.getByRole('searchbox');
    const row = page.getByRole('row').nth(1);
    await row.waitFor();
    await search.fill('+1 202 555 0189');
    await page.getByRole('heading', { name: 'This number is not opted out or suppressed' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.goBack();
    await row.waitFor();
    expect(await search.inputValue()).toBe('');
    expect(new URL(page.url()).pathname).toBe('/opt-outs');
    await close();
  });
});
