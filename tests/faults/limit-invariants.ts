import type { QueryDocumentSnapshot, Timestamp } from '@google-cloud/firestore';
import { countSegments } from '../../functions/src/contract/segments.ts';
import { SEGMENT_MICROS } from '../../functions/src/limits/send-guards.ts';
import type { Documents } from './documents.ts';
import type { Outside } from './outside.ts';

const HOUR = 3_600_000;
const GUARDS = new Set(['PERSON_RATE_LIMITED', 'OPERATOR_RATE_LIMITED', 'SPEND_LIMIT_REACHED']);

/**
 * What a limit refused is on record and on no handset, what was accepted stays accepted, and the counters agree with the
 * log: each message once, with the words that it went out with, again for each time that an operator sent it again, and
 * not at all when it was never sent.
 */
export function checkLimits(outside: Outside, documents: Documents): void {
  checkRefused(outside, documents);
  checkCharged(outside, documents);
  checkHours(outside, documents);
  checkRates(outside, documents);
}

function checkRefused({ sent, world: { witness } }: Outside, { outgoing, audit }: Documents): void {
  for (const { key, accepted, refused, takenBack } of sent) {
    if (takenBack) witness.say(`limit: ${key} was accepted, and refused when it was asked again`);
    if (refused === null || !GUARDS.has(refused)) continue;
    const own = (each: QueryDocumentSnapshot) => each.get('requestId') === `request-${key}`;
    if (!audit.some((each) => own(each) && each.get('action') === 'message.refused'))
      witness.say(`limit: that ${key} was refused is not in the audit log`);
    if (accepted === null && outgoing.some(own)) witness.say(`limit: ${key} was refused and is in the log`);
  }
}

interface Line {
  status: string;
  source: string;
  at: Timestamp;
}

/** When an operator sent it, and sent it again; nothing for a message that ended before a worker claimed it. */
function timesOf(entry: QueryDocumentSnapshot): number[] {
  const history = entry.get('history') as Line[];
  const ended = entry.get('status') === 'canceled' || entry.get('status') === 'failed';
  if (ended && history.every(({ status }) => status !== 'sending')) return [];
  const again = history.filter(
    ({ status, source }, index) => index > 0 && status === 'queued' && source === 'operator',
  );
  return [entry.get('queuedAt') as Timestamp, ...again.map(({ at }) => at)].map((at) => at.toMillis());
}

/** How often it is charged: as often as it was sent, and once if it ended unsent on a later day than it was charged. */
function chargesOf(entry: QueryDocumentSnapshot): number {
  const dayOf = (at: Timestamp) => at.toDate().toISOString().slice(0, 10);
  const ended = (entry.get('history') as Line[]).at(-1)?.at;
  const isLate = ended !== undefined && dayOf(ended) !== dayOf(entry.get('queuedAt') as Timestamp);
  return timesOf(entry).length || (isLate ? 1 : 0);
}

const operatorsOwn = ({ outgoing }: Documents) => outgoing.filter((each) => each.get('kind') === 'operator');
const spentIn = (counters: readonly QueryDocumentSnapshot[]) =>
  counters.reduce((sum, each) => sum + Number(each.get('spentMicros')), 0);

/** Every edit is charged, every charge is of something that was or will be sent. */
function checkCharged({ world: { witness, limits } }: Outside, documents: Documents): void {
  const { counters } = documents;
  const segments = operatorsOwn(documents).reduce(
    (sum, entry) => sum + chargesOf(entry) * countSegments(String(entry.get('body'))).segments,
    0,
  );
  if (spentIn(counters) !== segments * SEGMENT_MICROS)
    witness.say('limit: what was charged does not agree with the log');
  if (limits.dailySpend === null) return;
  for (const day of Map.groupBy(counters, (each) => String(each.get('day'))).values())
    // Two operators in one moment may pass it by a message.
    if (day.length === 1 && spentIn(day) > limits.dailySpend * 1_000_000)
      witness.say('limit: more was accepted than the day may cost');
}

/** A person's conversation counts what operators sent them within the hour. */
function checkHours({ world: { witness } }: Outside, documents: Documents): void {
  const own = operatorsOwn(documents);
  for (const conversation of documents.conversations) {
    const all = own.filter((each) => each.get('userId') === conversation.id);
    const times = all.flatMap(timesOf);
    const queued = all.map((each) => (each.get('queuedAt') as Timestamp).toMillis());
    // What is older than an hour is forgotten.
    if (Math.max(...times, ...queued) - Math.min(...times, ...queued) > 50 * 60_000) continue;
    const counted: unknown = conversation.get('operatorTexts');
    if (!Array.isArray(counted) || counted.length !== times.length)
      witness.say('limit: a conversation does not count what was sent');
  }
}

/** No limit is passed, unless clocks differ. */
function checkRates({ world: { witness, limits, stage } }: Outside, documents: Documents): void {
  if (stage.past.some(({ skew }) => skew !== 0)) return;
  const own = operatorsOwn(documents);
  const most = (times: readonly number[], span: number) =>
    Math.max(0, ...times.map((end) => times.filter((at) => at <= end && end - at < span).length));
  for (const some of Map.groupBy(own, (each) => String(each.get('operatorId'))).values()) {
    const times = some.flatMap((each) => timesOf(each).slice(0, 1));
    if (limits.operatorPerMinute !== null && most(times, 60_000) > limits.operatorPerMinute)
      witness.say('limit: more was accepted in a minute than the limit lets through');
  }
  for (const some of Map.groupBy(own, (each) => String(each.get('userId'))).values())
    if (limits.personPerHour !== null && most(some.flatMap(timesOf), HOUR) > limits.personPerHour)
      witness.say('limit: more was accepted for one person than the limit lets through');
}
