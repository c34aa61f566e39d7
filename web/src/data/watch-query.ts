import { entryWithoutLastDigits } from '../../../functions/src/contract/masks.ts';
import { liveState, noteChange } from './connection.ts';
import type * as Sdk from './firebase-sdk.ts';
import { whenConnected } from './live-connection.ts';
import type { Stop } from './live-controller.ts';

/** At most this many newest entries are listened to; the rules allow 100. */
const WINDOW = 50;

type FromDocument<T> = (id: string, data: Record<string, unknown>) => T;

/** Whether labels are shown without the last digits of a number, as the API shows them to the same reader (PRIV-3). */
let hidesDigits = false;

/** Set by the session, before anything is listened to. */
export function hideDigits(hide: boolean): void {
  hidesDigits = hide;
}

/** A document that cannot be read is left out; the API reports it with its page of the log. */
function read<T>(from: FromDocument<T>, id: string, data: Record<string, unknown>): T[] {
  try {
    return [from(id, hidesDigits ? entryWithoutLastDigits(data) : data)];
  } catch {
    return [];
  }
}

/** `first` is true for what was there already when the listening began. */
export type OnRows<T> = (rows: T[], first: boolean) => void;

/** What of a collection is listened to. Times are instants in ISO 8601. */
export interface WatchedQuery<T> {
  collection: string;
  where?: readonly (
    | { field: string; is: '=='; value: string | number | boolean | null }
    | { field: string; is: '>'; time: string }
  )[];
  orderBy: { field: string; direction: 'asc' | 'desc' };
  from: FromDocument<T>;
}

type Condition = NonNullable<WatchedQuery<unknown>['where']>[number];

function conditionOf(sdk: typeof Sdk, condition: Condition) {
  const value = condition.is === '>' ? sdk.Timestamp.fromMillis(Date.parse(condition.time)) : condition.value;
  return sdk.where(condition.field, condition.is, value);
}

/** The first rows of a query, and each again whenever it changes: merge by id. */
export function watchQuery<T>(watched: WatchedQuery<T>, onRows: OnRows<T>): Stop {
  const { collection, where = [], orderBy, from } = watched;
  return whenConnected(({ sdk, db }) => {
    let first = true;
    const newest = sdk.query(
      sdk.collection(db, collection),
      ...where.map((condition) => conditionOf(sdk, condition)),
      sdk.orderBy(orderBy.field, orderBy.direction),
      sdk.limit(WINDOW),
    );
    return sdk.onSnapshot(
      newest,
      (snapshot) => {
        const changed = snapshot.docChanges().filter((change) => change.type !== 'removed');
        const rows = changed.flatMap((change) => read(from, change.doc.id, change.doc.data()));
        if (rows.length > 0) onRows(rows, first);
        if (rows.length > 0 && !first) noteChange();
        // The server's first answer ends the beginning; before it there is only the empty cache.
        if (!snapshot.metadata.fromCache) first = false;
      },
      () => {
        liveState.set('paused');
      },
    );
  });
}

/** One document, whenever it changes. */
export function watchDocument<T>(
  collection: string,
  id: string,
  from: FromDocument<T>,
  onChange: (value: T) => void,
): Stop {
  return whenConnected(({ sdk, db }) =>
    sdk.onSnapshot(
      sdk.doc(db, collection, id),
      (snapshot) => {
        const data = snapshot.data();
        if (data) read(from, snapshot.id, data).forEach(onChange);
      },
      () => {
        liveState.set('paused');
      },
    ),
  );
}
