import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourcesBelow } from '../support/import-graph.ts';

test('LOG-1: only one module of the console formats dates and times, so that they are written in one way', () => {
  const formats =
    /new Intl\.DateTimeFormat\(|\.toLocale(?:Date|Time)String\(|toLocaleString\([^)]*(?:hour|day|Style)/;
  const elsewhere = sourcesBelow('web/src').filter(
    (file) =>
      file !== 'web/src/components/format-time.ts' &&
      formats.test(
        readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
          // Whether a zone exists is found out by trying it.
          .replace(/new Intl\.DateTimeFormat\('en', \{ timeZone: \w+ \}\);/g, ''),
      ),
  );
  expect(elsewhere).toEqual([]);
});
