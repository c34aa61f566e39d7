import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkIntegrity } from '../../functions/cli/integrity/check-integrity.ts';
import { startTestStack, type RunningTestStack } from '../../functions/cli/lib/test-stack.ts';
import { messageAccepted } from '../../functions/src/contract/messages.ts';
import { person } from '../../functions/src/contract/people.ts';
import { environmentSettings, parseConfig } from '../../functions/src/platform/config.ts';
import { signIn, type ApiClient } from '../support/api-client.ts';
import {
  functionsProcesses,
  killNow,
  watch,
  type CarrierText,
  type StoredEntry,
  type Watch,
} from '../support/killed-functions.ts';
import { pollUntil } from '../support/poll-until.ts';

// A Parley of its own, since no other test bears what is done to it here: real processes, really killed.

const COUNT = 500;
/** The blows fall when the carrier has taken this many. */
const BLOWS = [100, 220, 340];
const AT_ONCE = 20;
const PEOPLE = 20;
/** Nothing is owed in these; `unconfirmed` with an operator's attention owes nothing by itself either. */
const ENDED = ['delivered', 'undelivered', 'failed', 'canceled'];

let running: RunningTestStack;
let parley: Watch;
let api: ApiClient;
/** By the text, the id that the API answered. */
const accepted = new Map<string, string>();
/** Requests that a killed process did not answer, and that were made again. */
let repeated = 0;

beforeAll(async () => {
  running = await startTestStack();
  parley = watch(running.stack, 'Kill test, ');
  api = await signIn('owner@example.com', undefined, running.stack.urls);
  const limits = { personPerHour: null, operatorPerMinute: null, dailySpend: null };
  expect((await api.call('PATCH', '/settings/limits', { body: limits })).status).toBe(200);
}, 180_000);

afterAll(async () => {
  await parley.db.terminate();
  await running.stop();
}, 60_000);

async function addPeople(): Promise<string[]> {
  const add = async (_: unknown, index: number) => {
    const body = { phoneNumber: `+120255501${String(30 + index)}`, firstName: 'Kay' };
    return person.parse((await api.call('POST', '/people', { body })).body).id;
  };
  return Promise.all(Array.from({ length: PEOPLE }, add));
}

/** As the console does: the same request with the same key until it is answered. */
async function accept(index: number, userId: string): Promise<void> {
  const body = `Kill test, text ${String(index + 1)}.`;
  const headers = { 'idempotency-key': `kill-${String(index)}` };
  const answer = await pollUntil(
    async () => {
      const said = await api.call('POST', '/messages', { body: { userId, body }, headers });
      if (said.status === 202) return said;
      repeated += 1;
      return null;
    },
    { within: 60_000, what: `"${body}" to be accepted` },
  );
  accepted.set(body, messageAccepted.parse(answer.body).messageId);
}

async function acceptAll(userIds: readonly string[]): Promise<void> {
  const left = Array.from({ length: COUNT }, (_, index) => index).values();
  const takeTurns = async () => {
    for (const index of left) await accept(index, userIds[index % userIds.length] ?? '');
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
}

interface Blow {
  at: Date;
  processes: number;
  accepted: number;
  atCarrier: number;
  /** Entries that a worker had in hand when it died. */
  inHand: number;
}

/**
 * Kills all processes that serve a function, once the carrier has so many texts and each process has served since the
 * last blow: the emulator would wait in vain for one that dies while it starts.
 */
async function strike(taken: number, last: Blow | undefined): Promise<Blow> {
  const since = last?.at.toISOString() ?? '';
  const before = accepted.size;
  const atCarrier = await pollUntil(
    async () => {
      const texts = await parley.atCarrier();
      const heard = texts.some(({ callbacks }) =>
        callbacks.some(({ at, answered }) => at > since && answered === 200),
      );
      const answered = accepted.size > before || accepted.size === COUNT;
      return heard && answered && texts.length >= taken && texts.length;
    },
    { within: 150_000, what: `${String(taken)} texts at the carrier` },
  );
  const processes = functionsProcesses();
  const at = new Date();
  await killNow(processes);
  const inHand = (await parley.entries()).filter(({ status }) => status === 'sending').length;
  return { at, processes: processes.length, accepted: accepted.size, atCarrier, inHand };
}

const isOwed = ({ status, attention }: StoredEntry) => !ENDED.includes(status) && attention === null;
const isMoving = ({ status }: StoredEntry) => status === 'queued' || status === 'sending';
const claimedAfter = ({ status, history }: StoredEntry, time: Date) =>
  status === 'sending' && history.some((each) => each.status === 'sending' && each.at.toDate() > time);

async function noneIs(what: string, is: (entry: StoredEntry) => boolean): Promise<void> {
  await pollUntil(async () => !(await parley.entries()).some(is), { within: 150_000, every: 250, what });
}

/**
 * Lets time pass by the dev clock: the schedule runs as of the instants at which something is owed. The clock is moved
 * only while no living worker has anything in hand, since it would take the living ones for dead, too.
 */
async function untilNothingIsOwed(lastBlow: Date): Promise<void> {
  await noneIs('the living workers to be done', (entry) => claimedAfter(entry, lastBlow));
  const cutOff = (await parley.entries()).filter(isMoving);
  let now = Math.max(Date.now(), ...cutOff.map(({ checkAt }) => checkAt?.toMillis() ?? 0));
  await parley.runDueWorkAt(new Date(now));
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await noneIs('the workers to be done', isMoving);
    await parley.carrierIdle();
    const owed = (await parley.entries()).filter(isOwed);
    if (owed.length === 0) return;
    const next = Math.min(...owed.map(({ checkAt }) => checkAt?.toMillis() ?? Infinity));
    now = Math.max(now + 60_000, next);
    await parley.runDueWorkAt(new Date(now));
  }
  throw new Error('After 60 runs of the schedule something is owed still.');
}

