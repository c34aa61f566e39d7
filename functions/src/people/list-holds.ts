import type { HoldKind } from '../contract/consent.ts';
import type { SuppressionItem } from '../contract/suppressions.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import {
  findPhoneKey,
  holdOf,
  queryHolds,
  readPhoneKey,
  type HeldNumber,
  type Hold,
  type PhoneKey,
} from './phone-keys-store.ts';
import { parsePhoneNumber, type RefusedPhoneNumber } from './phone-number.ts';
import { unknownLabel } from './record-hold.ts';
import { readUsers, type User } from './users-store.ts';

/** A hold, as the API answers it. */
export function holdItem(hold: Hold) {
  return { ...hold, at: hold.at.toISOString() };
}

/** One page of opt-outs or suppressed numbers, newest first: at most two reads for each. */
export async function listHolds(
  db: Database,
  kind: HoldKind,
  after: { time: Date; id: string } | null,
  limit: number,
): Promise<SuppressionItem[]> {
  return describeHolds(db, kind, await queryHolds(db, kind, after, limit));
}

export interface SearchHoldsDeps {
  db: Database;
  vault: Pick<PhoneVault, 'hashes'>;
  config: Pick<Config, 'defaultCountry'>;
}

/** The opt-out and the suppression of a number, where there are any: two reads. */
export async function searchHolds(
  deps: SearchHoldsDeps,
  text: string,
): Promise<{ ok: true; items: SuppressionItem[] } | { ok: false; number: RefusedPhoneNumber }> {
  const number = parsePhoneNumber(text, deps.config.defaultCountry);
  if (!number.ok) return { ok: false, number };
  const { hash, phoneKey } = await findPhoneKey(deps.db, deps.vault.hashes(number.e164));
  return { ok: true, items: await describeKey(deps.db, hash, phoneKey) };
}

/** The same, of a number whose hash is known. */
export async function holdsOn(db: Database, phoneKey: string): Promise<SuppressionItem[]> {
  return describeKey(db, phoneKey, await readPhoneKey(db, phoneKey));
}

async function describeKey(db: Database, hash: string, key: PhoneKey | null): Promise<SuppressionItem[]> {
  if (key === null) return [];
  const kinds = (['opted_out', 'suppressed'] as const).map(async (kind) => {
    const hold = holdOf(key, kind);
    return hold === null ? [] : describeHolds(db, kind, [{ id: hash, userId: key.userId, hold }]);
  });
  return (await Promise.all(kinds)).flat();
}

async function describeHolds(
  db: Database,
  kind: HoldKind,
  held: readonly HeldNumber[],
): Promise<SuppressionItem[]> {
  const users = await readUsers(
    db,
    held.flatMap(({ userId }) => userId ?? []),
  );
  return held.map(({ id, userId, hold }) => {
    const user: User | undefined = userId === null ? undefined : users.get(userId);
    return {
      ...holdItem(hold),
      id,
      kind,
      userId,
      label: user?.label ?? unknownLabel(id),
      maskedPhone: user?.maskedPhone ?? null,
    };
  });
}
