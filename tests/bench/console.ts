import { gzipSync } from 'node:zlib';
import { chromium, type Page, type Response } from 'playwright-core';
import lighthouse, { desktopConfig } from 'lighthouse';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obtainChromium } from '../../functions/cli/lib/chromium.ts';
import { freePorts } from '../../functions/cli/lib/ports.ts';
import { chromiumFlags } from '../support/browser.ts';
import { atLeast, atMost, type Figure } from './measure.ts';
import type { BenchStack } from './stack.ts';

const KB = 1024;

/** Kilobytes of script, gzipped, that came over the wire until `usable`. */
async function scriptUntil(
  page: Page,
  url: string,
  usable: (page: Page) => Promise<unknown>,
): Promise<number> {
  const scripts: Promise<number>[] = [];
  const count = (response: Response) => {
    if (response.request().resourceType() === 'script')
      scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  };
  page.on('response', count);
  await page.goto(url, { waitUntil: 'commit' });
  await usable(page);
  page.off('response', count);
  return (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0) / KB;
}

async function signInByHand(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill('owner@example.com');
  await page.getByLabel('Password').fill('parley-demo-2026');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').first().waitFor();
}

async function audit(port: number, url: string, name: string): Promise<Figure[]> {
  const result = await lighthouse(
    url,
    {
      port,
      disableStorageReset: true,
      logLevel: 'error',
      onlyCategories: ['performance', 'accessibility', 'best-practices'],
    },
    desktopConfig,
  );
  if (result === undefined) throw new Error('Lighthouse gave no result.');
  const score = (category: string) => Math.round((result.lhr.categories[category]?.score ?? 0) * 100);
  const poor = Object.values(result.lhr.audits)
    .filter((each) => each.score !== null && each.score < 0.9 && each.scoreDisplayMode === 'binary')
    .map((each) => each.id);
  const note = poor.length === 0 ? '' : `not met: ${poor.join(', ')}`;
  return [
    atLeast(`Lighthouse desktop, ${name}: performance`, score('performance'), '', 98),
    atLeast(`Lighthouse desktop, ${name}: accessibility`, score('accessibility'), '', 100),
    atLeast(`Lighthouse desktop, ${name}: best practices`, score('best-practices'), '', 100, note),
  ];
}

/** What the console weighs before it can be used, and Lighthouse's scores of its first two pages. */
export async function benchConsole({ instance }: BenchStack): Promise<Figure[]> {
  const { carrier: port } = await freePorts();
  const profile = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: obtainChromium(process.env),
    args: [...chromiumFlags(), `--remote-debugging-port=${String(port)}`],
  });
  try {
    const page = await context.newPage();
    const signIn = await scriptUntil(page, `${instance.urls.console}/sign-in`, (opened) =>
      opened.getByLabel('E-mail').waitFor(),
    );
    const signInAudit = await audit(port, `${instance.urls.console}/sign-in`, 'sign-in');
    await signInByHand(page);
    const second = await context.newPage();
    const incoming = await scriptUntil(second, `${instance.urls.console}/incoming`, (opened) =>
      opened.getByRole('row').nth(1).waitFor(),
    );
    const incomingAudit = await audit(port, `${instance.urls.console}/incoming`, 'Incoming');
    return [
      atMost('script before the sign-in form can be used, gzip', signIn, 'KB', 30),
      atMost('script before Incoming can be used, gzip', incoming, 'KB', 60),
      ...signInAudit,
      ...incomingAudit,
    ];
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
