import { Timestamp } from '@google-cloud/firestore';
import { z } from 'zod';
import { listAuditEntries, type NameFinders } from '../../../audit/list-entries.ts';
import { auditItem, auditQuery } from '../../../contract/audit.ts';
import { pageOf } from '../../../contract/lists.ts';
import { readRecipients } from '../../../logs/recipients-store.ts';
import { readLabels } from '../../../people/labels-store.ts';
import { cursorScope, decodeCursor } from '../../../platform/cursor.ts';
import { operatorsStore } from '../../../team/operators-store.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { cutPage, type PageScope } from '../paging.ts';
import type { Api } from '../route.ts';

/** The server's times have nanoseconds, which a plain date would lose. */
const place = z.tuple([z.number(), z.number(), z.string()]);

export function listAuditRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/audit',
    summary: 'Who did what, newest first',
    access: { permission: 'audit:read' },
    query: auditQuery,
    status: 200,
    response: json(pageOf(auditItem)),
    async handler({ input: { query } }) {
      const page: PageScope = {
        keys: deps.config.secrets.sessionKeys(),
        scope: cursorScope('audit', query),
        cursor: query.cursor,
        limit: query.limit,
      };
      const found = await listAuditEntries(
        { db: deps.db, find: nameFinders(deps) },
        query,
        placeOf(page),
        query.limit + 1,
      );
      const { items, nextCursor } = cutPage(page, found, (row) => [
        row.place.at.seconds,
        row.place.at.nanoseconds,
        row.place.id,
      ]);
      return { items: items.map((row) => row.item), nextCursor };
    },
  });
}

function placeOf({ keys, scope, cursor }: PageScope) {
  if (cursor === undefined) return null;
  const [seconds, nanoseconds, id] = place.parse(decodeCursor(keys, scope, cursor));
  return { at: new Timestamp(seconds, nanoseconds), id };
}

function nameFinders({ db, config }: ApiDeps): NameFinders {
  const operators = operatorsStore(db, config);
  return {
    people: (ids) => readLabels(db, ids),
    async operators(ids) {
      const found = await Promise.all(ids.map((id) => operators.find(id)));
      return new Map(found.flatMap((each) => (each === null ? [] : [[each.id, each.name] as const])));
    },
    recipients: (ids) => readRecipients(db, ids),
  };
}
