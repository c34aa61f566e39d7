import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Firestore } from '@google-cloud/firestore';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { portVariable, services } from '../../functions/cli/lib/ports.ts';
import { STRING_NAMES } from '../../functions/src/platform/config.ts';
import { SECRET_NAMES } from '../../functions/src/platform/secrets.ts';
import { startApi } from '../support/api-in-process.ts';

const root = resolve(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && ending.test(entry.name) && !/node_modules|\/dist/.test(entry.parentPath),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

const pages = ['README.md', 'tests/carrier/README.md', ...filesBelow('functions/docs', /\.md$/)];
const code = ['functions/src', 'functions/cli', 'tests/carrier', 'tests/support']
  .flatMap((folder) => filesBelow(folder, /\.(ts|mjs)$/))
  .map(read)
  .join('\n');

/** Every match of a pattern in every page, as `page: match`, of which `isWrong` says that it does not hold. */
function found(pattern: RegExp, isWrong: (match: string, page: string) => boolean): string[] {
  return pages.flatMap((page) =>
    [...read(page).matchAll(pattern)]
      .map((match) => match[1] ?? match[0])
      .filter((match) => isWrong(match, page))
      .map((match) => `${page}: ${match}`),
  );
}

/** The anchors of a page, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('what the docs point at', () => {
  test('OPS-3: links lead to files and headings that exist', () => {
    const broken = found(/\]\(((?!https?:)[^)\s]+)\)/g, (link, page) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : relative(root, resolve(root, dirname(page), path));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('OPS-3: files that the docs name exist', () => {
    const gone = found(
      /`((?:functions|web|tests)\/[\w./-]+)`/g,
      (path) => !/\/dist$|\/\.env/.test(path) && !existsSync(join(root, path)),
    );
    expect(gone).toEqual([]);
  });

  test('OPS-3: commands that the docs name exist', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    expect(found(/npm run (?:--silent )?([a-z:]+)/g, (name) => !(name in scripts))).toEqual([]);
  });

  test('OPS-3: settings, variables and codes that the docs name are in the code', () => {
    const ports = services.map(portVariable);
    const unknown = found(
      /`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)/g,
      (name) => !code.includes(name) && !ports.includes(name),
    );
    expect(unknown).toEqual([]);
  });

  test('OPS-5: every setting and every secret is in the deploy guide', () => {
    const deploy = read('functions/docs/deploy.md');
    expect([...STRING_NAMES, ...SECRET_NAMES].filter((name) => !deploy.includes(`| \`${name}\` |`))).toEqual(
      [],
    );
  });

  test('OPS-2: headings that the doctor points to exist', () => {
    const sent = [
      ...code.matchAll(/See "([^"]+)" in (?:functions\/docs\/runbooks\/([\w-]+\.md)|\$\{RUNBOOK\})/gi),
    ];
    expect(sent.length).toBeGreaterThan(3);
    for (const [, words = '', page = 'sends-failing.md'] of sent)
      expect(read(`functions/docs/runbooks/${page}`)).toMatch(new RegExp(`^(?:#+ |\\*\\*)${words}`, 'm'));
  });

  test('OPS-3: drawings hold no semicolon, which would end a line in them', () => {
    const drawings = [...read('functions/docs/architecture.md').matchAll(/```mermaid\n([\s\S]*?)```/g)].map(
      ([, text = '']) => text,
    );
    expect(drawings.length).toBe(5);
    expect(drawings.filter((text) => text.includes(';'))).toEqual([]);
  });

  test('OPS-3: each decision record has a number of its own and the same parts', () => {
    const names = filesBelow('functions/docs/adr', /\.md$/).map((file) => file.split('/').at(-1) ?? '');
    expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length);
    for (const name of names)
      expect(read(`functions/docs/adr/${name}`)).toMatch(
        /^# [\s\S]+\*\*Context\.\*\*[\s\S]+\*\*Decision\.\*\*[\s\S]+\*\*(?:Consequences|Limits)\.\*\*/,
      );
  });
});

describe('OPS-3: log events', () => {
  const severities = { info: 'info', warning: 'warning', error: 'error' };
  const events = new Map(
    filesBelow('functions/src', /\.ts$/)
      .flatMap((file) => [...read(file).matchAll(/\.(info|warning|error)\(\s*'([a-z-]+\.[a-z_-]+)'/g)])
      .map(([, level = '', event = '']) => [event, severities[level as keyof typeof severities]]),
  );
  const runbooks = pages.filter((page) => page.includes('/runbooks/'));

  test('OPS-3: events that the runbooks name are logged, at the severity that they say', () => {
    const rows = runbooks.flatMap((page) => [
      ...read(page).matchAll(/^\| `([a-z-]+\.[a-z_-]+)` \| (\w+) \|/gm),
    ]);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.map(([, event = '', severity]) => [event, severity])).toEqual(
      rows.map(([, event = '']) => [event, events.get(event)]),
    );
    expect(found(/jsonPayload\.event="([^"]+)"/g, (event) => !events.has(event))).toEqual([]);
  });

  test('OPS-3: every warning and error that is logged is in a runbook', () => {
    const text = runbooks.map(read).join('\n');
    expect(
      [...events]
        .filter(([event, level]) => level !== 'info' && !text.includes(`\`${event}\``))
        .map(([event]) => event),
    ).toEqual([]);
  });
});

describe('the architecture page', () => {
  const page = read('functions/docs/architecture.md');

  test('ACC-1: the architecture page lists every route with its permission, and no other', () => {
    const { api } = startApi(new Firestore({ projectId: 'demo-docs' }));
    const routes = api.routes.map(({ method, path }) => `${method} ${path}`).sort();
    const rows = [...page.matchAll(/^\| (`(?:GET|POST|PUT|PATCH|DELETE) \/api.+?) \| (.+) \|$/gm)];
    const listed = rows.flatMap(([, calls = '']) =>
      [...calls.matchAll(/`([A-Z]+ [^`]+)`/g)].map(([, call = '']) => call),
    );
    expect(listed.sort()).toEqual(routes);
    for (const { method, path, access } of api.routes) {
      const row = rows.find(([, calls = '']) => calls.includes(`\`${method} ${path}\``));
      expect(row?.[2], `${method} ${path}`).toContain(
        access === 'public' ? 'public' : `\`${access.permission}\``,
      );
    }
  });

  test('ACC-1: routes that other pages name exist', () => {
    const { api } = startApi(new Firestore({ projectId: 'demo-docs' }));
    const routes = api.routes.map(({ method, path }) => `${method} ${path}`);
    expect(
      found(/`((?:GET|POST|PUT|PATCH|DELETE) \/api\/[^`]+)`/g, (call) => !routes.includes(call)),
    ).toEqual([]);
  });

  test('OPS-3: the architecture page names collections and fields that the code knows', () => {
    const [, data = ''] = /\n## Data\n([\s\S]+?)\n## /.exec(page) ?? [];
    const collections = [...data.matchAll(/^### (?:.*)$/gm)].flatMap(([heading]) =>
      [...heading.matchAll(/`(\w+)\/\{/g)].map(([, name = '']) => name),
    );
    expect(collections.sort()).toEqual([
      'auditLog',
      'auditSeals',
      'consentEvents',
      'conversations',
      'incomingMessages',
      'lookUps',
      'messageNumbers',
      'operators',
      'outgoingMessages',
      'phoneKeys',
      'revocations',
      'sendCounters',
      'sessions',
      'settings',
      'signInAttempts',
      'users',
    ]);
    const fields = [...data.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    expect(fields.length).toBeGreaterThan(70);
    expect(fields.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
  });
});
