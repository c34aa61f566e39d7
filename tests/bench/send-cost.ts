import { randomBytes } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import { acceptOutgoing } from '../../functions/src/outbox/accept-outgoing.ts';
import { recordStatus } from '../../functions/src/outbox/record-status.ts';
import type { Task } from '../../functions/src/jobs/tasks.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { systemClock } from '../../functions/src/platform/clock.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import { createLog } from '../../functions/src/platform/log.ts';
import type { SmsGateway } from '../../functions/src/carrier/gateway.ts';
import { countingFirestore, type StoreHook } from '../support/counting-firestore.ts';
import { atMost, told, type Figure } from './measure.ts';
import { BENCH_AUDIT, benchConfig, type BenchPerson } from './people.ts';
import { onQueueReport, onQueueWrite, putMessage, QUEUE, type Snapshot } from './queue-pattern.ts';
import type { BenchStack } from './stack.ts';

/** What Firestore bills, and how often a function runs. */
export interface Cost {
  readonly reads: number;
  readonly writes: number;
  readonly runs: number;
}

/** One message on its way: handed over, accepted by the carrier, reported as delivered. */
export interface WayCost {
  readonly handOver: Cost;
  readonly send: Cost;
  readonly reports: Cost;
}

/** Limits that let the bench through: the guards are asked, and allow it. */
export const WIDE_LIMITS = { personPerHour: 1_000, operatorPerMinute: 6_000, dailySpend: 100_000 };
export const NO_LIMITS = { personPerHour: null, operatorPerMinute: null, dailySpend: null };
/** The carrier's reports on a message that is delivered. */
const REPORTS = ['sent', 'delivered'];

/** Counts what goes through `db`, and the runs that are noted with `ran`. */
function countedDatabase(stack: BenchStack, projectId: string, hook?: StoreHook) {
  const host = new URL(stack.instance.urls.firestore).host;
  const { db, counts } = countingFirestore({ projectId, host, ...(hook === undefined ? {} : { hook }) });
  let runs = 0;
  return {
    db,
    ran: () => void (runs += 1),
    async cost(work: () => Promise<unknown>): Promise<Cost> {
      counts.reset();
      runs = 0;
      await work();
      return { reads: counts.reads, writes: counts.writes, runs };
    },
  };
}

/** A carrier that accepts everything and reports nothing by itself: the reports are made here, so that they count too. */
const taking = (providerId: string): SmsGateway => ({
  send: () => Promise.resolve({ kind: 'accepted', providerId }),
});

/** A message id such as the carrier gives. */
export function newSid(): string {
  return `SM${randomBytes(16).toString('hex')}`;
}

/** One message through Parley, with all limits of the guards set. */
async function costOfParley(stack: BenchStack, { userId }: BenchPerson): Promise<WayCost> {
  const { db, ran, cost } = countedDatabase(stack, 'demo-parley');
  const { config, vault, carrier } = benchConfig(stack);
  const sid = newSid();
  const queue: string[] = [];
  const deps = {
    db,
    vault,
    config,
    carrier,
    clock: systemClock,
    ids: randomIds,
    log: createLog(() => {}),
    tasks: { enqueue: ({ payload }: Task) => Promise.resolve(void queue.push(payload.messageId)) },
    gateway: taking(sid),
  };
  const handOver = await cost(async () => {
    ran();
    const who = { operatorId: 'op_bench_cost', operator: 'Bench' };
    await acceptOutgoing(deps, { userId, body: 'Hello', idempotencyKey: sid, ...who }, BENCH_AUDIT);
  });
  const [messageId = ''] = queue;
  const send = await cost(async () => {
    ran();
    await sendOutgoing(deps, messageId);
  });
  const reports = await cost(async () => {
    for (const status of REPORTS) {
      ran();
      await recordStatus(deps, { messageId, sid, status, errorCode: null, price: null });
    }
  });
  return { handOver, send, reports };
}

