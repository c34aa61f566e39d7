import type { HoldKind } from '../contract/consent.ts';
import type { SuppressionItem } from '../contract/suppressions.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import { holdOf, queryHolds, readPhoneKey, type HeldNumber, type Hold } from './phone-keys-store.ts';
import { parsePhoneNumber, type RefusedPhoneNumber } from './phone-number.ts';
import { unknownLabel } from './record-hold.ts';
import { readUsers, type User } from './users-store.ts';

/** What the API tells of a hold. */
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
  vault: Pick<PhoneVault, 'hash'>;
  config: Pick<Config, 'defaultCountry'>;
}

/** What holds texts back from a number: two reads. */
export async function searchHolds(
  deps: SearchHoldsDeps,
  text: string,
): Promise<{ ok: true; items: SuppressionItem[] } | { ok: false; number: RefusedPhoneNumber }> {
  const number = parsePhoneNumber(text, deps.config.defaultCountry);
  if (!number.ok) return { ok: false, number };
  return { ok: true, items: await holdsOn(deps.db, deps.vault.hash(number.e164)) };
}

/** Both kinds, where they stand. */
export async function holdsOn(db: Database, phoneKey: string): Promise<SuppressionItem[]> {
  const key = await readPhoneKey(db, phoneKey);
  if (key === null) return [];
  const kinds = (['opted_out', 'suppressed'] as const).map(async (kind) => {
    const hold = holdOf(key, kind);
    return hold === null ? [] : describeHolds(db, kind, [{ id: phoneKey, userId: key.userId, hold }]);
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
