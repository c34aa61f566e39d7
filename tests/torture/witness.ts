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

/** The only ways back: put off by the carrier, or found never to have left; and what is not due yet may be edited. */
const WAYS_BACK = new Set(['sending>queued', 'unconfirmed>queued', 'held>scheduled', 'scheduled>held']);
const WAITING = new Set(['scheduled', 'held']);
const FINAL = new Set(['delivered', 'undelivered', 'failed', 'canceled', 'read']);

export function isFinal(status: string): boolean {
  return FINAL.has(status);
}

function isForward(from: string, to: string): boolean {
  if (isFinal(from)) return from === 'delivered' && to === 'read';
  return (RANKS[to] ?? -1) > (RANKS[from] ?? 99) || WAYS_BACK.has(`${from}>${to}`);
}

/** What a conversation should say, worked out of the commits of the log in their order. */
export interface Told {
  unread: number;
  lastText: string;
  lastDirection: 'in' | 'out';
}

interface Seen {
  body: string;
  kind: string;
  userId: string;
  status: string;
  checkAt: number | null;
  history: unknown[];
}

/**
 * Sees every commit that the server took, in order, whoever made it and whether or not the maker learned of it, and holds
 * each against what must never be written. Costs no reads.
 */
export class Witness {
  readonly violations: string[] = [];
  readonly #outgoing = new Map<string, Seen>();
  /** Numbers that opted out, by their keyed hash. */
  readonly #optedOut = new Set<string>();
  readonly #incoming = new Set<string>();
  readonly #told = new Map<string, Told>();
  readonly #phoneKeyOf = new Map<string, string>();
  readonly #secrets: readonly string[];

  /** `secrets`: digits that no document and no log line may hold. */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** When the next entry must be looked at again; null when nothing is owed. */
  get nextCheckAt(): number | null {
    const due = [...this.#outgoing.values()].flatMap(({ checkAt }) => checkAt ?? []);
    return due.length === 0 ? null : Math.min(...due);
  }

  /** What a person's conversation should say; undefined where nothing was said yet. */
  told(userId: string): Told | undefined {
    return this.#told.get(userId);
  }

  #tell(userId: string, change: Partial<Told>): void {
    const before = this.#told.get(userId) ?? { unread: 0, lastText: '', lastDirection: 'out' as const };
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

  committed(request: unknown): void {
    for (const write of writesOf(request)) {
      this.checkLeak(write.collection, JSON.stringify(write.fields) + write.id);
      if (write.collection === 'users') this.#phoneKeyOf.set(write.id, String(write.fields['phoneKey']));
      if (write.collection === 'phoneKeys' && 'optedOut' in write.fields) {
        if (write.fields['optedOut'] === null) this.#optedOut.delete(write.id);
        else this.#optedOut.add(write.id);
      }
    }
    for (const write of writesOf(request)) {
      if (write.collection === 'outgoingMessages') this.#moved(write);
      if (write.collection === 'incomingMessages') this.#received(write);
    }
  }

  #received({ id, fields }: WireWrite): void {
    const userId: unknown = fields['userId'];
    if (this.#incoming.has(id) || typeof userId !== 'string') return;
    this.#incoming.add(id);
    const unread = (this.#told.get(userId)?.unread ?? 0) + 1;
    this.#tell(userId, { unread, lastText: String(fields['body']), lastDirection: 'in' });
  }

  /** An operator's text reads what came in when it is accepted, and is the last text when it leaves. */
  #answered({ kind, userId, body }: Seen, before: Seen | undefined, status: string): void {
    if (kind !== 'operator') return;
    if (before === undefined) this.#tell(userId, { unread: 0 });
    const waits = (state: string | undefined) => state === undefined || WAITING.has(state);
    if (waits(before?.status) && !WAITING.has(status) && !isFinal(status))
      this.#tell(userId, { lastText: body, lastDirection: 'out' });
  }

  #moved({ id, fields }: WireWrite): void {
    const before = this.#outgoing.get(id);
    const after: Seen = {
      body: textOf(fields['body'] ?? before?.body),
      kind: textOf(fields['kind'] ?? before?.kind),
      userId: textOf(fields['userId'] ?? before?.userId),
      status: textOf(fields['status'] ?? before?.status),
      checkAt: 'checkAt' in fields ? (fields['checkAt'] as number | null) : (before?.checkAt ?? null),
      history: Array.isArray(fields['history']) ? fields['history'] : (before?.history ?? []),
    };
    this.#outgoing.set(id, after);
    this.#answered(after, before, after.status);
    if (after.status === 'sending' && before?.status !== 'sending') this.#checkConsent(id, after);
    if (before === undefined) return;
    if (!beginsWith(after.history, before.history)) this.say(`history: ${id} lost lines of its history`);
    const path = [before.status, ...after.history.slice(before.history.length).map(statusOf)];
    for (const [index, to] of path.slice(1).entries()) {
      const from = path[index] ?? '';
      if (!isForward(from, to)) this.say(`history: ${id} went from ${from} to ${to}`);
    }
    if (path.at(-1) !== after.status)
      this.say(`history: ${id} is ${after.status} and its history does not say so`);
    if (isFinal(after.status) && after.checkAt !== null)
      this.say(`history: ${id} is over and still owed a look`);
  }

  /** A worker takes the entry up: from here on it is the carrier's. An automatic reply answers the person's own text. */
  #checkConsent(id: string, { kind, userId }: Seen): void {
    const phoneKey = this.#phoneKeyOf.get(userId);
    if (kind === 'operator' && phoneKey !== undefined && this.#optedOut.has(phoneKey))
      this.say(`consent: ${id} was taken up although its person had opted out`);
  }
}

function statusOf(line: unknown): string {
  return typeof line === 'object' && line !== null && 'status' in line ? String(line.status) : '';
}

function beginsWith(list: readonly unknown[], start: readonly unknown[]): boolean {
  return start.every((line, index) => JSON.stringify(line) === JSON.stringify(list[index]));
}
