import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, signInAs, signOut } from '../support/console-page.ts';
import { sharedDatabase, stack } from '../support/stack.ts';

const PASSWORD = 'parley-demo-2026';
const NEW_PASSWORD = 'another-demo-2026';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('Team', () => {
  test('OP-7, OP-2, OP-1: an operator is invited, joins, changes the password, gets another role, has the password reset and is deactivated, each with its effect', async () => {
    const email = `guest-${randomBytes(4).toString('hex')}@example.com`;
    const owner = await openConsole(browser);
    const guest = await openConsole(browser);
    await signInAs(owner.page, 'owner', '/team');

    await owner.page.getByRole('button', { name: 'Invite' }).click();
    const form = owner.page.locator('operator-form[open]');
    await form.getByLabel('E-mail').fill('owner@example.com');
    await form.getByLabel('Name', { exact: true }).fill('Gus Guest');
    await form.getByRole('button', { name: 'Invite' }).click();
    await form.getByText('Another operator already has this e-mail address.').waitFor();
    await form.getByLabel('E-mail').fill(email);
    await form.getByLabel('E-mail').press('Enter');
    const link = await owner.page.getByLabel('One-time link').inputValue();
    expect(new URL(link).pathname).toBe('/join');
    await owner.page.keyboard.press('Escape');
    await owner.page.getByText('You have not copied the link').waitFor();
    await owner.page.getByRole('button', { name: 'Close anyway' }).click();
    const row = owner.page.getByRole('row').filter({ hasText: email });
    await row.getByText('Invited').waitFor();

    await guest.page.goto(link);
    await guest.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await guest.page.getByLabel('Confirm password').fill(PASSWORD);
    await guest.page.keyboard.press('Enter');
    await guest.page.getByLabel('E-mail').fill(email);
    await guest.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await guest.page.keyboard.press('Enter');
    await guest.page.getByRole('navigation', { name: 'Main' }).waitFor();

    await guest.page.goto('/team/password');
    await guest.page.getByLabel('Current password').fill(PASSWORD);
    await guest.page.getByLabel('New password', { exact: true }).fill('too short');
    await guest.page.getByRole('button', { name: 'Change password' }).click();
    await guest.page.getByText('Use at least 12 characters.').waitFor();
    await guest.page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
    await guest.page.getByLabel('Confirm new password').fill(NEW_PASSWORD);
    await guest.page.keyboard.press('Enter');
    await guest.page.getByRole('heading', { name: 'Sign in to Parley' }).waitFor();
    await guest.page.getByLabel('E-mail').fill(email);
    await guest.page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
    await guest.page.keyboard.press('Enter');
    await guest.page.getByRole('navigation', { name: 'Main' }).waitFor();

    await owner.page.reload();
    await row.getByRole('link').click();
    const panel = owner.page.locator('operator-panel');
    await panel.getByRole('button', { name: 'Edit' }).click();
    await panel.getByRole('radio', { name: /^Viewer/ }).check();
    await panel.getByRole('button', { name: 'Save changes' }).click();
    await row.getByText('Viewer').waitFor();

    await panel.getByRole('button', { name: 'Reset password' }).click();
    await panel.getByRole('button', { name: 'Make a link' }).click();
    const reset = await owner.page.getByLabel('One-time link').inputValue();
    await owner.page.getByText('Parley tells Gus Guest at their next sign-ins').waitFor();
    await owner.page.keyboard.press('Escape');
    await owner.page.getByText('You have not copied the link').waitFor();
    await owner.page.getByRole('button', { name: 'Close anyway' }).click();
    const again = await openConsole(browser);
    await again.page.goto(reset);
    await again.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await again.page.getByLabel('Confirm password').fill(PASSWORD);
    await again.page.keyboard.press('Enter');
    await again.page.getByLabel('E-mail').fill(email);
    await again.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await again.page.keyboard.press('Enter');
    const notice = again.page.locator('notice-stack');
    await notice
      .getByText(/Your password was reset by .+ If you did not ask for this, tell an owner\./)
      .waitFor();
    await again.page.goto('/team');
    await again.page.getByRole('row').filter({ hasText: 'Gus Guest' }).waitFor();
    expect(await again.page.getByText('@example.com').count()).toBe(0);
    expect(again.errors).toEqual([]);
    await again.close();

    await panel.getByRole('button', { name: 'Deactivate' }).click();
    await panel.locator('confirm-dialog[open]').getByRole('button', { name: 'Deactivate' }).click();
    await row.getByText('Deactivated').waitFor();

    await guest.page.goto('/people');
    await guest.page.getByText('Your session was ended').waitFor();
    expect([...owner.errors, ...guest.errors]).toEqual([]);
    await owner.close();
    await guest.close();
  });

  test('OP-5: a browser that signed in before gets in while strangers keep the account locked; a new one does not', async () => {
    const known = await openConsole(browser);
    await signInAs(known.page, 'viewer');
    await signOut(known.page);
    await known.page.getByText('You are signed out.').waitFor();
    const guess = () =>
      fetch(`${stack().urls.api}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'viewer@example.com', password: 'a wrong password' }),
      });
    const database = sharedDatabase();
    const forget = () => database.recursiveDelete(database.collection('signInAttempts'));
    await forget();
    try {
      for (let each = 0; each < 5; each += 1) expect((await guess()).status).toBe(401);
      expect((await guess()).status).toBe(429);
      await signInAs(known.page, 'viewer');
      expect(known.errors).toEqual([]);
    } finally {
      await forget();
      await database.terminate();
      await known.close();
    }
  });

  test('OP-2: after its cookie has expired the console says that the session ended after 4 hours', async () => {
    const { page, context, close } = await openConsole(browser);
    await signInAs(page, 'viewer');
    const cookies = (await context.cookies()).filter(({ name }) => name === '__session');
    const left = (cookies[0]?.expires ?? 0) - Date.now() / 1000;
    expect([left > 14_300, left <= 14_400]).toEqual([true, true]);
    await context.clearCookies();
    await page.evaluate(() => {
      localStorage.setItem('parley.session-ends', new Date(Date.now() - 1000).toISOString());
    });
    await page.goto('/people');
    await page.getByText('Your session ended after 4 hours.').waitFor();
    await close();
  });

  test('OP-7: lists sessions by device, marks the current one, and ends the others', async () => {
    const first = await openConsole(browser);
    const second = await openConsole(browser);
    await signInAs(first.page, 'viewer');
    await signInAs(second.page, 'viewer', '/team/sessions');
    const { page } = second;
    await page.getByText('This one').waitFor();
    expect(await page.getByRole('link', { name: "Everybody's" }).count()).toBe(0);
    const others = page.getByRole('row').filter({ hasNotText: 'This one' });
    for (let left = (await others.count()) - 1; left > 0; left -= 1) {
      await others.nth(1).getByRole('button').click();
      await page.getByRole('button', { name: 'End session' }).click();
      await expect.poll(() => others.count()).toBe(left);
    }
    await first.page.goto('/people');
    await first.page.getByText('Your session was ended').waitFor();
    await page.getByRole('button', { name: /^End the session/ }).click();
    await page.locator('confirm-dialog[open]').getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    await first.close();
    await second.close();
  });
});

test('OP-6, PRIV-5: only admins open the audit log; others see that their role does not allow it', async () => {
  const { page, errors, close } = await openConsole(browser);
  await signInAs(page, 'operator', '/audit');
  await page.getByRole('heading', { name: 'Your role does not allow this' }).waitFor();
  expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
  expect(errors).toEqual([]);
  await close();
});

test('OPS-2: the health page shows the findings with what is wrong first, and checks again', async () => {
  const { page, errors, close } = await openConsole(browser);
  await signInAs(page, 'viewer', '/health');
  const findings = page.locator('health-findings');
  await findings.getByText('Passing', { exact: false }).first().waitFor();
  const firestore = findings.getByRole('heading', { name: 'Passing: Firestore' });
  expect(await firestore.count()).toBe(0);
  await findings.locator('summary').click();
  await firestore.waitFor();
  const headings = await findings.getByRole('heading', { level: 2 }).allTextContents();
  const words = headings.map((heading) => heading.replace(/\W*\d+\W*/, '').trim());
  expect(words).toEqual(['Problems', 'Warnings', 'Passing'].filter((each) => words.includes(each)));
  await page.getByRole('button', { name: 'Run again' }).click();
  await page
    .getByRole('status')
    .getByText(/^Checked\./)
    .waitFor();
  expect(errors).toEqual([]);
  await close();
});
