import { acceptOutgoing } from '../../functions/src/outbox/accept-outgoing.ts';
import { systemClock } from '../../functions/src/platform/clock.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import { pollUntil } from '../support/poll-until.ts';
import { tapCarrier } from './carrier-tap.ts';
import { atLeast, atMost, inParallel, told, type Figure } from './measure.ts';
import { BENCH_AUDIT, benchConfig, benchPeople, type BenchPerson } from './people.ts';
import { putMessage } from './queue-pattern.ts';
import { benchSendCost, WIDE_LIMITS } from './send-cost.ts';
import type { BenchStack } from './stack.ts';
import { enqueue, waiting } from './tasks.ts';

const ROUNDS = 3;
const PER_ROUND = 150;
const WARM_UP = 300;
const WIDTH = 20;
const TEXTS = ROUNDS * PER_ROUND;

/** One way of sending a message. What `ready` does is not timed; `handOver` is, until the carrier has the text. */
interface Way {
  ready(body: string, index: number): Promise<unknown>;
  handOver(body: string, index: number): Promise<unknown>;
}

async function parley(stack: BenchStack, people: readonly BenchPerson[]) {
  const send = (messageId: string) => enqueue(stack, 'sendOutgoing', { kind: 'send', version: 1, messageId });
  const config = benchConfig(stack).config;
  await stack.db.doc('settings/limits').set(WIDE_LIMITS);
  const deps = { db: stack.db, clock: systemClock, ids: randomIds, config };
  const accept = async (body: string, index: number, handOver: (id: string) => Promise<void>) => {
    const request = {
      userId: people[index % people.length]?.userId ?? '',
      body,
      idempotencyKey: body,
      // As many operators as messages at once: nobody sends two at the same moment.
      operatorId: `op_bench_${String(index % WIDTH)}`,
      operator: 'Bench',
    };
    const result = await acceptOutgoing(
      { ...deps, tasks: { enqueue: ({ payload }) => handOver(payload.messageId) } },
      request,
      BENCH_AUDIT,
    );
    if (result.kind !== 'accepted') throw new Error(`A send was not accepted: ${result.kind}.`);
  };
  const queued = new Map<string, string>();
  const whole: Way = {
    ready: () => Promise.resolve(),
    handOver: (body, index) => accept(body, index, send),
  };
  const fromQueue: Way = {
    ready: (body, index) => accept(body, index, async (id) => void queued.set(body, id)),
    handOver: (body) => send(queued.get(body) ?? ''),
  };
  return { whole, fromQueue };
}

function usualQueue({ db }: BenchStack, people: readonly BenchPerson[]): Way {
  return {
    ready: () => Promise.resolve(),
    handOver: (body, index) =>
      putMessage(db, body, { to: people[index % people.length]?.number ?? '', body }),
  };
}

/** Waits until nothing is under way, so that no round slows the next. */
async function settled(stack: BenchStack): Promise<void> {
  await (await fetch(`${stack.instance.urls.carrier}/idle`)).arrayBuffer();
  await pollUntil(async () => (await waiting(stack, 'sendOutgoing')) === 0, { within: 60_000 });
}

/** Messages per second that the carrier accepts: each way in turns, so that changes of the machine's speed affect all. */
async function rates<Name extends string>(
  stack: BenchStack,
  ways: Readonly<Record<Name, Way>>,
): Promise<{ rate: Record<Name, number>; doubles: number }> {
  const tap = await tapCarrier(stack);
  const names = Object.keys(ways) as Name[];
  const seconds = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  const drain = async (name: Name, round: string, count: number): Promise<number> => {
    const prefix = `Bench ${name} ${round} `;
    const bodies = Array.from({ length: count }, (_, index) => prefix + String(index));
    const index = (body: string) => bodies.indexOf(body);
    await inParallel(WIDTH, bodies, (body) => ways[name].ready(body, index(body)));
    await settled(stack);
    const start = performance.now();
    await inParallel(WIDTH, bodies, (body) => ways[name].handOver(body, index(body)));
    await tap.taken(prefix, count);
    return (performance.now() - start) / 1000;
  };
  for (const name of names) await drain(name, 'warm', WARM_UP);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name of names) seconds[name] += await drain(name, String(round), PER_ROUND);
  await settled(stack);
  tap.close();
  const rate = Object.fromEntries(names.map((name) => [name, TEXTS / seconds[name]]));
  return { rate: rate as Record<Name, number>, doubles: tap.doubles() };
}

/** Tasks that do nothing: what the emulator's queue can do by itself. */
async function bareTasks(stack: BenchStack): Promise<number> {
  const emptied = () => pollUntil(async () => (await waiting(stack, 'emptyTask')) === 0, { within: 240_000 });
  await enqueue(stack, 'emptyTask', {});
  await emptied();
  const start = performance.now();
  await inParallel(
    WIDTH,
    Array.from({ length: TEXTS }, (_, index) => index),
    () => enqueue(stack, 'emptyTask', {}),
  );
  await emptied();
  return TEXTS / ((performance.now() - start) / 1000);
}

/**
 * Parley's way and the usual one (queue-pattern.ts) in one run, while the carrier reports on earlier messages, as in real
 * use: from the queue's document on, and again with all that Parley does before there is one. Then what one message costs
 * on either way.
 */
export async function benchSend(stack: BenchStack): Promise<Figure[]> {
  const people = await benchPeople(stack);
  const [person] = people;
  if (person === undefined) throw new Error('Nobody may be texted.');
  const { rate, doubles } = await rates(stack, {
    ...(await parley(stack, people)),
    queue: usualQueue(stack, people),
  });
  const bare = await bareTasks(stack);
  return [
    atLeast('rate from the queue to the carrier, Parley / usual queue', rate.fromQueue / rate.queue, '×', 3),
    told('  the same, accepting in Parley’s time', rate.whole / rate.queue, '×'),
    told('  Parley, from the queue', rate.fromQueue, 'sends/s'),
    told('  Parley, with accepting', rate.whole, 'sends/s'),
    told('  usual queue', rate.queue, 'sends/s'),
    told('  tasks that do nothing', bare, 'tasks/s'),
    atMost('sends that the carrier took twice', doubles, '', 0),
    ...(await benchSendCost(stack, person)),
  ];
}
