import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installed, node } from './paths.ts';
import { Problem } from './problem.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where an installed Chromium or Chrome is; null when there is none. PARLEY_CHROMIUM names one. */
export function installedChromium(environment: NodeJS.ProcessEnv): string | null {
  for (const path of candidates(environment)) if (existsSync(path) && runs(path)) return path;
  return null;
}

/** An installed Chromium, else one from apt-get, else playwright's own download. */
export function obtainChromium(environment: NodeJS.ProcessEnv): string {
  const present = installedChromium(environment);
  if (present !== null) return present;
  console.log('No Chromium or Chrome was found; getting one …');
  if (installWithApt()) {
    const fromApt = installedChromium(environment);
    if (fromApt !== null) return fromApt;
  }
  spawnSync(node, [installed('playwright-core/cli.js'), 'install', 'chromium'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 300_000,
  });
  const downloaded = installedChromium(environment);
  if (downloaded !== null) return downloaded;
  throw new Problem(
    'The browser tests need Chromium or Chrome; none was found, and none could be fetched.',
    `Install one: ${installCommand()}. If it is installed already, name its program in PARLEY_CHROMIUM.`,
  );
}

function* candidates(environment: NodeJS.ProcessEnv): Generator<string> {
  if (environment.PARLEY_CHROMIUM) yield environment.PARLEY_CHROMIUM;
  for (const folder of (environment.PATH ?? '').split(delimiter))
    for (const name of names) yield join(folder, name);
  for (const home of ['/', homedir()]) {
    yield join(home, 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    yield join(home, 'Applications/Chromium.app/Contents/MacOS/Chromium');
  }
  yield join(environment.ProgramFiles ?? 'C:\\Program Files', 'Google/Chrome/Application/chrome.exe');
  yield* playwrightBrowsers(environment);
}

/** Every Chromium that any playwright has downloaded, newest first. */
function* playwrightBrowsers(environment: NodeJS.ProcessEnv): Generator<string> {
  const caches = [
    environment.PLAYWRIGHT_BROWSERS_PATH ?? '',
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
    join(environment.LOCALAPPDATA ?? '', 'ms-playwright'),
  ];
  for (const cache of caches.filter((path) => path !== '' && existsSync(path))) {
    const browsers = readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name));
    for (const browser of browsers.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))) {
      const folder = join(cache, browser);
      yield join(folder, 'chrome-linux64/chrome');
      yield join(folder, 'chrome-linux/chrome');
      yield join(
        folder,
        'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
      );
      yield join(folder, 'chrome-mac/Chromium.app/Contents/MacOS/Chromium');
      yield join(folder, 'chrome-win64/chrome.exe');
      yield join(folder, 'chrome-win/chrome.exe');
    }
  }
}

/** Some distributions install a stub that only tells where the browser would be. */
function runs(path: string): boolean {
  if (process.platform === 'win32') return true;
  try {
    return /Chrom/.test(
      execFileSync(path, ['--version'], {
        encoding: 'utf8',
        timeout: 20_000,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  } catch {
    return false;
  }
}

function installWithApt(): boolean {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return false;
  const root = process.getuid?.() === 0;
  if (!root && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return false;
  const apt = (...args: string[]) => {
    const words = [...(root ? [] : ['sudo', '-n']), 'apt-get', '-qq', ...args];
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return (
      spawnSync(words[0] ?? '', words.slice(1), {
        env: environment,
        stdio: ['ignore', 'ignore', 'inherit'],
        timeout: 300_000,
      }).status === 0
    );
  };
  const install = () => apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation');
  return install() || (apt('update') && install());
}

function installCommand(): string {
  if (process.platform === 'darwin') return '`brew install --cask google-chrome`';
  if (process.platform === 'win32') return '`winget install Google.Chrome`';
  if (existsSync('/usr/bin/dnf')) return '`sudo dnf install chromium`';
  if (existsSync('/sbin/apk')) return '`apk add chromium`';
  return '`sudo apt-get install chromium`';
}
