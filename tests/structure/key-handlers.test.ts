import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Code that runs in a browser. */
function pageSources(): string[] {
  return ['web/src', 'tests/carrier/page'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ts|js)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
}

/** Where `keyOf` itself reads the key. */
const HELPERS = ['web/src/keys.ts', 'tests/carrier/page/dom.js'];
/** `event.key` and its relatives, also taken apart: `({ key }: KeyboardEvent)`. */
const READS_KEY =
  /\b(?:event|e|ev|keyboardEvent)\.(?:key|code|keyCode|which)\b|\{[^}]*\b(?:key|code)\b[^}]*\}\s*(?::\s*KeyboardEvent|=\s*event\b)/;

test('no key handler takes a key that belongs to an input method: all of them read it through keyOf', () => {
  const reading = pageSources()
    .filter((file) => !HELPERS.includes(file))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .filter((line) => READS_KEY.test(line))
        // The key of a storage event is the name of what was stored.
        .filter((line) => !line.includes('event.key !== MARK'))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(reading).toEqual([]);
});

test('every file that listens to keys knows keyOf', () => {
  const listening = pageSources().filter((file) =>
    /@key(?:down|up|press)=|addEventListener\(\s*'key(?:down|up|press)'/.test(
      readFileSync(join(root, file), 'utf8'),
    ),
  );
  expect(listening).toContain('web/src/features/people/tag-input.ts');
  const without = listening.filter(
    (file) => !/\b(?:keyOf|shortcutOf)\b/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(without).toEqual([]);
});
