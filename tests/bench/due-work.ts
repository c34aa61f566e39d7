import { randomBytes } from 'node:crypto';
import { Timestamp } from '@google-cloud/firestore';
import { personCreate } from '../../functions/src/contract/people.ts';
import { runDueWork, type DueDeps } from '../../functions/src/entry/schedule/run-due-work.ts';
import { acceptOutgoing } from '../../functions/src/outbox/accept-outgoing.ts';
import { AT_FIRST } from '../../functions/src/outbox/delivery-status.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { registerPerson } from '../../functions/src/people/register-person.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import { createLog } from '../../functions/src/platform/log.ts';
import type { CarrierText, SmsLookup } from '../../functions/src/carrier/lookup.ts';
import { countingFirestore } from '../support/counting-firestore.ts';
import { fill, LARGE, START } from './fill.ts';
import { atMost, told, type Figure } from './measure.ts';
import { BENCH_AUDIT, benchConfig } from './people.ts';
import { newSid, NO_LIMITS } from './send-cost.ts';
import type { BenchStack } from './stack.ts';

/** How each of the ten got stuck, and whether the carrier has it. */
const STUCK: readonly { how: 'no task' | 'worker died' | 'no answer'; taken: boolean }[] = [
  { how: 'no task', taken: false },
  { how: 'no task', taken: false },
  { how: 'no task', taken: false },
  { how: 'worker died', taken: true },
  { how: 'worker died', taken: true },
  { how: 'worker died', taken: false },
  { how: 'worker died', taken: false },
  { how: 'no answer', taken: true },
  { how: 'no answer', taken: true },
  { how: 'no answer', taken: false },
];

/** A message that was delivered long ago: nothing more is due for it. */
function delivered(index: number) {
  const at = Timestamp.fromMillis(START + index * 60_000);
  const number = String(index);
  const data = {
    ...AT_FIRST,
    kind: 'operator',
    queuedAt: at,
    sentAt: at,
    userId: `bench-${String(index % 2_000)}`,
    recipient: `Person ${String(index % 2_000)}`,
    body: `Entry number ${number} of the bench`,
    operatorId: 'op_bench',
    operator: 'Bench',
    status: 'delivered',
    segments: 1,
    encoding: 'GSM-7',
    providerId: `SM${number.padStart(32, '0')}`,
    history: [{ status: 'delivered', at, source: 'carrier', note: null, errorCode: null }],
    attempts: 1,
    requestHash: '',
    requestId: 'bench',
    words: ['entry', 'number', number, 'bench'],
  };
  return { id: `m_${number}`, data };
}

/** The carrier's list, which also holds an earlier message to each phone, as a real one does. */
class CarrierList implements SmsLookup {
  readonly #texts = new Map<string, CarrierText[]>();

  take(to: string, body: string, providerId: string, createdAt: Date): void {
    const text = { providerId, body, createdAt, status: 'delivered', errorCode: null, price: null };
    this.#texts.set(to, [...(this.#texts.get(to) ?? []), { ...text, sentBy: 'api' }]);
  }

  find({ to }: { to: string }) {
    return Promise.resolve({ kind: 'listed' as const, texts: this.#texts.get(to) ?? [], complete: true });
  }

  fetch() {
    return Promise.resolve({ kind: 'unavailable' as const });
  }
}

interface World {
  deps: DueDeps & Parameters<typeof acceptOutgoing>[0];
  carrier: CarrierList;
}

/** One person with a message that the carrier accepted, and one that got stuck. */
async function plant({ deps, carrier }: World, index: number): Promise<void> {
  const { how, taken } = STUCK[index] ?? { how: 'no task', taken: false };
  const number = `+120255501${String(index).padStart(2, '0')}`;
  const person = await registerPerson(deps, BENCH_AUDIT, personCreate.parse({ phoneNumber: number }));
  if (!person.ok) throw new Error(`Not registered: ${person.reason}.`);
  const who = { operatorId: 'op_bench', operator: 'Bench', userId: person.person.id };
  const accept = async (body: string): Promise<string> => {
    const accepted = await acceptOutgoing(deps, { ...who, body, idempotencyKey: body }, BENCH_AUDIT);
    if (accepted.kind !== 'accepted') throw new Error(`Not accepted: ${accepted.kind}.`);
    return accepted.answer.messageId;
  };
  const earlier = { body: `Earlier ${String(index)}`, providerId: newSid() };
  carrier.take(number, earlier.body, earlier.providerId, deps.clock.now());
  const sent = { send: () => Promise.resolve({ kind: 'accepted', providerId: earlier.providerId } as const) };
  await sendOutgoing({ ...deps, gateway: sent }, await accept(earlier.body));
  const body = `Stuck ${String(index)}`;
  if (taken) carrier.take(number, body, newSid(), deps.clock.now());
  const messageId = await accept(body);
  const died = () => Promise.reject(new Error('The process died.'));
  const unknown = () => Promise.resolve({ kind: 'unknown', reason: 'No answer.' } as const);
  const gateway = { send: how === 'worker died' ? died : unknown };
  if (how !== 'no task') await sendOutgoing({ ...deps, gateway }, messageId).catch(() => undefined);
}

/**
 * What a minute of the schedule reads, whole, with 100,000 entries in the log: when nothing is stuck, and with ten that
 * are. In an isolated database, so that these are the only ones.
 */
export async function benchDueWork(stack: BenchStack): Promise<Figure[]> {
  const projectId = `demo-bench-${randomBytes(4).toString('hex')}`;
  const host = new URL(stack.instance.urls.firestore).host;
  const { db, counts } = countingFirestore({ projectId, host });
  const carrier = new CarrierList();
  let now = new Date();
  const deps = {
    ...benchConfig(stack),
    db,
    clock: { now: () => now },
    ids: randomIds,
    log: createLog(() => {}),
    tasks: { enqueue: () => Promise.resolve() },
    lookup: carrier,
  };
  const minute = async () => {
    counts.reset();
    await runDueWork(deps, now);
    return { reads: counts.reads, writes: counts.writes };
  };
  await db.doc('settings/limits').set(NO_LIMITS);
  for (const index of STUCK.keys()) await plant({ deps, carrier }, index);
  await fill(db, 'outgoingMessages', [0, LARGE], delivered);
  // Nobody counts as stuck before a minute has passed.
  const idle = await minute();
  now = new Date(now.getTime() + 120_000);
  const stuck = await minute();
  const left = await db.collection('outgoingMessages').where('checkAt', '<=', Timestamp.fromDate(now)).get();
  return [
    atMost('sweep and reconciler, 10 stuck of 100,000 entries', stuck.reads, 'reads', 50),
    told('  writes for the 10', stuck.writes, 'writes'),
    atMost('  of the 10 left without a next step', left.size, '', 0),
    told('  a minute in which nothing is stuck', idle.reads, 'reads'),
  ];
}
