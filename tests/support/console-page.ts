import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { stack } from './stack.ts';

export type DemoOperator = 'owner' | 'operator' | 'viewer';

/** A page of the console in a browser context of its own, and what went wrong in it. */
export interface ConsolePage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors that the page threw or logged, policy violations among them. */
  readonly errors: string[];
  close(): Promise<void>;
}

export interface ConsoleOptions {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export async function openConsole(
  browser: Browser,
  { theme = 'light', width = 1280, height = 800 }: ConsoleOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({
    baseURL: stack().urls.console,
    colorScheme: theme,
    viewport: { width, height },
    reducedMotion: 'reduce',
    // Dates are written as the reader's browser has it.
    locale: 'en-US',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // A refused request is logged by the browser itself; what the console does about it is what counts.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  return { page, context, errors, close: () => context.close() };
}

/** Signs in by the form, as a person does, and waits for the page that was asked for. */
export async function signInAs(page: Page, who: DemoOperator, path = '/inbox'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('E-mail').fill(`${who}@example.com`);
  await page.getByLabel('Password').fill('parley-demo-2026');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

/** Signs out by the menu at one's name. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: / · until / }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
}

/** The id of a demo person, by the beginning of a name that no other test gives anybody. */
export async function idOf(page: Page, name: string): Promise<string> {
  const response = await page.context().request.post('/api/v1/people/search', { data: { name } });
  const { items } = (await response.json()) as { items: { id: string }[] };
  expect(items).toHaveLength(1);
  return items[0]?.id ?? '';
}

/** A person texts Parley from their phone, through the carrier. Answers the text's SID. */
export async function textFromHandset(number: string, body: string): Promise<string> {
  const response = await fetch(`${stack().urls.carrier}/handsets/${encodeURIComponent(number)}/texts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ body }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { sid: string }).sid;
}

export interface HandsetText {
  readonly direction: 'sent' | 'received';
  readonly body: string;
  readonly status: string;
}

/** What a phone sent and got, oldest first. */
export async function textsOfHandset(number: string): Promise<HandsetText[]> {
  const response = await fetch(`${stack().urls.carrier}/handsets/${encodeURIComponent(number)}/texts`);
  return ((await response.json()) as { texts: HandsetText[] }).texts;
}
