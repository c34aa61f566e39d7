import type { DocumentReference, DocumentSnapshot } from '@google-cloud/firestore';
import { expect, test } from 'vitest';
import { gathering, type Reader } from '../../functions/src/platform/reader.ts';

/** A reader that answers each reference with itself, and what it was asked for. */
function recording(): { reader: Reader; trips: string[][] } {
  const trips: string[][] = [];
  const getAll: Reader['getAll'] = async (...references) => {
    trips.push(references.map(({ id }) => id));
    return references.map(({ id }) => ({ id }) as DocumentSnapshot);
  };
  return { reader: { getAll }, trips };
}
const ref = (id: string) => ({ id }) as DocumentReference;
const ids = (snapshots: DocumentSnapshot[]) => snapshots.map(({ id }) => id);

test('OUT-3: reads asked for together share one round trip, and each gets its own answer', async () => {
  const { reader, trips } = recording();
  const gathered = gathering(reader);
  const [one, two, none] = await Promise.all([
    gathered.getAll(ref('a')),
    gathered.getAll(ref('b'), ref('c')),
    gathered.getAll(),
  ]);
  expect([ids(one), ids(two), ids(none)]).toEqual([['a'], ['b', 'c'], []]);
  expect(ids(await gathered.getAll(ref('d')))).toEqual(['d']);
  expect(trips).toEqual([['a', 'b', 'c'], ['d']]);
});

test('OUT-3: a failed round trip fails for all who shared it, and for nobody after them', async () => {
  const { reader, trips } = recording();
  let broken = true;
  const gathered = gathering({
    getAll: (...references) => (broken ? Promise.reject(new Error('no')) : reader.getAll(...references)),
  });
  const both = await Promise.allSettled([gathered.getAll(ref('a')), gathered.getAll(ref('b'))]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(ids(await gathered.getAll(ref('c')))).toEqual(['c']);
  expect(trips).toEqual([['c']]);
});
