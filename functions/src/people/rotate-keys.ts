import { appendAudit, type AuditContext } from '../audit/append.ts';
import { isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import { retrying } from '../platform/retry.ts';
import {
  pageOfSealedNumbers,
  readSealedNumber,
  sealedWith,
  writeSealedNumber,
  type SealedNumber,
} from './users-store.ts';

export interface RotateDeps {
  db: Database;
  ids: Ids;
  vault: PhoneVault;
  keys: KeyRing;
}

/** What a rotation has found and done. */
export interface Rotation {
  people: number;
  /** Under the newest key now, or with `dryRun` to be put under it. */
  sealedAnew: number;
  /** Under the newest key before. */
  current: number;
  /** How many numbers each older key had sealed. */
  older: Record<string, number>;
  /** People whose number no key of the ring opens; they stay as they are. */
  unreadable: string[];
}

const PAGE = 200;
const AT_ONCE = 20;
const TRIES = 10;

/**
 * Seals every number anew that an older key has sealed (PRIV-4), a page at a time, beside running functions: a person
 * that changes meanwhile is read again. It can be stopped and run again at any time, since what is under the newest key
 * stays as it is. One read for each person and one write for each number that is sealed anew; `tell` is called after each page.
 */
export async function rotateKeys(
  deps: RotateDeps,
  audit: AuditContext,
  options: { dryRun: boolean; tell?: (soFar: Rotation) => void },
): Promise<Rotation> {
  const report: Rotation = { people: 0, sealedAnew: 0, current: 0, older: {}, unreadable: [] };
  for (let afterId = ''; ;) {
    const page = await pageOfSealedNumbers(deps.db, afterId, PAGE);
    for (let start = 0; start < page.length; start += AT_ONCE) {
      const some = page.slice(start, start + AT_ONCE);
      await Promise.all(some.map((read) => sealAnew(deps, read, options.dryRun, report)));
    }
    const last = page.at(-1);
    if (last === undefined) break;
    afterId = last.userId;
    options.tell?.(report);
  }
  if (!options.dryRun && report.sealedAnew > 0) {
    const batch = deps.db.batch();
    const { people, sealedAnew, unreadable } = report;
    appendAudit(batch, deps, audit, {
      action: 'system.keys_rotated',
      target: { kind: 'system', id: null },
      after: { key: deps.keys[0].id, people, sealedAnew, unreadable: unreadable.length },
    });
    await batch.commit();
  }
  return report;
}

async function sealAnew(
  deps: RotateDeps,
  first: SealedNumber,
  dryRun: boolean,
  report: Rotation,
): Promise<void> {
  report.people += 1;
  let read: SealedNumber | null = first;
  await retrying(TRIES, isConflict, async () => {
    read ??= await readSealedNumber(deps.db, first.userId);
    const current = read;
    // Only the first try goes by the page; whoever changed meanwhile is read again.
    read = null;
    if (current === null) return;
    const keyId = sealedWith(current.phoneNumber);
    if (keyId === deps.keys[0].id) {
      report.current += 1;
      return;
    }
    const sealed = reseal(deps.vault, current);
    if (sealed === null) {
      report.unreadable.push(current.userId);
      return;
    }
    if (!dryRun) await writeSealedNumber(deps.db, current, sealed);
    report.sealedAnew += 1;
    report.older[keyId] = (report.older[keyId] ?? 0) + 1;
  });
}

/** Null when the number cannot be opened. What was sealed is opened again before it takes the place of the other. */
function reseal(vault: PhoneVault, { userId, phoneNumber }: SealedNumber): string | null {
  try {
    const number = vault.decrypt(userId, phoneNumber);
    const sealed = vault.encrypt(userId, number);
    return vault.decrypt(userId, sealed) === number ? sealed : null;
  } catch {
    // Its key has left the ring, or it was damaged: a rotation cannot repair that.
    return null;
  }
}
