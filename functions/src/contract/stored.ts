/**
 * Reads the fields of stored documents, in the functions and in the console alike: needs neither Firestore nor a schema
 * library, so the webhook starts fast with it. What does not have its type is an error and never a zero, since a counter
 * that reads as 0 would lift a limit.
 */

/** A stored document that does not have the shape it must have; names the field, never its value. */
export class DocumentShapeError extends Error {
  constructor(field: string) {
    super(`A stored document has no proper "${field}".`);
    this.name = 'DocumentShapeError';
  }
}

/** What a Firestore timestamp of any SDK offers. */
interface Instant {
  toDate(): Date;
}

const isInstant = (value: unknown): value is Instant =>
  typeof value === 'object' && value !== null && 'toDate' in value && typeof value.toDate === 'function';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Firestore also stores NaN, which no comparison finds too large. */
const isNumber = (value: unknown): value is number => Number.isFinite(value);

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The fields of a document, or of a map in one. Every method throws DocumentShapeError where a field has another type;
 * those named `...OrNull` answer null where it is null or missing, as it may be in older documents.
 */
export class StoredFields {
  readonly #data: Readonly<Record<string, unknown>>;

  constructor(data: Readonly<Record<string, unknown>>) {
    this.#data = data;
  }

  has(field: string): boolean {
    return this.#data[field] !== undefined;
  }

  /** For fields that may be null and yet must be there, such as an opt-out. */
  require(...fields: readonly string[]): this {
    const missing = fields.find((field) => !this.has(field));
    if (missing !== undefined) throw new DocumentShapeError(missing);
    return this;
  }

  text(field: string): string {
    return this.#read(field, isText);
  }

  textOrNull(field: string): string | null {
    return this.#readOrNull(field, isText);
  }

  /** Finite. */
  number(field: string): number {
    return this.#read(field, isNumber);
  }

  numberOrNull(field: string): number | null {
    return this.#readOrNull(field, isNumber);
  }

  flag(field: string): boolean {
    return this.#read(field, isFlag);
  }

  instant(field: string): Date {
    return this.#read(field, isInstant).toDate();
  }

  instantOrNull(field: string): Date | null {
    return this.#readOrNull(field, isInstant)?.toDate() ?? null;
  }

  oneOf<const T extends string>(field: string, allowed: readonly T[]): T {
    const found = allowed.find((each) => each === this.#data[field]);
    if (found === undefined) throw new DocumentShapeError(field);
    return found;
  }

  oneOfOrNull<const T extends string>(field: string, allowed: readonly T[]): T | null {
    return this.#isNone(field) ? null : this.oneOf(field, allowed);
  }

  /** A map. */
  part(field: string): StoredFields {
    return new StoredFields(this.#read(field, isMap));
  }

  partOrNull(field: string): StoredFields | null {
    return this.#isNone(field) ? null : this.part(field);
  }

  texts(field: string): string[] {
    return this.#list(field, isText);
  }

  instants(field: string): Date[] {
    return this.#list(field, isInstant).map((each) => each.toDate());
  }

  /** A list of maps. */
  parts(field: string): StoredFields[] {
    return this.#list(field, isMap).map((each) => new StoredFields(each));
  }

  #isNone(field: string): boolean {
    return this.#data[field] === undefined || this.#data[field] === null;
  }

  #read<T>(field: string, is: (value: unknown) => value is T): T {
    const value = this.#data[field];
    if (!is(value)) throw new DocumentShapeError(field);
    return value;
  }

  #readOrNull<T>(field: string, is: (value: unknown) => value is T): T | null {
    return this.#isNone(field) ? null : this.#read(field, is);
  }

  #list<T>(field: string, is: (value: unknown) => value is T): T[] {
    const values = this.#read(field, (value): value is unknown[] => Array.isArray(value));
    return values.map((each) => {
      if (!is(each)) throw new DocumentShapeError(field);
      return each;
    });
  }
}

/** The fields of what Firestore gave of a document; none where there is no document. */
export function storedFields(data: Readonly<Record<string, unknown>> | undefined): StoredFields {
  return new StoredFields(data ?? {});
}
