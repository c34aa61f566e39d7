import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts, portVariable, services, type Ports } from '../../functions/cli/lib/ports.ts';
import { processTable } from '../../functions/cli/lib/processes.ts';
import { pollUntil } from '../support/poll-until.ts';

// `npm start` itself, on free ports and under another name, so that it disturbs none that a developer has running.

const root = join(import.meta.dirname, '../..');
const name = `test-start-${process.pid}`;
const runner = [join(root, 'functions/cli/run.mjs'), 'start'];
let ports: Ports;
let environment: NodeJS.ProcessEnv = {};
let child: ChildProcess;
let output = '';

beforeAll(async () => {
  ports = await freePorts();
  const chosen = Object.fromEntries(
    services.map((service) => [portVariable(service), String(ports[service])]),
  );
  environment = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    JAVA_HOME: process.env['JAVA_HOME'],
    ...chosen,
    PARLEY_INSTANCE: name,
  };
  child = spawn(process.execPath, runner, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
  await pollUntil(() => output.includes('Ctrl-C stops it'), { within: 170_000, what: 'Parley is ready' });
}, 180_000);

afterAll(() => {
  child.kill('SIGKILL');
  rmSync(join(root, '.parley', name), { recursive: true, force: true });
});

test('DX-1: npm start prints where everything is and how to sign in', () => {
  expect(output).toContain('Parley is ready');
  expect(output).toContain(`Console    http://127.0.0.1:${ports.hosting}\n`);
  expect(output).toContain(`Handsets   http://127.0.0.1:${ports.carrier}\n`);
  expect(output).toContain(`API        http://127.0.0.1:${ports.hosting}/api/v1\n`);
  expect(output).toContain('owner@example.com, operator@example.com or viewer@example.com');
  expect(output).toContain('parley-demo-2026');
});

test('DX-1: every printed address answers, and the demo sign-in opens the console', async () => {
  const console = await fetch(`http://127.0.0.1:${ports.hosting}/`);
  expect(await console.text()).toContain('<title>Parley</title>');
  expect((await fetch(`http://127.0.0.1:${ports.carrier}/`)).status).toBe(200);
  const session = await fetch(`http://127.0.0.1:${ports.hosting}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'owner@example.com', password: 'parley-demo-2026' }),
  });
  expect(session.ok).toBe(true);
});

test('DX-1: starting twice reports that it runs already, and where', () => {
  const second = spawnSync(process.execPath, runner, { cwd: root, env: environment, encoding: 'utf8' });
  expect(second.stdout).toContain('Parley is running already');
  expect(second.stdout).toContain(`http://127.0.0.1:${ports.hosting}`);
});

test('DX-1: Ctrl-C stops everything and leaves no process behind', async () => {
  const ours = () =>
    processTable().filter(({ command }) => command.includes(name) || command.includes(`:${ports.functions}`));
  expect(ours().some(({ command }) => command.includes('java'))).toBe(true);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  // A terminal sends it to everybody, and npm passes it on: it comes twice.
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(ours()).toEqual([]);
  await expect(fetch(`http://127.0.0.1:${ports.hosting}/`)).rejects.toThrow('fetch failed');
});
