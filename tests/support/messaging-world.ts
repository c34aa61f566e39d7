import type { Firestore } from '@google-cloud/firestore';
import type { AuditContext } from '../../functions/src/audit/append.ts';
import { personCreate, type Person } from '../../functions/src/contract/people.ts';
import { acceptOutgoing, type AcceptResult } from '../../functions/src/outbox/accept-outgoing.ts';
import { readOutgoing, type Outgoing } from '../../functions/src/outbox/outgoing-store.ts';
import type { SendDeps } from '../../functions/src/outbox/send-outgoing.ts';
import { ROLE_SCOPES } from '../../functions/src/contract/permissions.ts';
import type { Editor } from '../../functions/src/outbox/authorship.ts';
import { registerPerson } from '../../functions/src/people/register-person.ts';
import { environmentSettings, parseConfig, type Config } from '../../functions/src/platform/config.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { createLog } from '../../functions/src/platform/log.ts';
import { createPhoneVault, type PhoneVault } from '../../functions/src/platform/phone-vault.ts';
import type { TaskQueue } from '../../functions/src/jobs/task-queue.ts';
import type { Carrier } from '../../functions/src/carrier/carrier.ts';
import type { OutgoingText, SendOutcome } from '../../functions/src/carrier/gateway.ts';
import type { CarrierText, SmsLookup } from '../../functions/src/carrier/lookup.ts';
import { twilioCarrier } from '../../functions/src/twilio/twilio-carrier.ts';
import { countingFirestore, type Counts, type StoreHook } from './counting-firestore.ts';
import { firestoreHost, freshDatabase } from './emulator.ts';

/** The use cases of messaging on an isolated database, with a clock, a queue and a carrier that the test controls. */
export interface MessagingWorld {
  db: Firestore;
  projectId: string;
  /** What went through `db`. */
  counts: Counts;
  deps: SendDeps & {
    config: Config;
    vault: PhoneVault;
    tasks: TaskQueue;
    carrier: Carrier;
    lookup: SmsLookup;
  };
  clock: { now(): Date; forward(seconds: number): void };
  /** Ids of the tasks in the queue, oldest first. */
  queue: string[];
  /** Every message that the carrier accepted, in order. */
  texts: OutgoingText[];
  /** How the carrier answers the next messages; without one it accepts them. */
  answers: SendOutcome[];
  /** What the carrier's list holds, newest first, whether it answers, and how often it was asked. */
  carrier: { texts: (CarrierText & { to: string })[]; down: boolean; complete: boolean; asked: number };
  lines: string[];
  audit: AuditContext;
  add(phoneNumber: string, fields?: Readonly<Record<string, unknown>>): Promise<Person>;
  accept(userId: string, body: string, key?: string): Promise<AcceptResult>;
  /** Accepts what must be accepted, and answers the entry's id. */
  accepted(userId: string, body?: string): Promise<string>;
  /** The entry, which must be there. */
  entry(id: string): Promise<Outgoing>;
}

/** Who sends what `accept` accepts. */
export const author: Editor = {
  operatorId: 'op_1',
  operator: 'Olive Operator',
  scopes: ROLE_SCOPES.operator,
};

const NO_LIMITS = { personPerHour: null, operatorPerMinute: null, dailySpend: null };

/** For tests that send more than the limits allow. */
export async function liftLimits(db: Firestore): Promise<void> {
  await db.doc('settings/limits').set(NO_LIMITS);
}

export const worldStart = new Date('2026-11-20T12:00:00.000Z');

/** The carrier's id of the nth message that it accepted, from 1. */
export function sidOf(count: number): string {
  return `SM${String(count).padStart(32, '0')}`;
}

export function messagingWorld(
  settings: Readonly<Record<string, string>> = {},
  given: { projectId?: string; hook?: StoreHook } = {},
): MessagingWorld {
  const projectId = given.projectId ?? freshDatabase().projectId;
  const host = firestoreHost();
  const { db, counts } = countingFirestore({ projectId, host, ...(given.hook ? { hook: given.hook } : {}) });
  const config = parseConfig(environmentSettings({ ...LOCAL_DEFAULTS, ...settings }), {
    projectId,
    emulator: true,
  });
  const vault = createPhoneVault(config.secrets.phoneKeys, config.secrets.phoneHashKey);
  const lines: string[] = [];
  const queue: string[] = [];
  const texts: OutgoingText[] = [];
  const answers: SendOutcome[] = [];
  let now = worldStart;
  let keys = 0;
  const clock = {
    now: () => now,
    forward: (seconds: number) => void (now = new Date(now.getTime() + seconds * 1000)),
  };
  const gateway = {
    send: async (text: OutgoingText): Promise<SendOutcome> => {
      const answer = answers.shift() ?? { kind: 'accepted', providerId: sidOf(texts.length + 1) };
      if (answer.kind === 'accepted' || answer.kind === 'unknown') texts.push(text);
      return answer;
    },
  };
  const carrier: MessagingWorld['carrier'] = { texts: [], down: false, complete: true, asked: 0 };
  const lookup: SmsLookup = {
    async find({ to, since }) {
      carrier.asked += 1;
      if (carrier.down) return { kind: 'unavailable' };
      const listed = carrier.texts.filter((text) => text.to === to && text.createdAt >= since);
      return { kind: 'listed', texts: listed, complete: carrier.complete };
    },
    async fetch(providerId) {
      carrier.asked += 1;
      if (carrier.down) return { kind: 'unavailable' };
      const text = carrier.texts.find((each) => each.providerId === providerId);
      return text === undefined ? { kind: 'absent' } : { kind: 'found', text };
    },
  };
  const tasks: TaskQueue = { enqueue: async ({ payload }) => void queue.push(payload.messageId) };
  const log = createLog((line) => lines.push(line));
  const shared = { db, clock, ids: randomIds, log, vault, config, tasks, carrier: twilioCarrier(config) };
  const deps = { ...shared, gateway, lookup };
  const audit: AuditContext = {
    actor: { kind: 'operator', id: 'op_1', label: 'Olive Operator' },
    address: '192.0.2.1',
    requestId: 'request-1',
  };
  const accept = (userId: string, body: string, key = `key-${String((keys += 1))}`) => {
    const who = { operatorId: 'op_1', operator: 'Olive Operator' };
    return acceptOutgoing(deps, { userId, body, idempotencyKey: key, ...who }, audit);
  };
  return {
    db,
    projectId,
    counts,
    deps,
    clock,
    queue,
    texts,
    answers,
    carrier,
    lines,
    audit,
    accept,
    async add(phoneNumber, fields = {}) {
      const result = await registerPerson(deps, audit, personCreate.parse({ phoneNumber, ...fields }));
      if (!result.ok) throw new Error(`Not registered: ${result.reason}`);
      return result.person;
    },
    async accepted(userId, body = 'Hello') {
      const result = await accept(userId, body);
      if (result.kind !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(result)}`);
      return result.answer.messageId;
    },
    async entry(id) {
      const entry = await readOutgoing(db, id);
      if (entry === null) throw new Error(`There is no entry ${id}.`);
      return entry;
    },
  };
}
