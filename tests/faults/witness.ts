import { textOf, writesOf, type WireWrite } from './wire.ts';

/**
 * How far along a state is, written down here once more and on purpose: the harness must not believe the table that it
 * tests. An entry may go to a higher rank only.
 */
const RANKS: Readonly<Record<string, number>> = {
  scheduled: 0,
  held: 0,
  queued: 1,
  sending: 2,
  unconfirmed: 3,
  accepted: 4,
  sent: 5,
  delivered: 6,
  undelivered: 6,
  failed: 6,
  canceled: 6,
  read: 7,
};

/** The only ways back: put off by the carrier, or certainly never taken by it; and what is not due yet may be edited. */
const WAYS_BACK = new Set([
  'sending>queued',
  'unconfirmed>queued',
  'held>held',
  'held>scheduled',
  'scheduled>scheduled',
]);
const WAITING = new Set(['scheduled', 'held']);
const FINAL = new Set(['delivered', 'undelivered', 'failed', 'canceled', 'read']);

export function isFinal(status: string): boolean {
  return FINAL.has(status);
}

function isForward(from: string, to: string): boolean {
  if (isFinal(from)) return from === 'delivered' && to === 'read';
  return (RANKS[to] ?? -1) > (RANKS[from] ?? 99) || WAYS_BACK.has(`${from}>${to}`);
}

/** What a conversation should show, worked out of the commits of the log in their order. */
export interface Told {
  unread: number;
  lastText: string;
  lastDirection: 'in' | 'out' | null;
}

interface Seen {
  body: string;
  kind: string;
  userId: string;
  status: string;
  checkAt: number | null;
  dueAt: number | null;
  attention: unknown;
  history: unknown[];
}

const HOLDS = { optedOut: 'opted_out', suppressed: 'suppressed' } as const;
type Hold = (typeof HOLDS)[keyof typeof HOLDS];

/**
 * Sees every commit that the server took, in order, whoever made it and whether or not the maker learned of it, and holds
 * each against what must never be written. Costs no reads.
 */
export class Witness {
  readonly violations: string[] = [];
  readonly #outgoing = new Map<string, Seen>();
  /** Opt-outs and suppressions: kinds and keyed hashes of numbers. */
  readonly #held = new Set<`${Hold} ${string}`>();
  readonly #incoming = new Set<string>();
  readonly #told = new Map<string, Told>();
  /** All the numbers that a person has had, by their keyed hashes; the last one is theirs. */
  readonly #phoneKeysOf = new Map<string, string[]>();
  readonly #words = new Map<string, string[]>();
  readonly #claims = new Map<string, string[]>();
  readonly #secrets: readonly string[];

  /** `secrets`: digits that no document and no log line may hold. */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** All the words that an entry has had in the log, in order. */
  wordsOf(id: string): readonly string[] {
    return this.#words.get(id) ?? [];
  }

  /** The numbers that its person had when the entry was claimed, by their keyed hashes. */
  claimsOf(id: string): readonly string[] {
    return this.#claims.get(id) ?? [];
  }

