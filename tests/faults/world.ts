import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { twilioCarrier } from '../../functions/src/twilio/twilio-carrier.ts';
import { SeededRandom } from '../../functions/cli/seed/random.ts';
import type { SendTaskDeps } from '../../functions/src/entry/tasks/send-deps.ts';
import { createConversation } from '../../functions/src/conversations/conversations-store.ts';
import { completeUser, createUser } from '../../functions/src/people/users-store.ts';
import { createPhoneKey } from '../../functions/src/people/phone-keys-store.ts';
import { parsePhoneNumber } from '../../functions/src/people/phone-number.ts';
import { numberFields } from '../../functions/src/people/register-person.ts';
import type { SendLimits } from '../../functions/src/contract/send-limits.ts';
import { writeLimits } from '../../functions/src/limits/send-limits-store.ts';
import { environmentSettings, parseConfig } from '../../functions/src/platform/config.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import type { Database } from '../../functions/src/platform/firestore.ts';
import { countingFirestore } from '../support/counting-firestore.ts';
import type { IoRequest } from './actor.ts';
import { Stage, type StageOptions } from './stage.ts';
import type * as ShippedSystem from './system.ts';
import { isTransactional, lockedNames, transactionOf, writtenNames } from './wire.ts';
import { Witness } from './witness.ts';

/** Parley as it is, or with a fault planted. */
export type System = typeof ShippedSystem;

export interface TestPerson {
  userId: string;
  number: string;
  phoneKey: string;
}

/** One run's Parley: a database of its own, and all that its processes share. */
export interface FaultWorld {
  db: Database;
  projectId: string;
  stage: Stage;
  random: SeededRandom;
  witness: Witness;
  system: System;
  /** Without gateway and queue, which the run brings. */
  deps: Omit<SendTaskDeps, 'gateway' | 'tasks'>;
  people: TestPerson[];
  /** Nothing is limited unless a run says so; everything is counted all the same. */
  limits: SendLimits;
  /** How many requests went to Firestore. */
  storeCalls: () => number;
  /** A form with Twilio's signature. */
  signed(
    path: string,
    search: string,
    fields: Record<string, string>,
  ): Parameters<System['answerWebhook']>[1];
  /** Deploys with these keys, as an operator of Parley does (PRIV-4): what begins from now on has them. */
  deployKeys(ring: KeyRingStep): void;
}

const NUMBERS = ['+12025550143', '+12025550144', '+12025550145'] as const;
/** The number that somebody of these changes to. */
export const OTHER_NUMBER = '+12025550146';
/** Somebody whom Parley does not know. */
export const STRANGER = '+12025550199';
/** In the future of any server, so that all that was written is old enough to be sealed. */
const START = Date.UTC(2040, 0, 2, 15, 0, 0);
export const NO_LIMITS: SendLimits = { personPerHour: null, operatorPerMinute: null, dailySpend: null };
/** The rings that a rotation goes through (functions/docs/runbooks/rotate-keys.md). */
export type KeyRingStep = 'old' | 'old,new' | 'new,old' | 'new';
const NEW_KEY = `new:${Buffer.alloc(32, 7).toString('base64')}`;

export interface WorldOptions {
  host: string;
  projectId: string;
  system: System;
  people: number;
  limits?: SendLimits;
  random: SeededRandom;
  settings?: Readonly<Record<string, string>>;
  stage: Omit<StageOptions, 'start' | 'random'>;
}

