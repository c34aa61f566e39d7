import { acceptOutgoing } from '../../functions/src/messaging/accept-outgoing.ts';
import { systemClock } from '../../functions/src/platform/clock.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import { pollUntil } from '../support/poll-until.ts';
import { atMost, inParallel, told, type Figure } from './measure.ts';
import type { BenchStack } from './stack.ts';

const COUNT = 1_000;
const DRAIN_SECONDS = 240;

/** Puts a task into the emulator's queue as Cloud Tasks' API takes it. */
async function enqueue({ instance }: BenchStack, queue: string, data: unknown): Promise<void> {
  const url = `${instance.urls.tasks}/projects/demo-parley/locations/us-central1/queues/${queue}/tasks`;
  const body = Buffer.from(JSON.stringify({ data })).toString('base64');
  const handler = `${instance.urls.functions}/demo-parley/us-central1/${queue}`;
  const task = {
    httpRequest: { url: handler, httpMethod: 'POST', headers: { 'Content-Type': 'application/json' }, body },
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ task }),
  });
  if (!response.ok)
    throw new Error(`The queue answered ${String(response.status)}: ${await response.text()}`);
  await response.arrayBuffer();
}

async function waiting({ instance }: BenchStack, queue: string): Promise<number> {
  const response = await fetch(`${instance.urls.tasks}/queueStats`);
  const stats = (await response.json()) as Record<string, { numberOfTasks: number } | undefined>;
  const found = Object.entries(stats).find(([name]) => name.endsWith(queue));
  return found?.[1]?.numberOfTasks ?? 0;
}

/** Seconds from the first task that is put in until none waits and `done` holds. */
async function drain(
  stack: BenchStack,
  queue: string,
  payloads: readonly unknown[],
  done: () => Promise<boolean>,
): Promise<number> {
  const start = performance.now();
  await inParallel(20, payloads, (data) => enqueue(stack, queue, data));
  const drained = async () => (await waiting(stack, queue)) === 0 && (await done());
  await pollUntil(drained, { within: DRAIN_SECONDS * 1000, what: `${queue} to be drained` });
  return (performance.now() - start) / 1000;
}

/** 1,000 accepted sends through the task queue to the carrier, beside as many tasks that do nothing. */
export async function benchSend(stack: BenchStack): Promise<Figure[]> {
  const { db } = stack;
  const people = await db
    .collection('phoneKeys')
    .where('active', '==', true)
    .where('optedOut', '==', null)
    .where('suppressed', '==', null)
    .get();
  const userIds = people.docs
    .map((each) => String(each.get('userId')))
    .filter((id) => !id.startsWith('bench-'));
  const context = {
    actor: { kind: 'system', id: null, label: 'Bench' },
    address: null,
    requestId: 'bench',
  } as const;
  const deps = {
    db,
    clock: systemClock,
    ids: randomIds,
    tasks: { enqueueSend: () => Promise.resolve() },
    config: { smsMode: 'simulation' },
    limits: {
      current: () => Promise.resolve({ personPerHour: null, operatorPerMinute: null, dailySpend: null }),
    },
  } as const;
  const numbers = Array.from({ length: COUNT }, (_, index) => index);
  const accepted = await inParallel(10, numbers, async (index) => {
    const request = {
      userId: userIds[index % userIds.length] ?? '',
      body: `Bench ${String(index)}`,
      idempotencyKey: `bench-${String(index)}`,
      operatorId: 'op_bench',
      operator: 'Bench',
    };
    const result = await acceptOutgoing(deps, request, context);
    if (result.kind !== 'accepted') throw new Error(`A send was not accepted: ${result.kind}.`);
    return result.answer.messageId;
  });
  await enqueue(stack, 'emptyTask', {});
  await enqueue(stack, 'sendOutgoing', { kind: 'send', version: 1, messageId: 'm_warm' });
  const bare = await drain(stack, 'emptyTask', numbers, () => Promise.resolve(true));
  const sent = db.collection('outgoingMessages').where('operatorId', '==', 'op_bench');
  const left = async () =>
    (await sent.where('status', 'in', ['queued', 'sending']).count().get()).data().count === 0;
  const sending = await drain(
    stack,
    'sendOutgoing',
    accepted.map((messageId) => ({ kind: 'send', version: 1, messageId })),
    left,
  );
  const lost = (
    await sent.where('status', 'in', ['failed', 'unconfirmed', 'queued', 'sending']).count().get()
  ).data().count;
  return [
    told('1,000 sends drained', COUNT / sending, 'sends/s'),
    told('1,000 bare tasks drained', COUNT / bare, 'tasks/s'),
    told('bare task rate / send rate', sending / bare, '×'),
    atMost('sends of 1,000 not accepted by the carrier', lost, '', 0),
  ];
}
