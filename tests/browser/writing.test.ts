import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { idOf, openConsole, signInAs, textFromHandset } from '../support/console-page.ts';

/** Demo people whom no other browser test writes to. */
const INES = { name: 'Inés', number: '+12025550109' };
const ELISE = { name: 'Élise', number: '+12025550105' };
const JAKUB = { name: 'Jakub', number: '+12025550110' };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('SUPP-1: who cannot be texted is known before one writes', () => {
  test('SUPP-1: an address that names somebody who opted out shows that, and no form', async () => {
    const { page, errors, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/inbox');
    await page.goto(`/compose?to=${await idOf(page, 'Marcus')}`);
    await page.getByText('Marcus Webb has opted out and cannot be texted.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Message' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Review and send' }).count()).toBe(0);
    expect(errors).toEqual([]);
    await close();
  });

  test('SUPP-1: STOP that comes in while one writes takes the form away, START brings it and the draft back', async () => {
    const { page, errors, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/inbox');
    await page.goto(`/compose?to=${await idOf(page, INES.name)}`);
    await page.getByText('Live', { exact: true }).waitFor();
    const area = page.getByRole('textbox', { name: 'Message' });
    await area.fill('Half of what I meant');
    await textFromHandset(INES.number, 'STOP');
    await page
      .getByText('Inés García Márquez has opted out and cannot be texted. Your draft is kept.')
      .waitFor();
    expect(await area.count()).toBe(0);
    await textFromHandset(INES.number, 'START');
    await area.waitFor();
    expect(await area.inputValue()).toBe('Half of what I meant');
    expect(errors).toEqual([]);
    await close();
  });

  test('SUPP-1: with the last step open, STOP leaves nothing but to close it', async () => {
    const { page, errors, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/inbox');
    await page.goto(`/compose?to=${await idOf(page, ELISE.name)}`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Message' }).fill('Too late');
    await page.getByRole('button', { name: 'Review and send' }).click();
    const dialog = page.locator('confirm-dialog[open]');
    await dialog.getByText('You can undo it for').waitFor();
    await dialog.getByText('About $0.008').waitFor();
    await textFromHandset(ELISE.number, 'STOP');
    await dialog.getByText('has opted out').waitFor();
    expect(await dialog.getByRole('button', { name: 'Send message' }).count()).toBe(0);
    expect(await dialog.getByText('You can undo it').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('Your draft is kept.').waitFor();
    await textFromHandset(ELISE.number, 'START');
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  test('OUT-2: a refusal by the server that does not pass leaves nothing but to close it', async () => {
    const { page, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/inbox');
    await page.goto(`/compose?to=${await idOf(page, JAKUB.name)}`);
    await page.route('**/api/v1/messages', (route) =>
      route.fulfill({
        status: 409,
        contentType: 'application/json',
        body: JSON.stringify({ errorCode: 'PERSON_INACTIVE', message: 'This person is inactive.' }),
      }),
    );
    await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
    await page.getByRole('button', { name: 'Review and send' }).click();
    const dialog = page.locator('confirm-dialog[open]');
    await dialog.getByRole('button', { name: 'Send message' }).click();
    await dialog.getByText('This person is inactive.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Send message' }).count()).toBe(0);
    expect(await dialog.getByText('You can undo it').count()).toBe(0);
    await close();
  });
});

test('OUT-7, OUT-9: a message whose person opts out within the undo window never shows as sent', async () => {
  const { page, errors, close } = await openConsole(browser);
  await signInAs(page, 'operator', '/inbox');
  await page.goto(`/compose?to=${await idOf(page, JAKUB.name)}`);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Message' }).fill('Never to leave');
  await page.getByRole('button', { name: 'Review and send' }).click();
  await page.locator('confirm-dialog[open]').getByRole('button', { name: 'Send message' }).click();
  const card = page.locator('sent-entry');
  await card.getByText('Sends in').waitFor();
  await textFromHandset(JAKUB.number, 'STOP');
  const steps = card.getByRole('list', { name: 'Delivery' });
  await steps.getByText('Failed').waitFor({ timeout: 30_000 });
  expect(await steps.getByRole('listitem').allInnerTexts()).toEqual(['Queued', 'Failed']);
  expect(await steps.getByText('Sent').count()).toBe(0);
  await textFromHandset(JAKUB.number, 'START');
  expect(errors).toEqual([]);
  await close();
});
