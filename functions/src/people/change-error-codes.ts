import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Carrier } from '../carrier/carrier.ts';
import { failureCategory, maySuppress, type CarrierCodes } from '../carrier/codes.ts';
import type { ErrorCodesAnswer, ErrorCodesPatch } from '../contract/suppressions.ts';
import { isAlreadyExists, isConflict } from '../platform/errors.ts';
import { retrying } from '../platform/retry.ts';
import { isAsSeen } from '../platform/settings-seen.ts';
import { readErrorCodes, writeErrorCodes, type ErrorCodeSettings } from './error-codes-store.ts';
import { COMMIT_TRIES, type PeopleDeps } from './register-person.ts';

/** The whole table, in order: every code that Parley knows or that an admin has set. */
export function errorCodeTable(
  carrier: CarrierCodes,
  { codes, updatedAt, updatedBy }: ErrorCodeSettings,
): ErrorCodesAnswer {
  const all = [...new Set([...carrier.known, ...Object.keys(codes).map(Number)])];
  return {
    codes: all
      .sort((a, b) => a - b)
      .map((code) => ({
        code,
        reason: carrier.error(code).reason,
        category: failureCategory(carrier, code, codes),
        default: carrier.category(code),
        maySuppress: maySuppress(code),
      })),
    updatedAt: updatedAt?.toISOString() ?? null,
    updatedBy,
  };
}

/**
 * Sets what happens to a number after these codes, from the next failure on; numbers that are suppressed already stay so.
 * A code that is set back to its default is no longer stored. Answers the new table; null when somebody has changed it
 * since the caller saw it.
 */
export async function changeErrorCodes(
  deps: Pick<PeopleDeps, 'db' | 'ids' | 'clock'> & { carrier: Pick<Carrier, 'codes'> },
  audit: AuditContext,
  { codes, seen }: ErrorCodesPatch,
): Promise<ErrorCodesAnswer | null> {
  const carrier = deps.carrier.codes;
  const lostRace = (error: unknown) => isAlreadyExists(error) || isConflict(error);
  return retrying(COMMIT_TRIES, lostRace, async () => {
    const settings = await readErrorCodes(deps.db);
    if (!isAsSeen(settings, seen)) return null;
    const changed = Object.keys(codes).filter(
      (code) =>
        (codes[code] ?? carrier.category(Number(code))) !==
        failureCategory(carrier, Number(code), settings.codes),
    );
    if (changed.length === 0) return errorCodeTable(carrier, settings);
    const merged = Object.entries({ ...settings.codes, ...codes }).filter(
      ([code, category]) => category !== null && category !== carrier.category(Number(code)),
    );
    const after: ErrorCodeSettings = {
      codes: Object.fromEntries(
        merged.flatMap(([code, category]) => (category === null ? [] : [[code, category]])),
      ),
      updatedAt: deps.clock.now(),
      updatedBy: audit.actor.label,
      version: settings.version,
    };
    const batch = deps.db.batch();
    writeErrorCodes(batch, deps.db, after);
    const categories = (of: ErrorCodeSettings) =>
      Object.fromEntries(changed.map((code) => [code, failureCategory(carrier, Number(code), of.codes)]));
    appendAudit(batch, deps, audit, {
      action: 'settings.changed',
      target: { kind: 'system', id: 'errorCodes' },
      before: categories(settings),
      after: categories(after),
    });
    await batch.commit();
    return errorCodeTable(carrier, after);
  });
}
