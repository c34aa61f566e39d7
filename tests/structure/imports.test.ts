import { expect, test } from 'vitest';
import { floorOf, folderOf, isDecision, isStore, isUseCase, sourceOf, webFloorOf } from '../support/house.ts';
import { circles, importsBelow, loadedBy, sourcesBelow, type Import } from '../support/import-graph.ts';

const imports = importsBelow('functions', 'web/src', 'tests');
const inside = imports.filter(({ external }) => !external);

function shown(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `${from} -> ${to}`);
}

test('a folder of functions/src imports only from the floors below its own', () => {
  const broken = inside.filter(({ from, to }) => {
    const [user, used] = [folderOf(from), folderOf(to)];
    if (user === null || used === null || user === used) return false;
    return floorOf(used) >= floorOf(user);
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

test('only where Parley is put together is it known which carrier there is', () => {
  const roots = ['functions/src/entry/deps.ts', 'functions/cli/lib/carrier-in-use.ts'];
  const broken = inside.filter(
    ({ from, to }) =>
      folderOf(to) === 'twilio' &&
      folderOf(from) !== 'twilio' &&
      !roots.includes(from) &&
      !from.startsWith('tests/'),
  );
  expect(shown(broken)).toEqual([]);
  const sdk = imports.filter(
    ({ from, to }) => /^functions\/(?:src|cli)\//.test(from) && /^twilio(?:\/|$)/.test(to),
  );
  expect([...new Set(sdk.map(({ from }) => folderOf(from)))]).toEqual(['twilio']);
});

test('index.ts imports each function lazily, so that a cold start loads one', () => {
  const eager = inside.filter(
    ({ from, lazy, to }) => from === 'functions/src/index.ts' && !lazy && folderOf(to) !== 'platform',
  );
  expect(eager.map(({ to }) => to)).toEqual([
    'functions/src/entry/region.ts',
    'functions/src/jobs/queues.ts',
  ]);
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

test('only a store knows the path of a collection', () => {
  const broken = sourcesBelow('functions/src').filter(
    (file) => !isStore(file) && /\.(?:collection|collectionGroup|doc)\(/.test(sourceOf(file)),
  );
  expect(broken).toEqual([]);
});

test('stores import no use case', () => {
  const broken = inside.filter(({ from, to }) => isStore(from) && isUseCase(to, imports));
  expect(shown(broken)).toEqual([]);
});

test('decisions wait for nothing, and are given the time and chance', () => {
  const decisions = sourcesBelow('functions/src').filter((file) => isDecision(file, imports));
  expect(decisions).toContain('functions/src/outbox/delivery-status.ts');
  const waiting = decisions.filter((file) =>
    /\b(?:await|Date\.now|Math\.random|randomBytes|randomInt)\b/.test(sourceOf(file)),
  );
  // These compute with keys and passwords, which takes time, or make a secret.
  expect(waiting).toEqual(
    ['device-token', 'invitation', 'password', 'session-token'].map(
      (name) => `functions/src/team/${name}.ts`,
    ),
  );
});

test('imports make no circles, those of types included', () => {
  expect(circles(imports)).toEqual([]);
});

test('the console imports only the contract of the functions', () => {
  const broken = inside.filter(
    ({ from, to }) =>
      from.startsWith('web/') && !to.startsWith('web/') && !to.startsWith('functions/src/contract/'),
  );
  expect(shown(broken)).toEqual([]);
});

test('a feature of the console imports no other feature, and nothing below imports a feature', () => {
  const broken = inside.filter(({ from, to }) => {
    const [user, used] = [webFloorOf(from), webFloorOf(to)];
    if (user === null || used === null || used.floor < user.floor) return false;
    return used.floor > user.floor || (used.feature !== null && used.feature !== user.feature);
  });
  expect(shown(broken)).toEqual([]);
});

test("the console's components know no data, and its data no components", () => {
  const broken = inside.filter(
    ({ from, to }) =>
      (from.startsWith('web/src/components/') && to.startsWith('web/src/data/')) ||
      (from.startsWith('web/src/data/') && to.startsWith('web/src/components/')),
  );
  expect(shown(broken)).toEqual([]);
});

test('only the data folder talks to the server, and it loads the Firebase SDK lazily', () => {
  const outside = sourcesBelow('web/src').filter((file) => !file.startsWith('web/src/data/'));
  const fetching = outside.filter((file) =>
    /(?<![.\w])fetch\(|XMLHttpRequest|WebSocket\(/.test(sourceOf(file)),
  );
  expect(fetching).toEqual([]);
  const firebase = imports.filter(({ from, to }) => from.startsWith('web/') && to.startsWith('firebase/'));
  expect([...new Set(firebase.map(({ from }) => from))]).toEqual(['web/src/data/firebase-sdk.ts']);
  const eager = inside.filter(
    ({ to, lazy, typeOnly }) => to === 'web/src/data/firebase-sdk.ts' && !lazy && !typeOnly,
  );
  expect(shown(eager)).toEqual([]);
});

test('tests that run side by side take nothing of the stack that others share', () => {
  const own = imports.filter(({ from }) => from.startsWith('tests/'));
  const sharing = ['emulator', 'rules', 'unit', 'property']
    .flatMap((kind) => sourcesBelow(`tests/${kind}`))
    .filter((file) => loadedBy(file, own).has('tests/support/stack.ts'));
  expect(sharing).toEqual([]);
});

test('DX-3: the simulated carrier shares no code with what is deployed', () => {
  const broken = inside.filter(
    ({ from, to }) => from.startsWith('tests/carrier/') && to.startsWith('functions/src/'),
  );
  expect(shown(broken)).toEqual([]);
});
