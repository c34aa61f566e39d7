import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourcesBelow } from '../support/import-graph.ts';

function longerThan(limit: number, files: readonly string[]): string[] {
  const lines = (file: string) =>
    readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
      .trimEnd()
      .split('\n').length;
  return files.filter((file) => lines(file) > limit);
}

test('no source is longer than 300 lines', () => {
  const tables = /^tests\/(unit|property|emulator|rules|browser|stack|structure|support\/wordings)\//;
  const sources = [...sourcesBelow('functions'), ...sourcesBelow('web/src'), ...sourcesBelow('tests')];
  expect(
    longerThan(
      300,
      sources.filter((file) => !tables.test(file)),
    ),
  ).toEqual([]);
});

test('no test file is longer than 450 lines', () => {
  expect(longerThan(450, sourcesBelow('tests'))).toEqual([]);
});
