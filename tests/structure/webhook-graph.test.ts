import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleFunctions } from '../../functions/cli/lib/functions-bundle.ts';

// Everything that the webhook loads is paid for at each of its cold starts, while Twilio waits. The first test asks
// the bundle what it would load, the second asks Node what it did load.

const root = join(import.meta.dirname, '../..');
let folder = '';
let outputs: Awaited<ReturnType<typeof bundleFunctions>>['metafile']['outputs'] = {};

beforeAll(async () => {
  mkdirSync(join(root, '.parley'), { recursive: true });
  // Below the root, so that Node finds the dependencies.
  folder = mkdtempSync(join(root, '.parley', 'webhook-graph-'));
  ({
    metafile: { outputs },
  } = await bundleFunctions({ destination: join(folder, 'functions') }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The chunks that hold some sources, and what they load before they can run. */
function loadedFor(sources: readonly string[]): { chunks: string[]; packages: string[] } {
  const queue = Object.entries(outputs).flatMap(([path, { inputs }]) =>
    sources.some((source) => source in inputs) ? [path] : [],
  );
  const chunks = new Set<string>();
  const packages = new Set<string>();
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (chunks.has(path)) continue;
    chunks.add(path);
    for (const each of outputs[path]?.imports ?? []) {
      if (each.kind !== 'import-statement') continue;
      if (each.external) packages.add(each.path);
      else queue.push(each.path);
    }
  }
  return { chunks: [...chunks], packages: [...packages].filter((name) => !name.startsWith('node:')).sort() };
}

const webhook = [
  'functions/src/index.ts',
  'functions/src/entry/webhook/webhook-handler.ts',
  'functions/src/entry/deps.ts',
];

test('IN-2: the webhook imports the Firestore client, the settings of firebase-functions and two modules of twilio', () => {
  expect(loadedFor(webhook).packages).toEqual([
    '@google-cloud/firestore',
    'firebase-functions/params',
    'twilio/lib/twiml/MessagingResponse.js',
    'twilio/lib/webhooks/webhooks.js',
  ]);
});

test('IN-2: other entries import what the webhook must not, so the list above is not empty by mistake', () => {
  const api = loadedFor(['functions/src/entry/http/app.ts']).packages;
  expect(api).toContain('@hono/zod-openapi');
});

/** The CommonJS modules that Node has loaded once `sources` can run, in the process that serves `target`. */
function loadedByNode(sources: readonly string[], target: string): string[] {
  const { chunks } = loadedFor(sources);
  const script = join(folder, `load-${target}.mjs`);
  const urls = chunks.map((path) => JSON.stringify(join(root, path)));
  writeFileSync(
    script,
    `import { createRequire } from 'node:module';
     await Promise.all([${urls.join(', ')}].map((path) => import(path)));
     console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));`,
  );
  const printed = execFileSync(process.execPath, [script], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], FUNCTION_TARGET: target },
  });
  return (JSON.parse(printed) as string[]).map((path) => path.split('/node_modules/').at(-1) ?? path);
}

test('IN-2: the webhook’s process loads neither all of twilio, nor firebase-admin, nor hono, nor the declarations of functions', () => {
  const modules = loadedByNode(webhook, 'webhook');
  expect(modules.some((path) => path.startsWith('@google-cloud/firestore/'))).toBe(true);
  const heavy =
    /^(twilio\/(index|lib\/index|lib\/rest\/Twilio)\.js|firebase-admin\/|firebase-functions\/lib\/v2|hono\/|@hono\/)/;
  expect(modules.filter((path) => heavy.test(path))).toEqual([]);
});

test('IN-2: the process of another function loads all of firebase-functions, so the check above can fail', () => {
  const modules = loadedByNode(['functions/src/index.ts'], 'api');
  expect(modules).toContain('firebase-functions/lib/v2/providers/https.js');
  expect(modules.some((path) => path.startsWith('firebase-admin/'))).toBe(true);
});
