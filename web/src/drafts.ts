/**
 * Drafts of messages, by recipient, so that neither a reload nor the end of a session loses them. They stay in this
 * browser for a day, for the operator who wrote them, until they are sent or that operator signs out. Only opaque ids and
 * the words are kept: no names and no numbers.
 */

/** The part of `localStorage` that is used; it may be full or forbidden, and then nothing is kept. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'parley.drafts';
const KEPT_MS = 24 * 60 * 60_000;
/** The newest ones. */
const MOST = 20;

interface Draft {
  body: string;
  at: number;
}

interface Kept {
  operatorId: string;
  drafts: Record<string, Draft>;
}

/** Stands for the recipient of a draft that has none yet. */
const NOBODY = '-';

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'body' in value &&
    typeof value.body === 'string' &&
    'at' in value &&
    typeof value.at === 'number'
  );
}

function read(storage: DraftStorage, operatorId: string, now: number): Kept {
  const none: Kept = { operatorId, drafts: {} };
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('drafts' in kept)) return none;
    if (!('operatorId' in kept) || kept.operatorId !== operatorId) return none;
    const fresh = Object.entries(kept.drafts ?? {}).filter(
      (entry): entry is [string, Draft] => isDraft(entry[1]) && now - entry[1].at < KEPT_MS,
    );
    return { operatorId, drafts: Object.fromEntries(fresh) };
  } catch {
    return none;
  }
}

/** What this operator was writing to somebody (null: to nobody yet); '' for nothing. */
export function readDraft(
  storage: DraftStorage,
  operatorId: string,
  userId: string | null,
  now: number,
): string {
  return read(storage, operatorId, now).drafts[userId ?? NOBODY]?.body ?? '';
}

/** Keeps a draft in place of the earlier one; a blank one is forgotten, and so are those of another operator. */
export function keepDraft(
  storage: DraftStorage,
  operatorId: string,
  userId: string | null,
  body: string,
  now: number,
): void {
  const { [userId ?? NOBODY]: _before, ...others } = read(storage, operatorId, now).drafts;
  const all = body.trim() === '' ? others : { ...others, [userId ?? NOBODY]: { body, at: now } };
  const newest = Object.entries(all)
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, MOST);
  try {
    if (newest.length === 0) storage.removeItem(KEY);
    else storage.setItem(KEY, JSON.stringify({ operatorId, drafts: Object.fromEntries(newest) }));
  } catch {
    // No room, or not allowed: the words are still on the screen.
  }
}

/** Forgets the drafts of everybody but `operatorId` (null: of everybody). */
export function forgetDrafts(storage: DraftStorage, operatorId: string | null, now: number): void {
  try {
    const mine = operatorId !== null && Object.keys(read(storage, operatorId, now).drafts).length > 0;
    if (!mine) storage.removeItem(KEY);
  } catch {
    // Then there is nothing to forget.
  }
}
