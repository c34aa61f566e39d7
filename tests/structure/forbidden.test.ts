import { expect, test } from 'vitest';
import { sourceOf } from '../support/house.ts';
import { sourcesBelow } from '../support/import-graph.ts';

const all = ['functions', 'web/src', 'tests'].flatMap(sourcesBelow);
const thisFile = 'tests/structure/forbidden.test.ts';

/** Each place of a pattern, as `file: what stands there`. */
function places(files: readonly string[], pattern: RegExp): string[] {
  return files
    .filter((file) => file !== thisFile)
    .flatMap((file) => (sourceOf(file).match(pattern) ?? []).map((found) => `${file}: ${found}`));
}

test('DX-2: no test is skipped, and none runs alone', () => {
  const tests = all.filter((file) => file.startsWith('tests/'));
  const pattern =
    /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)\b|\b[xf](?:it|describe)\(/g;
  expect(places(tests, pattern)).toEqual([]);
});

test('no rule of the linters is switched off in a file', () => {
  // What the compiler must refuse is what this one tests.
  const files = all.filter((file) => file !== 'tests/structure/route-table.test.ts');
  expect(places(files, /(?:eslint|oxlint)-disable[\w-]*|@ts-(?:ignore|nocheck|expect-error)/g)).toEqual([]);
});

test('no value is cast to any, nor to another type by way of unknown', () => {
  expect(places(all, /\bas any\b|\bas unknown as\b/g)).toEqual([
    // The Functions SDK reads the endpoint from a property that its types do not have.
    'functions/src/platform/declare.ts: as unknown as',
    // A page of the browser, in which axe has put itself.
    'tests/support/axe.ts: as unknown as',
  ]);
});

test('what is deployed prints nothing by itself: it logs', () => {
  const deployed = all.filter((file) => /^(?:functions|web)\/src\//.test(file));
  expect(places(deployed, /\bconsole\.\w+/g)).toEqual([]);
});

test('no two helpers of the tests have one name', () => {
  const names = sourcesBelow('tests/support').flatMap((file) =>
    [...sourceOf(file).matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(
      ([, name = '']) => name,
    ),
  );
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
