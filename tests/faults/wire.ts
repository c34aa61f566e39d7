/** Firestore's documents as they go over the wire, in plain values: what the witness of the commits needs of them. */

export interface WireWrite {
  collection: string;
  id: string;
  /** The fields that are written; those that the server works out are missing. */
  fields: Record<string, unknown>;
  deleted: boolean;
}

/** The writes of a commit's request. */
export function writesOf(request: unknown): WireWrite[] {
  return listAt(request, 'writes').map((write) => {
    const update = at(write, 'update');
    const name = textOf(at(update, 'name') ?? at(write, 'delete'));
    const [collection = '', id = ''] = name.split('/').slice(-2);
    const deleted = update === undefined || update === null;
    return { collection, id, fields: deleted ? {} : mapOf(at(update, 'fields')), deleted };
  });
}

/** Full names of the documents that a commit writes. */
export function writtenNames(request: unknown): string[] {
  return listAt(request, 'writes').map((write) =>
    textOf(at(at(write, 'update'), 'name') ?? at(write, 'delete')),
  );
}

/** Full names of the documents that a read inside a transaction locks. */
export function lockedNames(request: unknown): string[] {
  return isTransactional(request) ? listAt(request, 'documents').map(String) : [];
}

export function isTransactional(request: unknown): boolean {
  return transactionOf(request) !== null || Boolean(at(request, 'newTransaction'));
}

/** The transaction that a request belongs to; null where there is none yet. */
export function transactionOf(request: unknown): Uint8Array | string | null {
  const transaction = at(request, 'transaction');
  const isId = transaction instanceof Uint8Array || typeof transaction === 'string';
  return isId && transaction.length > 0 ? transaction : null;
}

function mapOf(fields: unknown): Record<string, unknown> {
  if (typeof fields !== 'object' || fields === null) return {};
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, valueOf(value)]));
}

function valueOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [entry] = Object.entries(value).filter(([name]) => name !== 'valueType');
  if (entry === undefined) return null;
  const [kind, inner] = entry as [string, unknown];
  if (kind === 'nullValue') return null;
  if (kind === 'arrayValue') return listAt(inner, 'values').map(valueOf);
  if (kind === 'mapValue') return mapOf(at(inner, 'fields'));
  if (kind === 'timestampValue')
    return Number(at(inner, 'seconds')) * 1000 + Number(at(inner, 'nanos') ?? 0) / 1e6;
  if (kind === 'integerValue') return Number(inner);
  return inner;
}

function at(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, field) as unknown) : undefined;
}

function listAt(value: unknown, field: string): unknown[] {
  const list = at(value, field);
  return Array.isArray(list) ? list : [];
}

/** A text, or nothing where there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
