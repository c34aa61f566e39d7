import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  idOf,
  openConsole,
  signInAs,
  signOut,
  textFromHandset,
  textsOfHandset,
} from '../support/console-page.ts';
import { pollUntil } from '../support/poll-until.ts';

/** A demo person who may be texted. */
const HANDSET = '+12025550103';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('the loop, end to end', () => {
  test('LOG-6, OUT-1, OUT-3, OUT-7, OP-2: a message arrives live, is answered and delivered, and signing out ends the session', async () => {
    const { page, context, errors, close } = await openConsole(browser);
    const mark = `Loop ${String(Date.now())}`;
    await signInAs(page, 'operator', '/incoming');
    await page.getByRole('row').nth(1).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();

    await textFromHandset(HANDSET, `${mark}: is the door open?`);
    const row = page.getByRole('row').filter({ hasText: mark });
    await row.waitFor();
    await row.getByText('Registered').waitFor();

    await row.getByRole('link').first().click();
    await page.getByRole('dialog').waitFor();
    const panel = page.locator('side-panel');
    await panel.getByText(`${mark}: is the door open?`).waitFor();
    await panel.getByRole('link', { name: 'Reply' }).click();

    await page.getByRole('textbox', { name: 'Message' }).fill(`${mark}: yes, until six`);
    await page.getByRole('button', { name: 'Review and send' }).click();
    await page.getByRole('dialog').waitFor();
    const confirm = page.locator('confirm-dialog');
    await confirm.getByText(`${mark}: yes, until six`).waitFor();
    await confirm.getByRole('button', { name: /^Send/ }).click();

    await pollUntil(
      async () =>
        (await textsOfHandset(HANDSET)).some(
          (text) => text.body === `${mark}: yes, until six` && text.status === 'delivered',
        ),
      {
        within: 30_000,
        what: 'the answer on the handset',
      },
    );
    await page.goto('/outgoing');
    const sent = page.getByRole('row').filter({ hasText: `${mark}: yes, until six` });
    await sent.getByText('Delivered').waitFor({ timeout: 30_000 });
    expect(
      (await textsOfHandset(HANDSET)).filter((text) => text.body === `${mark}: yes, until six`),
    ).toHaveLength(1);

    await signOut(page);
    await page.getByLabel('E-mail').waitFor();
    expect((await context.request.get('/api/v1/messages/incoming')).status()).toBe(401);
    expect((await context.cookies()).filter((cookie) => cookie.name === '__session')).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });

  test('LOG-6: the status of a message moves on the screen without a reload', async () => {
    const { page, errors, close } = await openConsole(browser);
    const mark = `Moving ${String(Date.now())}`;
    await signInAs(page, 'operator', '/outgoing');
    await page.getByRole('row').nth(1).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.evaluate(() => Object.assign(window, { notReloaded: true }));
    await page.context().request.post('/api/v1/messages', {
      data: { userId: await idOf(page, 'Amara'), body: mark },
      headers: { 'idempotency-key': mark.replace(' ', '-') },
    });
    const row = page.getByRole('row').filter({ hasText: mark });
    await row.getByText('Delivered').waitFor({ timeout: 30_000 });
    expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
    expect(errors).toEqual([]);
    await close();
  });

  test('OP-6: a viewer reads, and is offered no action that the role does not allow', async () => {
    const { page, context, close } = await openConsole(browser);
    await signInAs(page, 'viewer', '/incoming');
    await page.getByRole('row').nth(1).waitFor();
    expect(await page.getByRole('link', { name: 'New message' }).count()).toBe(0);
    expect(
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit' }).count(),
    ).toBe(0);
    await page.goto('/compose');
    await page
      .getByRole('heading', { name: /may not|not allowed|role/i })
      .first()
      .waitFor();
    const refused = await context.request.post('/api/v1/messages', {
      data: { userId: 'x', body: 'x' },
      headers: { 'idempotency-key': 'viewer' },
    });
    expect([refused.status(), await refused.json()]).toMatchObject([403, { errorCode: 'PERMISSION_DENIED' }]);
    await close();
  });
});
