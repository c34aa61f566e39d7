import type { QueryDocumentSnapshot } from '@google-cloud/firestore';
import { wordsOf } from '../../src/platform/words.ts';
import { namePrefixesOf, sortNameOf } from '../../src/people/person-name.ts';
import { isConflict } from '../../src/platform/errors.ts';
import type { Database } from '../../src/platform/firestore.ts';
import { retrying } from '../../src/platform/retry.ts';
import { eachDocument, type Migration } from './migration.ts';

/** Fields that follow from others, for search; null where the document is not readable, and is left as it is. */
type Derive = (document: QueryDocumentSnapshot) => Record<string, string | string[]> | null;

const text = (value: unknown) => (typeof value === 'string' ? value : null);

const COLLECTIONS: readonly { name: string; fields: string[]; derive: Derive }[] = [
  ...['incomingMessages', 'outgoingMessages'].map((name) => ({
    name,
    fields: ['body', 'words'],
    derive: (document: QueryDocumentSnapshot) => {
      const body = text(document.get('body'));
      return body === null ? null : { words: wordsOf(body) };
    },
  })),
  {
    name: 'users',
    fields: ['firstName', 'lastName', 'maskedPhone', 'sortName', 'namePrefixes'],
    derive(document) {
      const [first, last, masked] = ['firstName', 'lastName', 'maskedPhone'].map((field) =>
        text(document.get(field)),
      );
      if (typeof first !== 'string' || typeof last !== 'string' || typeof masked !== 'string') return null;
      return { sortName: sortNameOf(first, last, masked), namePrefixes: namePrefixesOf(first, last) };
    },
  },
];

const AT_ONCE = 40;
const TRIES = 10;

/** Messages and people are found by the way of search that this version knows (LOG-2, PPL-2). */
export const searchWords: Migration = {
  id: 'search-words',
  title: 'Messages and people are found by the beginnings of their words, folded alike',
  async run({ db, dryRun }) {
    const done = { examined: 0, changed: 0 };
    const renew = async (document: QueryDocumentSnapshot, fields: string[], derive: Derive) => {
      done.examined += 1;
      if (!differs(document, derive)) return;
      done.changed += 1;
      if (!dryRun) await write(db, document, fields, derive);
    };
    for (const { name, fields, derive } of COLLECTIONS) {
      let waiting: Promise<void>[] = [];
      for await (const document of eachDocument(db.collection(name).select(...fields))) {
        waiting.push(renew(document, fields, derive));
        if (waiting.length < AT_ONCE) continue;
        await Promise.all(waiting);
        waiting = [];
      }
      await Promise.all(waiting);
    }
    return done;
  },
};

function differs(document: QueryDocumentSnapshot, derive: Derive): boolean {
  const derived = derive(document);
  if (derived === null) return false;
  return Object.entries(derived).some(
    ([field, value]) => JSON.stringify(document.get(field)) !== JSON.stringify(value),
  );
}

/** The commit rests on what was read; a document that changed meanwhile, such as a message on its way, is read again. */
async function write(
  db: Database,
  first: QueryDocumentSnapshot,
  fields: string[],
  derive: Derive,
): Promise<void> {
  let document: QueryDocumentSnapshot | undefined = first;
  await retrying(TRIES, isConflict, async () => {
    const again = db
      .collection(first.ref.parent.id)
      .where('__name__', '==', first.ref)
      .select(...fields);
    document ??= (await again.get()).docs[0];
    const current = document;
    document = undefined;
    const derived = current === undefined ? null : derive(current);
    if (current !== undefined && derived !== null)
      await current.ref.update(derived, { lastUpdateTime: current.updateTime });
  });
}