export async function makeWorld(options: WorldOptions): Promise<FaultWorld> {
  const { projectId, host, system, random } = options;
  const stage = new Stage({ ...options.stage, random, start: START });
  const witness = new Witness([...NUMBERS, OTHER_NUMBER, STRANGER].map((number) => number.slice(2)));
  const { db, counts } = countingFirestore({
    projectId,
    host,
    hook: (call, go) =>
      stage.io(requestOf(db, call.method, call.request), async () => {
        const result = await go();
        if (call.method === 'commit') witness.committed(call.request, stage.clock.now().getTime());
        return result;
      }),
  });
  const config = (phoneKeys: string) =>
    parseConfig(environmentSettings({ ...LOCAL_DEFAULTS, ...options.settings, PHONE_KEYS: phoneKeys }), {
      projectId,
      emulator: true,
    });
  const first = config(LOCAL_DEFAULTS.PHONE_KEYS);
  const idSource = new SeededRandom(random.whole(0, 0xffff_ffff));
  const deps = {
    db,
    config: first,
    carrier: twilioCarrier(first),
    clock: stage.clock,
    ids: { next: () => idSource.id() },
    log: system.createLog((line) => witness.checkLeak('the log', line)),
    vault: system.createPhoneVault(first.secrets.phoneKeys, first.secrets.phoneHashKey),
  };
  const world: FaultWorld = {
    db,
    projectId,
    stage,
    random,
    witness,
    system,
    deps,
    people: [],
    limits: options.limits ?? NO_LIMITS,
    storeCalls: () => counts.calls.length,
    signed(path, search, fields) {
      const url = deps.config.webhookUrl + path + search;
      return {
        method: 'POST',
        path,
        search,
        contentType: 'application/x-www-form-urlencoded',
        contentEncoding: '',
        header: () => webhooks.getExpectedTwilioSignature(LOCAL_DEFAULTS.TWILIO_AUTH_TOKEN, url, fields),
        rawBody: Buffer.from(new URLSearchParams(fields).toString()),
      };
    },
    deployKeys(ring) {
      const keys = ring.split(',').map((name) => (name === 'old' ? LOCAL_DEFAULTS.PHONE_KEYS : NEW_KEY));
      const next = config(keys.join(','));
      deps.config = next;
      deps.vault = system.createPhoneVault(next.secrets.phoneKeys, next.secrets.phoneHashKey);
    },
  };
  world.people = await addPeople(world, NUMBERS.slice(0, options.people));
  await setLimits(world, world.limits);
  return world;
}

function requestOf(db: Database, name: string, request: unknown): IoRequest {
  const isCommit = name === 'commit';
  const transaction = transactionOf(request);
  return {
    rollback: transaction === null ? null : () => rollBack(db, transaction),
    name,
    writes: isCommit ? writtenNames(request) : [],
    locks: isCommit ? [] : lockedNames(request),
    transactional: isTransactional(request),
  };
}

/** By the client's own way to the server, which its types do not show. */
async function rollBack(db: Database, transaction: Uint8Array | string): Promise<void> {
  const request: unknown = Reflect.get(db, 'request');
  if (typeof request !== 'function') throw new Error('This Firestore client has no "request".');
  const about = { database: Reflect.get(db, 'formattedName') as unknown, transaction };
  await (Reflect.apply(request, db, ['rollback', about, 'faults']) as Promise<unknown>).catch(() => null);
}

/** As `changeSendLimits` keeps them. */
async function setLimits({ db, deps }: FaultWorld, limits: SendLimits): Promise<void> {
  const batch = db.batch();
  const updatedAt = deps.clock.now();
  writeLimits(batch, db, { limits, updatedAt, updatedBy: 'Olive Operator', version: null });
  await batch.commit();
}

/** People as `registerPerson` makes them, in one commit for all of them. */
async function addPeople({ db, deps }: FaultWorld, numbers: readonly string[]): Promise<TestPerson[]> {
  const batch = db.batch();
  const now = deps.clock.now();
  const people = numbers.map((text, index) => {
    const number = parsePhoneNumber(text, 'US');
    if (!number.ok) throw new Error('Not a number.');
    const id = deps.ids.next();
    const user = completeUser({
      ...numberFields(deps.vault, id, number),
      id,
      firstName: `Person${String.fromCharCode(65 + index)}`,
      lastName: '',
      tags: [],
      customFields: {},
      timeZone: null,
      language: null,
      notes: '',
      consent: null,
      status: 'active',
      createdAt: now,
      updatedAt: now,
    });
    createPhoneKey(batch, db, user.phoneKey, { userId: id, active: true, optedOut: null, suppressed: null });
    createUser(batch, db, user);
    createConversation(batch, db, id, user.label);
    return { userId: id, number: text, phoneKey: user.phoneKey };
  });
  await batch.commit();
  return people;
}
