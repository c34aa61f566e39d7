import { SYSTEM_ACTOR } from '../audit/append.ts';
import type { Carrier } from '../carrier/carrier.ts';
import { failureCategory } from '../carrier/codes.ts';
import type { HoldKind } from '../contract/consent.ts';
import { readErrorCodes } from '../people/error-codes-store.ts';
import { readPhoneKey } from '../people/phone-keys-store.ts';
import { recordHold } from '../people/record-hold.ts';
import { readUser } from '../people/users-store.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';
import { movesOf } from './delivery-status.ts';
import { leftForPresentNumber } from './lookup-decision.ts';
import type { Outgoing } from './outgoing-store.ts';

/**
 * What a failure says about the number that was texted, added to the commit that records the failure (SUPP-1, SUPP-2):
 * the table of error codes decides whether it is suppressed or opted out. Answers the kind of a new hold, or null.
 *
 * Up to three reads, all through `reader` and before any write. A person may have another number by the time a report
 * comes, a day late; then it says nothing about the one that they have.
 */
export async function recordFailure(
  deps: { db: Database; ids: Ids; carrier: Pick<Carrier, 'codes'> },
  { reader, writer }: { reader: Reader; writer: Writer },
  entry: Outgoing,
  errorCode: number,
  now: Date,
): Promise<HoldKind | null> {
  const { userId } = entry.item;
  // A number that nobody is registered with is kept for no longer than the message needs it.
  if (userId === null) return null;
  const { codes } = await readErrorCodes(deps.db, reader);
  const category = failureCategory(deps.carrier.codes, errorCode, codes);
  if (category !== 'suppress' && category !== 'opt_out') return null;
  const user = await readUser(deps.db, userId, reader);
  if (user === null || !leftForPresentNumber(user.numberSince, attemptedAt(entry))) return null;
  const known = await readPhoneKey(deps.db, user.phoneKey, reader);
  if (known?.userId !== user.id) return null;
  const kind = category === 'opt_out' ? 'opted_out' : 'suppressed';
  const context = { actor: SYSTEM_ACTOR, address: null, requestId: entry.requestId };
  const recorded = recordHold(writer, deps, context, {
    kind,
    change: 'added',
    phoneKey: user.phoneKey,
    known,
    source: 'carrier',
    reason: deps.carrier.codes.error(errorCode).reason,
    errorCode,
    messageId: entry.id,
    at: now,
  });
  return recorded ? kind : null;
}

/** When the message was last sent to the carrier: the number that it went to is the one of that moment. */
function attemptedAt({ item, delivery }: Pick<Outgoing, 'item' | 'delivery'>): Date {
  const attempts = movesOf(delivery.history).filter(({ status }) => status === 'sending');
  return attempts.at(-1)?.at ?? new Date(item.queuedAt);
}
