// The door of every npm script: plain JavaScript for any Node from 20 on. It installs what the lock file names, if
// that is not installed yet, and hands over to `functions/cli/<command>.ts` on the Node that this project pins.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const pinnedNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);
const installLock = join(root, '.parley', 'install.lock');

const [command = '', ...args] = process.argv.slice(2);
const script = join(root, 'functions', 'cli', `${command}.ts`);

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(
    `Parley needs Node 20 or newer; this is ${process.version}. Get it with \`nvm install 24\` or from https://nodejs.org.`,
  );
}
if (!/^[a-z][a-z-]*$/.test(command) || !existsSync(script)) fail(`There is no command "${command}".`);

await install();
handOver();

/** Installs when a package of the lock file is missing or has another version. Two commands at once wait in line. */
async function install() {
  if (isInstalled()) return;
  await takeInstallLock();
  try {
    if (isInstalled()) return;
    console.error('Installing the dependencies (npm ci) …');
    // On Windows npm is a batch file, which only a shell can run.
    npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    // An npm that holds install scripts back leaves the pinned Node without its binary: run that one script.
    if (!existsSync(pinnedNode)) npm(['rebuild', 'node', 'esbuild', '--loglevel=error']);
    if (!isInstalled())
      fail('The dependencies are not complete after `npm ci`. Run `npm ci` by hand to see why.');
  } finally {
    rmSync(installLock, { force: true });
  }
}

function npm(words) {
  const result = spawnSync('npm', words, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) fail(`\`npm ${words.join(' ')}\` failed; what it says is above.`);
}

function isInstalled() {
  if (!existsSync(pinnedNode)) return false;
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(
      readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8'),
    ).packages;
    return Object.entries(wanted).every(
      ([path, entry]) =>
        path === '' ||
        entry.optional ||
        entry.devOptional ||
        entry.peer ||
        present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

async function takeInstallLock() {
  mkdirSync(dirname(installLock), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(installLock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!told) console.error('Another command is installing the dependencies; waiting for it …');
    if (!isAlive(Number(readOr(installLock, '0')))) rmSync(installLock, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Runs the command on the pinned Node, as a child that is never left behind: signals are passed on, and the child
 * stops by itself when this process is gone (its IPC channel closes) or when npm above it is gone.
 */
function handOver() {
  const child = spawn(pinnedNode, [script, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000);
  // Only under npm is the parent known to outlive its command; a shell in the background may rightly go first.
  if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);
  child.on('error', (error) => fail(`${pinnedNode} does not run: ${error.message}`));
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    process.exitCode = code ?? 1;
    if (signal) console.error(`${command} was ended by ${signal}.`);
    process.exit();
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
