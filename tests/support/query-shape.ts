import { z } from 'zod';

/**
 * What Firestore needs to answer a query, by its rules for composite indexes and their merging
 * (firebase.google.com/docs/firestore/query-data/index-overview): equality and array-contains filters may come from
 * several indexes, as long as all of these end with the same sort.
 */
export interface QueryShape {
  collection: string;
  /** Fields compared for equality. */
  equal: string[];
  /** Fields searched with array-contains. */
  contains: string[];
  /** The sort, `-` before a descending field; also fields that are only compared by range. */
  sort: string[];
}

export interface IndexEntry {
  collectionGroup: string;
  fields: { fieldPath: string; order?: string | undefined; arrayConfig?: string | undefined }[];
}

const fieldPath = z.object({ fieldPath: z.string() });
const leaf = z.union([
  z.object({ fieldFilter: z.object({ field: fieldPath, op: z.string() }) }),
  z.object({ unaryFilter: z.object({ field: fieldPath, op: z.string() }) }),
]);
type Leaf = z.infer<typeof leaf>;
interface Composite {
  compositeFilter: { op: string; filters: Filter[] };
}
type Filter = Leaf | Composite;
const filter: z.ZodType<Filter> = z.lazy(() =>
  z.union([leaf, z.object({ compositeFilter: z.object({ op: z.string(), filters: z.array(filter) }) })]),
);
const order = z.object({ field: fieldPath, direction: z.string().optional() });
const wireQuery = z.object({
  structuredQuery: z.object({
    from: z.array(z.object({ collectionId: z.string() })).length(1),
    where: filter.nullish(),
    orderBy: z.array(order).default([]),
  }),
});

/** `IN` is answered as one equality for each of its values, all from the same index; so is ARRAY_CONTAINS_ANY. */
const EQUAL = new Set(['EQUAL', 'IN', 'IS_NULL', 'IS_NAN']);
const RANGE = new Set(['LESS_THAN', 'LESS_THAN_OR_EQUAL', 'GREATER_THAN', 'GREATER_THAN_OR_EQUAL']);

/** The shapes of a `runQuery` request: one, or one for each side of an OR. */
export function shapesOf(request: unknown): QueryShape[] {
  const { from, where, orderBy } = wireQuery.parse(request).structuredQuery;
  const collection = from[0]?.collectionId ?? '';
  return disjuncts(where ?? null).map((leaves) => shapeOf(collection, leaves, orderBy));
}

function disjuncts(node: Filter | null): Leaf[][] {
  if (node === null) return [[]];
  if (!('compositeFilter' in node)) return [[node]];
  const parts = node.compositeFilter.filters.map(disjuncts);
  if (node.compositeFilter.op === 'OR') return parts.flat();
  return parts.reduce((all, part) => all.flatMap((left) => part.map((right) => [...left, ...right])), [[]]);
}

function shapeOf(collection: string, leaves: readonly Leaf[], orderBy: z.infer<typeof order>[]): QueryShape {
  const shape: QueryShape = { collection, equal: [], contains: [], sort: [] };
  const ranges: string[] = [];
  for (const each of leaves) {
    const { field, op } = 'fieldFilter' in each ? each.fieldFilter : each.unaryFilter;
    if (EQUAL.has(op)) shape.equal.push(field.fieldPath);
    else if (op === 'ARRAY_CONTAINS' || op === 'ARRAY_CONTAINS_ANY') shape.contains.push(field.fieldPath);
    else if (RANGE.has(op)) ranges.push(field.fieldPath);
    else throw new Error(`No rule is written here for ${op}.`);
  }
  const sort = orderBy.map(
    ({ field, direction }) => `${direction === 'DESCENDING' ? '-' : ''}${field.fieldPath}`,
  );
  const last = sort.at(-2) ?? '';
  // Every index ends with the document's name, in the direction of the field before it.
  if (sort.at(-1) === (last.startsWith('-') ? '-__name__' : '__name__')) sort.pop();
  for (const range of ranges) if (!sort.some((each) => each.replace('-', '') === range)) sort.push(range);
  shape.sort = sort.filter((each) => !shape.equal.includes(each.replace('-', '')));
  return shape;
}

export interface IndexFile {
  indexes: IndexEntry[];
  fieldOverrides: { collectionGroup: string; fieldPath: string; indexes: unknown[] }[];
}

/** Why the indexes of the file cannot answer a query of this shape; null when they can. */
export function unmetBy(shape: QueryShape, file: IndexFile): string | null {
  const filters = [...shape.equal, ...shape.contains];
  if (filters.length === 0 || shape.sort.length === 0) {
    const fields = [...filters, ...shape.sort.map((each) => each.replace('-', ''))].filter(
      (each) => each !== '__name__',
    );
    if (shape.sort.length < 2) return fields.find((each) => isExempt(shape.collection, each, file)) ?? null;
  }
  const usable = file.indexes.filter((index) => canServe(index, shape));
  if (filters.length === 0) return usable.length > 0 ? null : shape.sort.join(', ');
  const served = new Set(
    usable.flatMap((index) => index.fields.slice(0, -shape.sort.length).map((each) => each.fieldPath)),
  );
  return filters.find((each) => !served.has(each)) ?? null;
}

/** Whether an index can take part in answering: it ends with the whole sort, and begins with nothing but the filters. */
export function canServe(index: IndexEntry, shape: QueryShape): boolean {
  if (index.collectionGroup !== shape.collection) return false;
  const tail = index.fields.slice(index.fields.length - shape.sort.length);
  const head = index.fields.slice(0, index.fields.length - shape.sort.length);
  const sorts = tail.map((each) => `${each.order === 'DESCENDING' ? '-' : ''}${each.fieldPath}`);
  if (sorts.join() !== shape.sort.join()) return false;
  return head.every((each) =>
    (each.arrayConfig === undefined ? shape.equal : shape.contains).includes(each.fieldPath),
  );
}

/** Whether the index file tells Firestore not to index this field by itself. */
function isExempt(collection: string, field: string, file: IndexFile): boolean {
  return file.fieldOverrides.some(
    (each) => each.collectionGroup === collection && each.fieldPath === field && each.indexes.length === 0,
  );
}
