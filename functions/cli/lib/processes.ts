import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Supervised {
  readonly process: ChildProcess;
  /** Whether it runs still. */
  alive(): boolean;
  /** Resolves when it has ended, with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Everything that it printed, the newest 2 MB of it. */
  output(): string;
  onLine(listener: (line: string) => void): void;
  /** Asks it to end, and after `patience` ms ends it and every process below it, whatever their group. */
  stop(patience?: number): Promise<void>;
}

export interface SupervisedOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
}

const keptOutput = 2_000_000;
const started = new Set<Supervised>();
let closing = false;

/** Stops every child that was started and runs still, also one that is only just starting; none can be started after. */
export async function stopEverything(patience?: number): Promise<void> {
  closing = true;
  await Promise.all([...started].map((each) => each.stop(patience)));
}

const parentWatch = new URL('./parent-watch.ts', import.meta.url).href;

/** Starts a script on the pinned Node; it also ends by itself should this process be killed without warning. */
export function superviseNode(args: readonly string[], options: SupervisedOptions): Supervised {
  return supervise(process.execPath, ['--import', parentWatch, ...args], options);
}

/** Starts a program in a process group of its own, so that Ctrl-C reaches only us and we end it in good order. */
export function supervise(command: string, args: readonly string[], options: SupervisedOptions): Supervised {
  if (closing) throw new Error('Nothing is started any more: everything is being stopped.');
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const listeners: ((line: string) => void)[] = [];
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      log.write(text);
      output = (output + text).slice(-keptOutput);
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) for (const listener of listeners) listener(line);
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output += `\n${error.message}\n`;
      resolve(127);
    });
    child.once('exit', (code) => resolve(code));
  }).finally(() => log.end());
  const alive = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;
  let stopping: Promise<void> | null = null;
  const supervised: Supervised = {
    process: child,
    alive,
    ended,
    output: () => output,
    onLine: (listener) => void listeners.push(listener),
    stop: (patience = 10_000) => (stopping ??= stopTree(child, alive, ended, patience)),
  };
  started.add(supervised);
  return supervised;
}

async function stopTree(
  child: ChildProcess,
  alive: () => boolean,
  ended: Promise<unknown>,
  patience: number,
): Promise<void> {
  if (child.pid === undefined) return;
  // Taken before the end: afterwards they belong to init and nothing tells whose they were. The Firestore emulator's
  // Java is in a group of its own, so killing the group alone would leave it.
  const below = descendants(child.pid);
  if (alive()) {
    child.kill('SIGINT');
    await within(ended, patience);
    below.push(...descendants(child.pid));
  }
  killGroup(child.pid);
  for (const pid of below) kill(pid);
  await within(ended, 5_000);
  await gone([child.pid, ...below], 5_000);
}

/** The ids of all processes below one, at any depth. */
export function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of processTable())
    children.set(entry.parent, [...(children.get(entry.parent) ?? []), entry.pid]);
  const found: number[] = [];
  const queue = [pid];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const child of children.get(next) ?? []) {
      found.push(child);
      queue.push(child);
    }
  }
  return found;
}

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All running processes with their parent and command line; zombies are left out. */
export function processTable(): ProcessEntry[] {
  if (existsSync('/proc/self/stat')) return procTable();
  if (process.platform === 'win32') return [];
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,command='], {
    encoding: 'utf8',
    maxBuffer: 16_000_000,
  });
  return table.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    return match === null || match[3]?.startsWith('Z')
      ? []
      : [{ pid: Number(match[1]), parent: Number(match[2]), command: match[4] ?? '' }];
  });
}

function procTable(): ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The second field is the program's name in brackets and may itself hold brackets and spaces.
      const [state, parent] = readFileSync(`/proc/${name}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      if (state === 'Z') return [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid: Number(name), parent: Number(parent), command }];
    } catch {
      return [];
    }
  });
}

/** Whether a process of this id runs. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Ends a process at once; nothing happens when it is gone already. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already, which is what was wanted.
  }
}

function killGroup(pid: number): void {
  if (process.platform !== 'win32') kill(-pid);
}

async function within(happening: Promise<unknown>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([happening, promise]);
  clearTimeout(timer);
}

async function gone(pids: readonly number[], ms: number): Promise<void> {
  const deadline = performance.now() + ms;
  while (performance.now() < deadline) {
    const running = new Set(processTable().map(({ pid }) => pid));
    if (!pids.some((pid) => running.has(pid))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
