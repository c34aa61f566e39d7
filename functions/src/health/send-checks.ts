import type { Carrier } from '../carrier/carrier.ts';
import type { CarrierCodes } from '../carrier/codes.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import { fine, warning, wrong, type Check } from './check.ts';
import { countOverdue, outgoingBetween } from './sample-store.ts';

interface Deps {
  db: Database;
  clock: Clock;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The sweep finds what is overdue every minute; what stays overdue longer is not swept. */
const OVERDUE = 10 * MINUTE;
/** With all of its retries a message has been sent or has failed by then. */
const STUCK = 60 * MINUTE;
const MOST = 20;

const RUNBOOK = 'functions/docs/runbooks/sends-failing.md';

function texts(count: number): string {
  if (count === 1) return '1 message';
  return count < MOST ? `${String(count)} messages` : `${String(count)} messages or more`;
}

/** Messages that were accepted and neither sent nor failed, and unconfirmed ones. */
export function stuckCheck({ db, clock }: Deps): Check {
  return {
    id: 'stuck-texts',
    title: 'Stuck messages',
    async run() {
      const now = clock.now().getTime();
      const [from, hourAgo] = [new Date(now - 7 * DAY), new Date(now - STUCK)];
      const [overdue, queued, unconfirmed] = await Promise.all([
        countOverdue(db, new Date(now - OVERDUE), MOST),
        outgoingBetween(db, { from, to: hourAgo, status: 'queued' }, MOST),
        outgoingBetween(db, { from, to: hourAgo, status: 'unconfirmed' }, MOST),
      ]);
      if (overdue > 0) {
        return wrong(
          `Overdue for more than 10 minutes: ${texts(overdue)}.`,
          `runDueWork does not run every minute: see "Nothing is due" in ${RUNBOOK}.`,
        );
      }
      if (queued.length > 0) {
        return wrong(
          `Queued for more than an hour: ${texts(queued.length)}.`,
          `The task queue does not run them: see "Messages stay queued" in ${RUNBOOK}.`,
        );
      }
      if (unconfirmed.length > 0) {
        return warning(
          `Unconfirmed: ${texts(unconfirmed.length)} this week.`,
          `See "Unconfirmed messages" in ${RUNBOOK}.`,
        );
      }
      return fine('None.');
    },
  };
}

const NEWEST = 50;
/** Some messages always fail: phones are off, numbers are given up. */
const USUAL_SHARE = 0.1;
const BAD_SHARE = 0.5;

/** How many of the newest messages of the last day failed, and the most frequent reason. */
export function deliveryCheck({ db, clock, carrier }: Deps & { carrier: Pick<Carrier, 'codes'> }): Check {
  return {
    id: 'delivery',
    title: 'Delivery',
    async run() {
      const newest = await outgoingBetween(db, { from: new Date(clock.now().getTime() - DAY) }, NEWEST);
      const failed = newest.filter(({ status }) => status === 'failed' || status === 'undelivered');
      const share = failed.length / Math.max(1, newest.length);
      const detail = `${String(failed.length)} of the newest ${String(newest.length)} messages of the last day failed.`;
      // One of two is no alarm.
      if (failed.length < 3 || share <= USUAL_SHARE) return fine(detail);
      const why = `${detail} ${mostFrequent(
        carrier.codes,
        failed.map((text) => text.errorCode),
      )}`;
      return (share > BAD_SHARE ? wrong : warning)(why, `See ${RUNBOOK}.`);
    },
  };
}

function mostFrequent({ error }: CarrierCodes, codes: readonly (number | null)[]): string {
  const counts = new Map<number | null, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const [code = null] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return code === null
    ? 'Most have no Twilio error code.'
    : `Most often: ${String(code)}, ${error(code).reason}`;
}
