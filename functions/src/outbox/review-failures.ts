import type { AuditContext } from '../audit/append.ts';
import type { Carrier } from '../carrier/carrier.ts';
import { failureCategory, type CarrierCodes, type CategoryOverrides } from '../carrier/codes.ts';
import { newestConsentEvents } from '../people/consent-events-store.ts';
import { readErrorCodes } from '../people/error-codes-store.ts';
import { holdOf, readPhoneKey } from '../people/phone-keys-store.ts';
import { recordHold } from '../people/record-hold.ts';
import { readUser } from '../people/users-store.ts';
import type { Clock } from '../platform/clock.ts';
import { isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { retrying } from '../platform/retry.ts';
import { hasArrivedSince, queryFailures, type PastFailure } from './failures-store.ts';
import { leftForPresentNumber } from './lookup-decision.ts';

export interface ReviewDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  carrier: Pick<Carrier, 'codes'>;
}

/** What follows from one failure: a new hold, or why none. */
export type Verdict =
  | 'suppressed'
  | 'opted_out'
  | 'category'
  | 'no_person'
  | 'number_changed'
  | 'held_already'
  | 'reached_since'
  | 'lifted_since';

export interface Review {
  verdicts: Record<Verdict, number>;
  /** Where the next page goes on; null at the end. */
  next: { time: Date; id: string } | null;
}

/** Failures that one call looks at, and the newest events of a number that it asks for. */
export const REVIEW_PAGE = 200;
const EVENTS = 20;
const TRIES = 10;

/**
 * Looks at past failures again, newest first, by the table of error codes as it is now (SUPP-3), for those of before the
 * table said what it says. Holds back what a report would today, except where a later text has arrived, where somebody
 * has lifted it since, or where the person has another number. Repeatable: a second run finds everything held already.
 * One read for each failure, and at most 24 more for each number that is in question.
 */
export async function reviewFailures(
  deps: ReviewDeps,
  audit: AuditContext,
  { since, after, dryRun }: { since: Date; after: Review['next']; dryRun: boolean },
): Promise<Review> {
  const [{ codes }, found] = await Promise.all([
    readErrorCodes(deps.db),
    queryFailures(deps.db, since, after, REVIEW_PAGE + 1),
  ]);
  const verdicts: Review['verdicts'] = {
    suppressed: 0,
    opted_out: 0,
    category: 0,
    no_person: 0,
    number_changed: 0,
    held_already: 0,
    reached_since: 0,
    lifted_since: 0,
  };
  const seen = new Map<string, Verdict>();
  for (const failure of found.slice(0, REVIEW_PAGE)) {
    const kind = kindOf(deps.carrier.codes, failure, codes);
    const key = `${kind ?? ''} ${failure.userId}`;
    const before = kind === null ? undefined : seen.get(key);
    // The newest failure of a number decides; older ones of the same kind follow it.
    const verdict = before === undefined ? await judge(deps, audit, failure, kind, dryRun) : repeated(before);
    seen.set(key, verdict);
    verdicts[verdict] += 1;
  }
  const last = found.length > REVIEW_PAGE ? found[REVIEW_PAGE - 1] : undefined;
  return { verdicts, next: last === undefined ? null : { time: last.queuedAt, id: last.id } };
}

const repeated = (verdict: Verdict): Verdict =>
  verdict === 'suppressed' || verdict === 'opted_out' ? 'held_already' : verdict;

function kindOf(
  carrier: CarrierCodes,
  { errorCode }: PastFailure,
  codes: CategoryOverrides,
): 'suppressed' | 'opted_out' | null {
  const category = errorCode === null ? 'permanent' : failureCategory(carrier, errorCode, codes);
  if (category === 'suppress') return 'suppressed';
  return category === 'opt_out' ? 'opted_out' : null;
}

async function judge(
  deps: ReviewDeps,
  audit: AuditContext,
  failure: PastFailure,
  kind: 'suppressed' | 'opted_out' | null,
  dryRun: boolean,
): Promise<Verdict> {
  if (kind === null) return 'category';
  return retrying(TRIES, isConflict, async (): Promise<Verdict> => {
    const user = await readUser(deps.db, failure.userId);
    if (user === null) return 'no_person';
    if (!leftForPresentNumber(user.numberSince, failure.attemptedAt)) return 'number_changed';
    const { phoneKey } = user;
    const known = await readPhoneKey(deps.db, phoneKey);
    if (known?.userId !== user.id) return 'no_person';
    if (holdOf(known, kind) !== null) return 'held_already';
    if (await hasArrivedSince(deps.db, user.id, failure.queuedAt)) return 'reached_since';
    const events = await newestConsentEvents(deps.db, phoneKey, EVENTS);
    const lifted = events.some(
      (each) => each.kind === kind && each.change === 'lifted' && each.at > failure.attemptedAt,
    );
    if (lifted) return 'lifted_since';
    if (dryRun) return kind;
    const batch = deps.db.batch();
    const { errorCode, id: messageId } = failure;
    const reason = deps.carrier.codes.error(errorCode).reason;
    const told = { source: 'backfill', reason, errorCode, messageId, at: deps.clock.now() } as const;
    recordHold(batch, deps, audit, { kind, change: 'added', phoneKey, known, ...told });
    await batch.commit();
    return kind;
  });
}
