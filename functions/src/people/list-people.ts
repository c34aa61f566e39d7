import type { Page } from '../contract/lists.ts';
import type { PeopleQuery, Person } from '../contract/people.ts';
import type { Config } from '../platform/config.ts';
import { cursorScope, decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { AppError } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import { toPerson } from './person.ts';
import { readPhoneKeys } from './phone-keys-store.ts';
import { queryUsers, type PeopleFilter, type PeoplePosition } from './users-store.ts';

export interface ListPeopleDeps {
  db: Database;
  config: { secrets: Pick<Config['secrets'], 'sessionKeys'> };
}

/** People by name, A to Z. Throws BAD_CURSOR. */
export async function listPeople(deps: ListPeopleDeps, query: PeopleQuery): Promise<Page<Person>> {
  const { cursor, limit, ...filter } = query;
  return pageOfPeople(deps, filter, { cursor, limit, scope: cursorScope('people', filter) });
}

/**
 * One page of a filtered list. Its cost does not depend on how many people there are: one read a person and one more to
 * see whether another page follows, and one read a person, all in one request, of the `phoneKeys` documents. Those are
 * read and not mirrored into `users`: the composer shows what the worker will find, and a STOP does not have to write a
 * copy.
 */
export async function pageOfPeople(
  deps: ListPeopleDeps,
  filter: PeopleFilter,
  page: { cursor: string | undefined; limit: number; scope: string },
): Promise<Page<Person>> {
  const ring = deps.config.secrets.sessionKeys();
  const after = page.cursor === undefined ? null : positionFrom(decodeCursor(ring, page.scope, page.cursor));
  const found = await queryUsers(deps.db, filter, { after, limit: page.limit + 1 });
  const users = found.slice(0, page.limit);
  const phoneKeys = await readPhoneKeys(
    deps.db,
    users.map((user) => user.phoneKey),
  );
  const last = users.at(-1);
  const more = found.length > users.length && last !== undefined;
  return {
    items: users.map((user, index) => toPerson(user, phoneKeys[index] ?? null)),
    nextCursor: more ? encodeCursor(ring, page.scope, [last.sortName, last.id]) : null,
  };
}

function positionFrom([sortName, id]: readonly unknown[]): PeoplePosition {
  if (typeof sortName !== 'string' || typeof id !== 'string') throw new AppError('BAD_CURSOR');
  return { sortName, id };
}
