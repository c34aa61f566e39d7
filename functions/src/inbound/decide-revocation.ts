import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { RevocationDecide } from '../contract/suppressions.ts';
import { holdsPhoneNumber } from '../people/own-words.ts';
import { readPhoneKey } from '../people/phone-keys-store.ts';
import { recordHold } from '../people/record-hold.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { isAlreadyExists, isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { retrying } from '../platform/retry.ts';
import { readRevocation, writeDecision } from './revocations-store.ts';

export interface DecideDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  config: Pick<Config, 'defaultCountry'>;
}

/** `decided`: somebody else has come first, to another end. */
export type DecideResult = 'done' | 'not_found' | 'decided' | 'number_in_reason';

const TRIES = 10;

/**
 * An operator decides what a flagged message meant (IN-7): an opt-out of the number it came from, recorded like a STOP, or
 * nothing. The same decision again changes nothing.
 */
export async function decideRevocation(
  deps: DecideDeps,
  audit: AuditContext,
  id: string,
  { as, reason }: RevocationDecide,
): Promise<DecideResult> {
  if (reason !== undefined && holdsPhoneNumber(reason, deps.config.defaultCountry)) return 'number_in_reason';
  const lostRace = (error: unknown) => isAlreadyExists(error) || isConflict(error);
  return retrying(TRIES, lostRace, async () => {
    const revocation = await readRevocation(deps.db, id);
    if (revocation === null) return 'not_found';
    if (revocation.state !== 'open') return revocation.state === as ? 'done' : 'decided';
    const { phoneKey } = revocation;
    const known = await readPhoneKey(deps.db, phoneKey);
    const at = deps.clock.now();
    const { id: operatorId, label: operator } = audit.actor;
    const batch = deps.db.batch();
    writeDecision(batch, deps.db, revocation, { as, at, operatorId, operator, reason: reason ?? null });
    if (as === 'opted_out') {
      const why = reason ?? 'Their message asked for it in other words.';
      const event = { source: 'operator', reason: why, errorCode: null, messageId: id, at } as const;
      recordHold(batch, deps, audit, { kind: 'opted_out', change: 'added', phoneKey, known, ...event });
    } else {
      appendAudit(batch, deps, audit, {
        action: 'consent.dismissed',
        target: { kind: 'person', id: known?.userId ?? null },
        after: { messageId: id, ...(reason === undefined ? {} : { reason }) },
      });
    }
    await batch.commit();
    return 'done';
  });
}
