import { chromium, type Browser } from 'playwright-core';
import { obtainChromium } from '../../functions/cli/lib/chromium.ts';

/** What Chromium is started with wherever Parley is tested or measured. */
export function chromiumFlags(): string[] {
  const root = process.getuid?.() === 0;
  return [
    // Chromium refuses to sandbox for root, which is who runs in a container; its shared memory is small there too.
    ...(root ? ['--no-sandbox'] : []),
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--disable-quic',
    // Nothing may be asked of the network during a test.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
}

/** Launches Chromium, as it is installed here. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: obtainChromium(process.env), args: chromiumFlags() });
}
