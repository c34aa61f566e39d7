import { Firestore } from '@google-cloud/firestore';

/** One request to Firestore, as it goes over the wire: a whole commit is one, a whole query is one. */
export interface StoreCall {
  method: string;
  request: unknown;
}

/**
 * What a commit, a read and a query cost, counted where they leave the client and in the way Firestore bills: a read for
 * every document that is returned or found missing, at least one for a query, a write for every document in a commit.
 * Tries that a transaction repeats are counted again, as they are billed again.
 */
export interface Counts {
  reads: number;
  writes: number;
  calls: StoreCall[];
  reset(): void;
}

/** Runs around each request; may throw before or after `go`, as a process does that dies there. */
export type StoreHook = <T>(call: StoreCall, go: () => Promise<T>) => Promise<T>;

const QUERIES = new Set(['runQuery', 'runAggregationQuery', 'listDocuments']);

/**
 * A Firestore client whose traffic is counted and can be cut. It wraps the client's two funnels to the network, below
 * transactions, batches and the SDK's own retries, so nothing goes past it.
 */
export function countingFirestore(options: { projectId: string; host: string; hook?: StoreHook }): {
  db: Firestore;
  counts: Counts;
} {
  const db = new Firestore({
    projectId: options.projectId,
    host: options.host,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  const counts: Counts = {
    reads: 0,
    writes: 0,
    calls: [],
    reset() {
      Object.assign(counts, { reads: 0, writes: 0, calls: [] });
    },
  };
  const hook: StoreHook = options.hook ?? ((_call, go) => go());
  wrap(db, 'request', (original, method, args) => {
    const call = { method, request: args[1] };
    return hook(call, async () => {
      note(counts, call);
      return original();
    });
  });
  wrap(db, 'requestStream', (original, method, args) => {
    const call = { method, request: args[2] };
    return hook(call, async () => {
      note(counts, call);
      const stream = await original();
      countAnswers(stream, counts, QUERIES.has(method));
      return stream;
    });
  });
  return { db, counts };
}

function wrap(
  db: Firestore,
  name: 'request' | 'requestStream',
  around: (original: () => Promise<unknown>, method: string, args: readonly unknown[]) => Promise<unknown>,
): void {
  const original: unknown = Reflect.get(db, name);
  if (typeof original !== 'function') throw new Error(`This Firestore client has no "${name}" to count at.`);
  Reflect.set(db, name, (...args: unknown[]) =>
    around(() => Promise.resolve(Reflect.apply(original, db, args) as unknown), String(args[0]), args),
  );
}

function note(counts: Counts, call: StoreCall): void {
  counts.calls.push(call);
  if (call.method === 'commit' || call.method === 'batchWrite')
    counts.writes += listAt(call.request, 'writes').length;
}

/** Watches what the stream emits without reading from it, so that it stays paused until its owner resumes it. */
function countAnswers(stream: unknown, counts: Counts, isQuery: boolean): void {
  if (
    typeof stream !== 'object' ||
    stream === null ||
    !('emit' in stream) ||
    typeof stream.emit !== 'function'
  )
    return;
  const emit = stream.emit;
  let seen = 0;
  Reflect.set(stream, 'emit', (event: string, ...args: unknown[]): unknown => {
    if (event === 'data' && ['document', 'found', 'missing'].some((field) => isSet(args[0], field))) {
      seen += 1;
      counts.reads += 1;
    }
    if (event === 'end' && isQuery && seen === 0) counts.reads += 1;
    return Reflect.apply(emit, stream, [event, ...args]) as unknown;
  });
}

function isSet(value: unknown, field: string): boolean {
  return typeof value === 'object' && value !== null && Boolean(Reflect.get(value, field));
}

function listAt(value: unknown, field: string): unknown[] {
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, field) : null;
  return Array.isArray(list) ? list : [];
}