/** One message through the usual queue. Handing it over runs no function: the application writes the document. */
async function costOfQueue(stack: BenchStack, { number }: BenchPerson): Promise<WayCost> {
  // An isolated database, in which no trigger fires: here the function is run by hand after each write, to be counted.
  const projectId = 'demo-bench-cost';
  const plain = new Firestore({ projectId, host: new URL(stack.instance.urls.firestore).host, ssl: false });
  const id = 'm_1';
  const events: Snapshot[] = [];
  const { db, ran, cost } = countedDatabase(stack, projectId, async ({ method }, go) => {
    const answer = await go();
    if (method === 'commit') events.push(await plain.collection(QUEUE).doc(id).get());
    return answer;
  });
  const sid = newSid();
  const deps = { db, gateway: taking(sid), sender: benchConfig(stack).config.sender, statusUrl: '' };
  let before: Snapshot = { exists: false, get: () => undefined };
  const trigger = async () => {
    for (let after = events.shift(); after !== undefined; after = events.shift()) {
      ran();
      await onQueueWrite(deps, id, before, after);
      before = after;
    }
  };
  const handOver = await cost(() => putMessage(db, id, { to: number, body: 'Hello' }));
  const send = await cost(trigger);
  const reports = await cost(async () => {
    for (const status of REPORTS) {
      ran();
      await onQueueReport(db, sid, status);
      await trigger();
    }
  });
  return { handOver, send, reports };
}

const total = (costs: readonly Cost[]): Cost => ({
  reads: costs.reduce((sum, { reads }) => sum + reads, 0),
  writes: costs.reduce((sum, { writes }) => sum + writes, 0),
  runs: costs.reduce((sum, { runs }) => sum + runs, 0),
});
const billed = ({ reads, writes, runs }: Cost) => reads + writes + runs;
/** What moves a message on: each write of its document, and each run of a function. */
const moves = ({ writes, runs }: Cost) => writes + runs;
const words = ({ reads, writes, runs }: Cost) =>
  `${String(reads)} reads, ${String(writes)} writes, ${String(runs)} function runs`;

/**
 * What one message costs on either way. The comparison is of what the queues do: writes of the message's document, and runs
 * of functions, of which the usual queue has one for each write. The limit is on the way to the carrier; on the way back both
 * write once per report. All that Firestore bills is listed beside it: Parley also reads consent, limits and the message that
 * it is about to move, and writes conversation, counter and audit entry, which the usual queue does not do at all.
 */
export async function benchSendCost(stack: BenchStack, person: BenchPerson): Promise<Figure[]> {
  const parley = await costOfParley(stack, person);
  const queue = await costOfQueue(stack, person);
  // Of what accepting writes, one is the queue's document; for handing over to the usual queue no function runs.
  const parleyCarrier = 1 + moves(parley.send);
  const queueCarrier = moves(queue.handOver) + moves(queue.send);
  const parleyDelivered = parleyCarrier + moves(parley.reports);
  const queueDelivered = queueCarrier + moves(queue.reports);
  const all = { parley: total(Object.values(parley)), queue: total(Object.values(queue)) };
  const compared = (ours: number, usual: number) => `${String(ours)} to ${String(usual)}`;
  return [
    atMost(
      'operations a text to the carrier, Parley / usual queue',
      parleyCarrier / queueCarrier,
      '×',
      0.5,
      compared(parleyCarrier, queueCarrier),
    ),
    told(
      '  the same till delivered',
      parleyDelivered / queueDelivered,
      '×',
      compared(parleyDelivered, queueDelivered),
    ),
    told(
      '  with reads, accepting and its records',
      billed(all.parley) / billed(all.queue),
      '×',
      compared(billed(all.parley), billed(all.queue)),
    ),
    told('  Parley, accepting', billed(parley.handOver), '', words(parley.handOver)),
    told('  Parley, sending', billed(parley.send), '', words(parley.send)),
    told('  Parley, till delivered', billed(all.parley), '', words(all.parley)),
    told('  usual queue, till delivered', billed(all.queue), '', words(all.queue)),
  ];
}
