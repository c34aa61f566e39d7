import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { circles, importsBelow, sourcesBelow, type Import } from '../support/import-graph.ts';

const imports = importsBelow('functions', 'web/src', 'tests');
const inside = imports.filter(({ external }) => !external);

/** The folders of functions/src and which others each may use. A folder may always use itself. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  platform: ['contract'],
  twilio: ['contract', 'platform'],
  audit: ['contract', 'platform'],
  people: ['contract', 'platform', 'twilio', 'audit'],
  messaging: ['contract', 'platform', 'twilio', 'audit', 'people'],
  team: ['contract', 'platform', 'audit', 'people'],
  // The doctor looks into everything, and nothing but the entries uses it.
  health: ['contract', 'platform', 'twilio', 'audit', 'people', 'messaging', 'team'],
  entry: ['contract', 'platform', 'twilio', 'audit', 'people', 'messaging', 'team', 'health'],
};

/** A person is created together with an empty conversation, in one commit. */
const agreed = ['functions/src/conversations/conversations-store.ts'];

/** What a use case is named after; every other file of a capability that is no store is a decision. */
const verbs =
  /^(accept|append|cancel|change|check|decide|edit|end|find|get|invite|list|read|receive|reconcile|record|register|resolve|reveal|review|rotate|run|seal|search|send|sign|sweep|unlock|verify)(-|\.)/;
/** Names that begin as a verb would, and are none. */
const nouns = ['sign-in-throttle.ts', 'seal-chain.ts', 'send-guards.ts', 'send-time.ts'];
const capabilities = ['messaging', 'people', 'team', 'audit'];

function folderOf(file: string): string | null {
  return /^functions\/src\/([^/]+)\//.exec(file)?.[1] ?? null;
}

function shown(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `${from} -> ${to}`);
}

function isStore(file: string): boolean {
  return file.endsWith('-store.ts');
}

function isDecision(file: string): boolean {
  const folder = folderOf(file);
  const name = file.split('/').at(-1) ?? '';
  return (
    folder !== null &&
    capabilities.includes(folder) &&
    !isStore(file) &&
    (!verbs.test(name) || nouns.includes(name))
  );
}

function isUseCase(file: string): boolean {
  const folder = folderOf(file);
  return folder !== null && capabilities.includes(folder) && !isStore(file) && !isDecision(file);
}

test('this test knows every folder of functions/src', () => {
  const folders = new Set(sourcesBelow('functions/src').map(folderOf));
  expect([...folders].filter((folder) => folder !== null && !(folder in mayUse))).toEqual([]);
});

test('each folder imports only the folders that it may', () => {
  const broken = inside.filter(({ from, to }) => {
    const [user, used] = [folderOf(from), folderOf(to)];
    if (user === null || used === null || user === used) return false;
    return !mayUse[user]?.includes(used) && !(user === 'people' && agreed.includes(to));
  });
  expect(shown(broken)).toEqual([]);
});

test('only index.ts and tests import an entry', () => {
  const broken = inside.filter(
    ({ from, to }) =>
      folderOf(to) === 'entry' &&
      folderOf(from) !== 'entry' &&
      from !== 'functions/src/index.ts' &&
      !from.startsWith('tests/'),
  );
  expect(shown(broken)).toEqual([]);
});

test('index.ts imports each function lazily, so that a cold start loads one', () => {
  const eager = inside.filter(
    ({ from, lazy, to }) => from === 'functions/src/index.ts' && !lazy && folderOf(to) !== 'platform',
  );
  expect(eager.map(({ to }) => to)).toEqual(['functions/src/entry/region.ts']);
});

test('deployed code imports neither command line nor tests nor console', () => {
  const broken = inside.filter(
    ({ from, to }) => from.startsWith('functions/src/') && /^(functions\/cli|tests|web)\//.test(to),
  );
  expect(shown(broken)).toEqual([]);
});

test('the contract imports nothing but zod, so that the console can use it', () => {
  const broken = imports.filter(
    ({ from, to, external }) => folderOf(from) === 'contract' && external && to !== 'zod',
  );
  expect(shown(broken)).toEqual([]);
});

test('stores import no use case', () => {
  expect(shown(inside.filter(({ from, to }) => isStore(from) && isUseCase(to)))).toEqual([]);
});

test('decisions import no store and no use case, and are synchronous unless they compute with keys or passwords', () => {
  const decisions = sourcesBelow('functions/src').filter(isDecision);
  expect(decisions).toContain('functions/src/outbox/delivery-status.ts');
  const broken = inside.filter(
    ({ from, to, typeOnly }) => isDecision(from) && !typeOnly && (isUseCase(to) || isStore(to)),
  );
  // Whether a person can be texted is a pure function that stands beside the shape it reads.
  expect(shown(broken)).toEqual([
    'functions/src/people/person.ts -> functions/src/people/phone-keys-store.ts',
  ]);
  const waiting = decisions.filter((file) =>
    /\bawait\b/.test(readFileSync(join(import.meta.dirname, '../..', file), 'utf8')),
  );
  expect(waiting).toEqual([
    // The automatic reply's entry is built and read back in one small file.
    'functions/src/inbound/auto-reply.ts',
    'functions/src/team/device-token.ts',
    'functions/src/team/password.ts',
    'functions/src/team/session-token.ts',
  ]);
});

test('imports make no circles', () => {
  expect(circles(imports)).toEqual([]);
});

test('the console imports only the contract of the functions', () => {
  const broken = inside.filter(
    ({ from, to }) =>
      from.startsWith('web/') && !to.startsWith('web/') && !to.startsWith('functions/src/contract/'),
  );
  expect(shown(broken)).toEqual([]);
});

test("the console's components import no data, and its data no pages", () => {
  const broken = inside.filter(
    ({ from, to }) =>
      (from.startsWith('web/src/components/') && /^web\/src\/(data|pages)\//.test(to)) ||
      (from.startsWith('web/src/data/') && /^web\/src\/(pages|components)\//.test(to)),
  );
  expect(shown(broken)).toEqual([]);
});

test('only the data folder talks to the server, and it loads the Firebase SDK lazily', () => {
  const outside = sourcesBelow('web/src').filter((file) => !file.startsWith('web/src/data/'));
  const fetching = outside.filter((file) =>
    /(?<![.\w])fetch\(|XMLHttpRequest|WebSocket\(/.test(
      readFileSync(join(import.meta.dirname, '../..', file), 'utf8'),
    ),
  );
  expect(fetching).toEqual([]);
  const firebase = imports.filter(({ from, to }) => from.startsWith('web/') && to.startsWith('firebase/'));
  expect([...new Set(firebase.map(({ from }) => from))]).toEqual(['web/src/data/firebase-sdk.ts']);
  const eager = inside.filter(
    ({ to, lazy, typeOnly }) => to === 'web/src/data/firebase-sdk.ts' && !lazy && !typeOnly,
  );
  expect(shown(eager)).toEqual([]);
});

test('DX-3: the simulated carrier shares no code with what is deployed', () => {
  const broken = inside.filter(
    ({ from, to }) => from.startsWith('tests/carrier/') && to.startsWith('functions/src/'),
  );
  expect(shown(broken)).toEqual([]);
});
