import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { idOf, openConsole, signInAs } from '../support/console-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const query = (page: Page) => new URL(page.url()).search;
const path = (page: Page) => new URL(page.url()).pathname;
const rows = (page: Page) => page.getByRole('row');
const scrolled = (page: Page) => page.evaluate(() => Math.round(window.scrollY));

describe('LOG-2: Back undoes one thing at a time', () => {
  test('LOG-2: a filter, a search, an order, a date', async () => {
    const { page, errors, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/inbox');
    await page.getByRole('link', { name: 'Outgoing' }).first().click();
    await rows(page).nth(1).waitFor();
    await page.getByLabel('Status').selectOption('delivered');
    await expect.poll(() => query(page)).toBe('?status=delivered');
    await page.getByRole('searchbox').fill('kitchen');
    await page.keyboard.press('Enter');
    await expect.poll(() => query(page)).toBe('?status=delivered&q=kitchen');
    await page.getByLabel('From').fill('2026-01-01');
    await expect.poll(() => query(page)).toBe('?status=delivered&q=kitchen&from=2026-01-01');
    await page.goBack();
    expect(query(page)).toBe('?status=delivered&q=kitchen');
    await page.goBack();
    expect(query(page)).toBe('?status=delivered');
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('');
    await page.goBack();
    expect([path(page), query(page)]).toEqual(['/outgoing', '']);
    await rows(page).nth(1).waitFor();
    await page.getByRole('button', { name: 'To', exact: true }).click();
    await expect.poll(() => query(page)).toBe('?sort=person');
    await page.goBack();
    expect([path(page), query(page)]).toEqual(['/outgoing', '']);
    await page.goBack();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  test('PRIV-1, LOG-2: a search by phone number is undone too, and never stands in the address', async () => {
    const { page, errors, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/incoming');
    await rows(page).nth(1).waitFor();
    const search = page.getByRole('searchbox');
    await search.fill('+1 202 555 0103');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows(page).filter({ hasNotText: 'Chloé' }).count()).toBe(1);
    expect(page.url()).not.toContain('0103');
    expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain('0103');
    await page.goBack();
    await rows(page).filter({ hasText: 'Amara Okafor' }).first().waitFor();
    expect(await search.inputValue()).toBe('');
    await page.goForward();
    await expect.poll(() => rows(page).filter({ hasNotText: 'Chloé' }).count()).toBe(1);
    expect(await search.inputValue()).toBe('+1 202 555 0103');
    expect(errors).toEqual([]);
    await close();
  });

  test('LOG-4: from another page it leads to where the list was left, with all that was loaded', async () => {
    const { page, errors, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/incoming');
    await rows(page).nth(1).waitFor();
    await page.evaluate(() => {
      window.scrollTo(0, 1200);
    });
    await expect.poll(() => scrolled(page)).toBe(1200);
    const loaded = await rows(page).count();
    await page.getByRole('link', { name: 'People' }).first().click();
    await page.getByRole('heading', { name: 'People' }).waitFor();
    await expect.poll(() => scrolled(page)).toBe(0);
    await page.goBack();
    await page.getByRole('heading', { name: 'Incoming' }).waitFor();
    await expect.poll(() => scrolled(page)).toBe(1200);
    expect(await rows(page).count()).toBeGreaterThanOrEqual(loaded);
    await page.goForward();
    await page.getByRole('heading', { name: 'People' }).waitFor();
    await expect.poll(() => scrolled(page)).toBe(0);
    expect(errors).toEqual([]);
    await close();
  });
});

describe('LOG-1: a list beside what is open of it', () => {
  test('LOG-1: where there is room, the panel stands beside the table, which keeps its columns', async () => {
    const { page, close } = await openConsole(browser, { width: 1280 });
    await signInAs(page, 'operator', '/outgoing');
    await rows(page).nth(1).getByRole('link').first().click();
    const panel = await page.getByRole('dialog').boundingBox();
    for (const name of ['To', 'Message', 'Status', 'Queued']) {
      const column = await page.getByRole('columnheader', { name, exact: true }).boundingBox();
      expect({ name, fits: column && panel && column.x + column.width <= panel.x + 1 }).toEqual({
        name,
        fits: true,
      });
    }
    const message = await page.getByRole('columnheader', { name: 'Message' }).boundingBox();
    expect(message?.width).toBeGreaterThan(150);
    await close();
  });

  test('LOG-1: at 1024 px the message is the widest column', async () => {
    const { page, close } = await openConsole(browser, { width: 1024 });
    await signInAs(page, 'operator', '/outgoing');
    await rows(page).nth(1).waitFor();
    const widths = await page
      .getByRole('columnheader')
      .evaluateAll((all) =>
        all.map(
          (each) => [each.textContent.trim().split(/\s/)[0], each.getBoundingClientRect().width] as const,
        ),
      );
    const widest = [...widths].sort(([, a], [, b]) => b - a)[0]?.[0];
    expect(widest).toBe('Message');
    await close();
  });

  test('LOG-1: Up, Down, j and k step through what is open; a slash leads to the search; letters in it are letters', async () => {
    const { page, errors, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/incoming');
    const links = page.locator('data-table tbody a.row-link');
    await links.nth(2).waitFor();
    const to = (index: number) => links.nth(index).getAttribute('href');
    await links.nth(0).click();
    await expect.poll(() => path(page)).toBe(await to(0));
    await page.keyboard.press('j');
    await expect.poll(() => path(page)).toBe(await to(1));
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => path(page)).toBe(await to(2));
    await page.keyboard.press('k');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => path(page)).toBe(await to(0));
    await page.keyboard.press('Control+j');
    expect(path(page)).toBe(await to(0));
    await page.keyboard.press('/');
    await page.keyboard.type('jk/');
    expect(await page.getByRole('searchbox').inputValue()).toBe('jk/');
    expect(path(page)).toBe(await to(0));
    await page.goBack();
    expect(path(page)).toBe('/incoming');
    expect(errors).toEqual([]);
    await close();
  });

  test('CONV-1: the same keys step through the inbox', async () => {
    const { page, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/inbox');
    const links = page.locator('inbox-list a');
    await links.nth(1).waitFor();
    const [first, second] = [
      await links.nth(0).getAttribute('href'),
      await links.nth(1).getAttribute('href'),
    ];
    await links.nth(0).click();
    await expect.poll(() => path(page)).toBe(first);
    await page.keyboard.press('j');
    await expect.poll(() => path(page)).toBe(second);
    await page.keyboard.press('k');
    await expect.poll(() => path(page)).toBe(first);
    await close();
  });
});

test('LOG-2: a range that ends before it begins is pointed out, and not asked for', async () => {
  const { page, close } = await openConsole(browser);
  await signInAs(page, 'viewer', '/outgoing');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/outgoing?from=2027-01-01&to=2026-01-01');
  await page.getByText('From is after To.').waitFor();
  expect(asked.filter((url) => url.includes('/messages/outgoing'))).toEqual([]);
  await close();
});

test('OUT-8: scheduled messages show when they are sent, the first of them first', async () => {
  const { page, context, errors, close } = await openConsole(browser);
  await signInAs(page, 'operator', '/outgoing');
  const userId = await idOf(page, 'Noa');
  const mark = `Planned ${String(Date.now())}`;
  const ids: string[] = [];
  for (const days of [40, 20, 30]) {
    const local = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 11) + '09:00';
    const sent = await context.request.post('/api/v1/messages', {
      data: { userId, body: `${mark} ${String(days)}`, sendAt: { local, timeZone: 'UTC' } },
      headers: { 'idempotency-key': `${mark}-${String(days)}`.replaceAll(' ', '-') },
    });
    ids.push(((await sent.json()) as { messageId: string }).messageId);
  }
  await page.goto('/outgoing?status=scheduled');
  const mine = rows(page).filter({ hasText: mark });
  await expect.poll(() => mine.count()).toBe(3);
  const words = await mine.evaluateAll((all) =>
    all.map((row) => /Planned \d+ (\d+)/.exec(row.textContent)?.[1]),
  );
  expect(words).toEqual(['20', '30', '40']);
  await page.getByRole('columnheader', { name: 'Sends' }).waitFor();
  await mine
    .first()
    .getByText(/^\w{3}, \w{3} \d{1,2}, \d{4}, \d{1,2}:00 [AP]M/)
    .waitFor();
  for (const id of ids) await context.request.delete(`/api/v1/messages/outgoing/${id}`);
  expect(errors).toEqual([]);
  await close();
});

test('IN-7, OUT-6: the navigation says how much waits for a decision', async () => {
  const { page, context, close } = await openConsole(browser);
  await signInAs(page, 'operator', '/incoming');
  const waiting = (await (await context.request.get('/api/v1/waiting')).json()) as { optOutRequests: number };
  expect(waiting.optOutRequests).toBeGreaterThan(0);
  const words =
    waiting.optOutRequests === 1
      ? '1 opt-out request needs review'
      : `${String(waiting.optOutRequests)} opt-out requests need review`;
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: new RegExp(`Opt-outs.*${words}`) })
    .waitFor();
  await close();
});

describe('PPL-1: keys of an input method belong to it', () => {
  /** Presses Enter as an input method lets it through while it composes. */
  async function enter(session: CDPSession): Promise<void> {
    const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }

  test('PPL-1: Enter that ends a composition adds no half-written tag', async () => {
    const { page, context, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/people');
    await page.getByRole('button', { name: 'Add person' }).click();
    const tags = page.getByRole('combobox', { name: 'Tags' });
    await tags.click();
    const session = await context.newCDPSession(page);
    const chosen = page.getByRole('list', { name: 'Chosen tags' }).getByRole('listitem');
    await session.send('Input.imeSetComposition', { text: 'ぼらん', selectionStart: 3, selectionEnd: 3 });
    await enter(session);
    await expect.poll(() => tags.inputValue()).toBe('ぼらん');
    expect(await chosen.count()).toBe(0);
    await session.send('Input.insertText', { text: 'ボランティア' });
    await page.keyboard.press('Enter');
    await expect.poll(() => chosen.count()).toBe(1);
    expect(await chosen.first().innerText()).toContain('ボランティア');
    await close();
  });

  test('OUT-1: Enter that ends a composition picks nobody', async () => {
    const { page, context, close } = await openConsole(browser);
    await signInAs(page, 'operator', '/compose');
    const picker = page.getByRole('combobox', { name: 'To' });
    await picker.click();
    const session = await context.newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'Amara', selectionStart: 5, selectionEnd: 5 });
    await page.getByRole('option', { name: /Amara Okafor/ }).waitFor();
    await enter(session);
    expect(await page.getByRole('option', { name: /Amara Okafor/ }).count()).toBe(1);
    expect(query(page)).toBe('');
    await close();
  });
});
