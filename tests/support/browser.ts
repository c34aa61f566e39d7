import { chromium, type Browser } from 'playwright-core';
import { obtainChromium } from '../../functions/cli/lib/chromium.ts';

/** Launches Chromium, as it is installed here. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: obtainChromium(process.env),
    args: [
      // Chromium refuses to sandbox for root, which is who runs in a container; its shared memory is small there too.
      ...(root ? ['--no-sandbox'] : []),
      '--disable-dev-shm-usage',
      '--disable-gpu',
      // Nothing may be asked of the network during a test.
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}
