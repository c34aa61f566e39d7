import { Firestore } from '@google-cloud/firestore';
import { beforeAll, expect, test } from 'vitest';
import type { InputOf } from '../../functions/src/contract/routes.ts';
import { startApi, type TestApi } from '../support/api-in-process.ts';
import { sourceOf } from '../support/house.ts';

/** The entries of the contract's route table, which is types alone, by their text. */
const entries = [
  ...sourceOf('functions/src/contract/routes.ts').matchAll(
    /^ {2}'([A-Z]+) (\/[^']*)': (\{[\s\S]*?\n? *\});$/gm,
  ),
].map(([, method = '', path = '', fields = '']) => ({ method, path, fields }));

interface Described {
  parameters?: { in: string }[];
  requestBody?: object;
}

let api: TestApi['api'];
beforeAll(() => {
  // Nothing is asked of the database.
  ({ api } = startApi(new Firestore({ projectId: 'demo-routes' })));
});

function described({ method, path }: { method: string; path: string }): Described {
  const { paths } = api.describe() as { paths: Record<string, Record<string, Described>> };
  const found = paths[`/api/v1${path}`] ?? paths[path];
  return found?.[method.toLowerCase()] ?? {};
}

test('the route table of the contract names every route of the API, and no other', () => {
  const registered = api.routes.map(({ method, path }) => `${method} ${path}`).sort();
  expect(entries.map(({ method, path }) => `${method} /api/v1${path}`).sort()).toEqual(registered);
});

test('a route takes a query or a body in the table where it does in the API', () => {
  const told = entries.map((entry) => {
    const { parameters = [], requestBody } = described(entry);
    return {
      route: `${entry.method} ${entry.path}`,
      query: parameters.some((each) => each.in === 'query'),
      body: requestBody !== undefined,
    };
  });
  expect(
    entries.map(({ method, path, fields }) => ({
      route: `${method} ${path}`,
      query: fields.includes('query: '),
      body: fields.includes('body: '),
    })),
  ).toEqual(told);
});

test('a call gives what its route needs, and nothing else', () => {
  const person: InputOf<'GET /people/{userId}'> = { params: { userId: 'u_1' } };
  const people: InputOf<'GET /people'> = { query: { limit: 20, status: 'active' } };
  const all: InputOf<'GET /people'> = {};
  const revealed: InputOf<'POST /people/{userId}/reveal'> = {
    params: { userId: 'u_1' },
    body: { reason: 'why' },
  };
  // @ts-expect-error The person is named.
  const nobody: InputOf<'GET /people/{userId}'> = {};
  // @ts-expect-error There is no such parameter.
  const other: InputOf<'GET /people/{userId}'> = { params: { personId: 'u_1' } };
  // @ts-expect-error This list has no such filter.
  const filtered: InputOf<'GET /people'> = { query: { role: 'owner' } };
  // @ts-expect-error A list of holds is of one kind.
  const holds: InputOf<'GET /suppressions'> = { query: {} };
  // @ts-expect-error The reason is a text.
  const counted: InputOf<'POST /people/{userId}/reveal'> = { params: { userId: 'u_1' }, body: { reason: 3 } };
  expect([person, people, all, revealed, nobody, other, filtered, holds, counted]).toHaveLength(9);
});
