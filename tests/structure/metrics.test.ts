import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const filesBelow = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

const page = read('functions/docs/metrics.md');
const rows = [...page.matchAll(/^\| `([a-z-]+\.[a-z_-]+)` \| (\w+) \|/gm)];
const logged = new Map(
  filesBelow('functions/src', '.ts').flatMap((file) =>
    [...read(file).matchAll(/\.(info|warning|error)\(\s*'([a-z-]+\.[a-z_-]+)'/g)].map(
      ([, severity = '', event = '']) => [event, severity] as const,
    ),
  ),
);

describe('OPS-3: events and metrics', () => {
  test('OPS-3: every event that is logged is listed once, as severe as it is', () => {
    expect(logged.size).toBeGreaterThan(20);
    const listed = new Map(rows.map(([, event = '', severity = '']) => [event, severity]));
    expect(rows).toHaveLength(listed.size);
    const apart = [...logged].filter(([event, severity]) => listed.get(event) !== severity);
    expect(apart).toEqual([]);
  });

  test('OPS-3: every alert has a metric that some page creates, out of events that are listed', () => {
    const pages = filesBelow('functions/docs', '.md').map(read).join('\n');
    const alerts = [...page.matchAll(/^\| `(parley_\w+)` \|/gm)].map(([, name = '']) => name);
    expect(alerts).toHaveLength(13);
    // Those of failing sends and webhooks are created in runbooks of their own.
    const elsewhere = /^parley_(webhook_|sends_|forgotten_|due_work_failed)/;
    const made = new Set([...pages.matchAll(/metrics create (parley_\w+)/g)].map(([, name = '']) => name));
    expect(alerts.filter((name) => !made.has(name) && !elsewhere.test(name))).toEqual([]);
    const events = [...pages.matchAll(/jsonPayload\.event="([^"]+)"/g)].map(([, event = '']) => event);
    expect(events.filter((event) => !rows.some(([, listed]) => listed === event))).toEqual([]);
  });

  test('OPS-3: a line has no field for a number, a name or a text', () => {
    const fields = filesBelow('functions/src', '.ts').flatMap((file) =>
      [...read(file).matchAll(/\.(?:info|warning|error)\(\s*'[a-z-]+\.[a-z_-]+',\s*\{([^}]*)\}/g)].flatMap(
        ([, inside = '']) => [...inside.matchAll(/(\w+)(?=\s*[,:]|\s*$)/g)].map(([name]) => name),
      ),
    );
    const never = [
      'body',
      'text',
      'phoneNumber',
      'number',
      'to',
      'from',
      'label',
      'recipient',
      'sender',
      'firstName',
    ];
    // `from` and `to` of a moved status are states.
    expect([...new Set(fields)].filter((name) => never.includes(name)).sort()).toEqual(['from', 'to']);
  });
});