  /** Entries that need review. */
  get unclear(): string[] {
    return [...this.#outgoing].flatMap(([id, { attention }]) => (attention === null ? [] : [id]));
  }

  /** When the next entry must be looked at again; null when nothing is owed. */
  get nextCheckAt(): number | null {
    const due = [...this.#outgoing.values()].flatMap(({ checkAt }) => checkAt ?? []);
    return due.length === 0 ? null : Math.min(...due);
  }

  /** What a person's conversation should show; undefined where nothing has happened yet. */
  told(userId: string): Told | undefined {
    return this.#told.get(userId);
  }

  #tell(userId: string, change: Partial<Told>): void {
    const before = this.#told.get(userId) ?? { unread: 0, lastText: '', lastDirection: null };
    this.#told.set(userId, { ...before, ...change });
  }

  say(violation: string): void {
    if (!this.violations.includes(violation)) this.violations.push(violation);
  }

  /** Somebody's number must not be in what was written. */
  checkLeak(where: string, text: string): void {
    for (const secret of this.#secrets)
      if (text.includes(secret)) this.say(`leak: a phone number is in ${where}`);
  }

  /** `clock`: the time by the clock of the process that commits. */
  committed(request: unknown, clock: number): void {
    const writes = writesOf(request);
    for (const write of writes) {
      this.checkLeak(write.collection, JSON.stringify(write.fields) + write.id);
      if (write.collection === 'users') this.#numbered(write);
      if (write.collection === 'phoneKeys') this.#hold(write, writes);
    }
    for (const write of writes) {
      if (write.collection === 'outgoingMessages') this.#moved(write, clock);
      if (write.collection === 'incomingMessages') this.#received(write);
      if (write.collection === 'consentEvents') this.#consented(write);
    }
  }

  #numbered({ id, fields }: WireWrite): void {
    const phoneKey = textOf(fields['phoneKey']);
    const known = this.#phoneKeysOf.get(id) ?? [];
    if (phoneKey !== '' && known.at(-1) !== phoneKey) this.#phoneKeysOf.set(id, [...known, phoneKey]);
  }

  /** A hold comes and goes with its event, and never with a document that is written anew or thrown away. */
  #hold({ id, fields, deleted }: WireWrite, together: readonly WireWrite[]): void {
    for (const [field, kind] of entriesOf(HOLDS)) {
      if (!deleted && !(field in fields)) continue;
      const holds = !deleted && fields[field] !== null;
      if (holds === this.#held.has(`${kind} ${id}`)) continue;
      if (holds) this.#held.add(`${kind} ${id}`);
      else this.#held.delete(`${kind} ${id}`);
      const told = together.some(
        (each) => each.collection === 'consentEvents' && each.fields['kind'] === kind,
      );
      if (!told) this.say(`consent: ${kind} of a number changed without an event`);
    }
  }

  #consented({ fields }: WireWrite): void {
    const { kind, change, phoneKey } = fields;
    if (kind !== 'opted_out' && kind !== 'suppressed') return;
    if ((change === 'added') !== this.#held.has(`${kind} ${textOf(phoneKey)}`))
      this.say(`consent: an event has ${kind}, ${textOf(change)}, and the number has not`);
  }

  #received({ id, fields }: WireWrite): void {
    const userId: unknown = fields['userId'];
    if (!this.#incoming.has(id)) this.#heard(fields);
    if (this.#incoming.has(id) || typeof userId !== 'string') return;
    this.#incoming.add(id);
    const unread = (this.#told.get(userId)?.unread ?? 0) + 1;
    this.#tell(userId, { unread, lastText: String(fields['body']), lastDirection: 'in' });
  }

  /** A STOP and a START hold from the very commit on that keeps them. */
  #heard({ keyword, userId, senderHash }: Record<string, unknown>): void {
    if (keyword !== 'stop' && keyword !== 'start') return;
    const numbers = typeof userId === 'string' ? (this.#phoneKeysOf.get(userId) ?? []) : [textOf(senderHash)];
    if (!numbers.some((number) => this.#held.has(`opted_out ${number}`) === (keyword === 'stop')))
      this.say(`consent: a ${keyword.toUpperCase()} is in the log and does not hold`);
  }

  /** An operator's message reads what came in when it is accepted, and is the last one when it is sent. */
  #answered({ kind, userId, body }: Seen, before: Seen | undefined, status: string): void {
    if (kind !== 'operator') return;
    if (before === undefined) this.#tell(userId, { unread: 0 });
    const waits = (state: string | undefined) => state === undefined || WAITING.has(state);
    if (waits(before?.status) && !WAITING.has(status) && !isFinal(status))
      this.#tell(userId, { lastText: body, lastDirection: 'out' });
  }

  #moved({ id, fields }: WireWrite, clock: number): void {
    const before = this.#outgoing.get(id);
    const after = seen(fields, before);
    this.#outgoing.set(id, after);
    this.#answered(after, before, after.status);
    const words = this.wordsOf(id);
    if (words.at(-1) !== after.body) this.#words.set(id, [...words, after.body]);
    if (after.status === 'sending' && before?.status !== 'sending') this.#claimed(id, after);
    if (before === undefined) return;
    this.#checkWaiting(id, before, after, clock);
    if (!beginsWith(after.history, before.history)) this.say(`history: ${id} lost lines of its history`);
    const path = [before.status, ...after.history.slice(before.history.length).map(statusOf)];
    for (const [index, to] of path.slice(1).entries()) {
      const from = path[index] ?? '';
      if (!isForward(from, to)) this.say(`history: ${id} went from ${from} to ${to}`);
    }
    if (path.at(-1) !== after.status)
      this.say(`history: ${id} is ${after.status} and its history does not show it`);
    if (isFinal(after.status) && after.checkAt !== null)
      this.say(`history: ${id} has ended and is still to be looked at`);
  }

  /** What waits may be edited, and is not sent before its time; what was sent is not edited. */
  #checkWaiting(id: string, before: Seen, after: Seen, clock: number): void {
    const waited = WAITING.has(before.status);
    const waits = WAITING.has(after.status);
    if (after.body !== before.body && !(waited && waits))
      this.say(`words: ${id} was edited after it had been sent`);
    const leaves = waited && !waits && !isFinal(after.status);
    if (leaves && before.dueAt !== null && before.dueAt > clock)
      this.say(`early: ${id} was sent before its time`);
  }

  /** A worker claims the entry: from here on it is the carrier's. An automatic reply answers the person's own message. */
  #claimed(id: string, { kind, userId }: Seen): void {
    if (kind !== 'operator') return;
    const phoneKey = this.#phoneKeysOf.get(userId)?.at(-1) ?? '';
    this.#claims.set(id, [...this.claimsOf(id), phoneKey]);
    for (const hold of Object.values(HOLDS))
      if (this.#held.has(`${hold} ${phoneKey}`))
        this.say(`consent: ${id} was claimed although its number is ${hold}`);
  }
}

function seen(fields: Record<string, unknown>, before: Seen | undefined): Seen {
  const text = (field: 'body' | 'kind' | 'userId' | 'status') => textOf(fields[field] ?? before?.[field]);
  const time = (field: 'checkAt' | 'dueAt') =>
    field in fields ? (fields[field] as number | null) : (before?.[field] ?? null);
  return {
    body: text('body'),
    kind: text('kind'),
    userId: text('userId'),
    status: text('status'),
    checkAt: time('checkAt'),
    dueAt: time('dueAt'),
    attention: 'attention' in fields ? fields['attention'] : (before?.attention ?? null),
    history: Array.isArray(fields['history']) ? fields['history'] : (before?.history ?? []),
  };
}

function entriesOf<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(record) as [K, V][];
}

function statusOf(line: unknown): string {
  return typeof line === 'object' && line !== null && 'status' in line ? String(line.status) : '';
}

function beginsWith(list: readonly unknown[], start: readonly unknown[]): boolean {
  return start.every((line, index) => JSON.stringify(line) === JSON.stringify(list[index]));
}