/** Why an entry is not as promised; null when it is. */
function wrong(entry: StoredEntry, texts: readonly CarrierText[]): string | null {
  const [text, second] = texts;
  if (second !== undefined) return 'twice at the carrier';
  if (entry.status === 'delivered')
    return text?.status === 'delivered' && text.body === entry.body && text.sid === entry.providerId
      ? null
      : 'delivered, but not on the handset';
  if (text?.status === 'delivered') return 'on the handset, and not delivered in the log';
  return entry.attention === null && entry.errorReason === null ? 'neither delivered nor explained' : null;
}

test('OUT-6: each of 500 messages is delivered once, or visible with its reason, though the functions are killed three times', async () => {
  const accepting = acceptAll(await addPeople());
  const blows: Blow[] = [];
  for (const taken of BLOWS) blows.push(await strike(taken, blows.at(-1)));
  await accepting;
  await untilNothingIsOwed(blows.at(-1)?.at ?? new Date());

  const entries = await parley.entries();
  const texts = await parley.atCarrier();
  const count = (is: (entry: StoredEntry) => boolean) => entries.filter(is).length;
  const lookedUp = ({ history }: StoredEntry) => history.some(({ source }) => source === 'reconciler');
  const reasons = entries.flatMap(({ attention }) => attention?.reason ?? []);
  console.info(
    [
      ...blows.map(
        (blow) =>
          `kill -9 of ${String(blow.processes)} processes: ${String(blow.accepted)} accepted, ${String(blow.atCarrier)} at the carrier, ${String(blow.inHand)} in hand`,
      ),
      `${String(repeated)} requests made again, ${String(count(lookedUp))} looked up, ${String(count(({ resends }) => resends > 0))} sent again`,
      `${String(count(({ status }) => status === 'delivered'))} delivered, for an operator: ${reasons.join(', ') || 'none'}`,
    ].join('\n'),
  );

  // The blows met what they were meant for: api, webhook and sendOutgoing, with texts in hand.
  for (const { processes } of blows) expect(processes).toBeGreaterThanOrEqual(3);
  expect(blows.reduce((sum, { inHand }) => sum + inHand, 0)).toBeGreaterThan(0);
  expect(repeated).toBeGreaterThan(0);

  expect(entries.map(({ id }) => id).toSorted()).toEqual([...accepted.values()].toSorted());
  expect(accepted.size).toBe(COUNT);
  const ours = texts.filter(({ body }) => accepted.has(body));
  expect(new Set(ours.map(({ body }) => body)).size).toBe(ours.length);
  const byId = Map.groupBy(ours, ({ statusCallback }) => idIn(statusCallback));
  const broken = entries.map((entry) => [entry.id, wrong(entry, byId.get(entry.id) ?? [])]);
  expect(broken.filter(([, why]) => why !== null)).toEqual([]);

  // Histories are legal, conversations say what the log says, and the audit log is whole.
  const { settings, projectId } = running.stack;
  const config = parseConfig(environmentSettings(settings), { projectId, emulator: true });
  const { faults } = await checkIntegrity({ db: parley.db, config }, new Date());
  expect(faults.lines()).toEqual([]);
}, 420_000);

/** Our id in the address that a status is reported to. */
function idIn(statusCallback: string | null): string {
  return new URL(statusCallback ?? '').searchParams.get('m') ?? '';
}
