import { Firestore } from '@google-cloud/firestore';
import { appendAudit, SYSTEM_ACTOR } from '../src/audit/append.ts';
import { parsePhoneNumber } from '../src/people/phone-number.ts';
import { numberFields } from '../src/people/register-person.ts';
import { completeUser } from '../src/people/users-store.ts';
import { environmentSettings, parseConfig, type Config } from '../src/platform/config.ts';
import { isAlreadyExists } from '../src/platform/errors.ts';
import type { Database } from '../src/platform/firestore.ts';
import { schemaRef } from '../src/platform/schema-store.ts';
import { schemaOf } from './migrations/run-migrations.ts';
import { randomIds } from '../src/platform/ids.ts';
import { LOCAL_DEFAULTS } from '../src/platform/local-defaults.ts';
import { createPhoneVault, type PhoneVault } from '../src/platform/phone-vault.ts';
import type { Writer } from '../src/platform/writer.ts';
import { operatorsStore } from '../src/team/operators-store.ts';
import { directBcrypt } from '../src/platform/bcrypt.ts';
import { hashPassword } from '../src/team/password.ts';
import { printProblem, Problem } from './lib/problem.ts';
import { carrierPast, rememberAtCarrier } from './seed/carrier-past.ts';
import { demoHistory, type History } from './seed/history.ts';
import { DEMO_OPERATORS, DEMO_PASSWORD, DEMO_PEOPLE, STRANGERS, type DemoPerson } from './seed/people.ts';
import { SeededRandom } from './seed/random.ts';
import { writeDemoSettings, writeHistory, writeSpending, type DemoUser } from './seed/write-history.ts';

export interface SeedTarget {
  projectId: string;
  /** Host and port of the Firestore emulator. */
  firestoreHost: string;
  /** The simulated carrier, whose phones then show the same history; left out, they start empty. */
  carrierUrl?: string;
  /** Settings as they are named in the environment; the local defaults stand in for what is missing. */
  settings?: Readonly<Record<string, string>>;
  /** The instant at which the history ends. */
  now?: Date;
}

export interface SeedResult {
  /** False when the demo data were there already. */
  seeded: boolean;
  people: number;
  incoming: number;
  outgoing: number;
}

const NOTHING: SeedResult = { seeded: false, people: 0, incoming: 0, outgoing: 0 };
const DAY = 24 * 60 * 60 * 1000;
/** Any number; another one makes other ids and other times of day. */
const SEED = 20260101;

/**
 * Puts the demo team, people and history into an emulator, once: all of it is one commit that creates a marker, so it is
 * there whole or not at all, and a second run finds the marker. The carrier gets its side of the history before that, so
 * that Parley never knows of a message that the carrier does not. Refuses anything but an emulator on this machine.
 */
export async function seed(target: SeedTarget): Promise<SeedResult> {
  refuseRealProjects(target);
  // Else the client looks for Google's metadata server, which no laptop has.
  process.env['METADATA_SERVER_DETECTION'] ??= 'none';
  const db = new Firestore({
    projectId: target.projectId,
    host: target.firestoreHost,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  try {
    return await seedDatabase(db, target);
  } finally {
    await db.terminate();
  }
}

function refuseRealProjects({ projectId, firestoreHost }: SeedTarget): void {
  const local = /^(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(firestoreHost);
  if (local && projectId.startsWith('demo-')) return;
  throw new Problem(
    'Demo data is for the emulator only.',
    'Name an emulator on this machine, and a project whose id begins with demo-.',
  );
}

async function seedDatabase(db: Database, target: SeedTarget): Promise<SeedResult> {
  const marker = db.doc('settings/demo');
  if ((await marker.get()).exists) return NOTHING;
  const settings = environmentSettings({ ...LOCAL_DEFAULTS, ...target.settings });
  const config = parseConfig(settings, { projectId: target.projectId, emulator: true });
  const vault = createPhoneVault(config.secrets.phoneKeys, config.secrets.phoneHashKey);
  const now = target.now ?? new Date();
  const random = new SeededRandom(SEED);
  const people = DEMO_PEOPLE.map((person) => demoUser(vault, person, now, random.id()));
  const history = historyOf(db, config, vault, people, now, random);
  const counts = {
    people: people.length,
    incoming: history.incoming.length,
    outgoing: history.outgoing.length,
  };
  if (target.carrierUrl !== undefined)
    await rememberAtCarrier(target.carrierUrl, carrierPast(history, phonesOf(vault, people)));
  const batch = db.batch();
  batch.create(marker, { seededAt: now });
  batch.set(schemaRef(db), schemaOf(now));
  await addOperators(batch, db, config, now);
  writeHistory(batch, db, people, history);
  writeSpending(batch, db, history, now);
  writeDemoSettings(batch, db, DEMO_OPERATORS[0].name, now);
  appendAudit(
    batch,
    { db, ids: randomIds },
    { actor: SYSTEM_ACTOR, address: null, requestId: 'demo' },
    {
      action: 'system.seeded',
      target: { kind: 'system', id: null },
      after: { ...counts, operators: DEMO_OPERATORS.length },
    },
  );
  try {
    await batch.commit();
  } catch (error) {
    if (isAlreadyExists(error) && (await marker.get()).exists) return NOTHING;
    throw error;
  }
  return { seeded: true, ...counts };
}

function demoUser(
  vault: PhoneVault,
  { phoneNumber, added, suppressed, ...fields }: DemoPerson,
  now: Date,
  id: string,
): DemoUser {
  const number = parsePhoneNumber(phoneNumber, 'US');
  if (!number.ok) throw new Error(`A demo number was refused: ${number.problem}.`);
  const createdAt = new Date(now.getTime() - added * DAY);
  const user = completeUser({
    firstName: '',
    lastName: '',
    tags: [],
    customFields: {},
    timeZone: null,
    language: null,
    notes: '',
    status: 'active',
    ...fields,
    ...numberFields(vault, id, number),
    id,
    consent: {
      source: 'Sign-up sheet',
      at: createdAt,
      wording: 'I agree to get texts from Harbor Pantry. Reply STOP to end.',
    },
    createdAt,
    updatedAt: createdAt,
  });
  return {
    user,
    suppressed:
      suppressed === undefined ? null : { at: new Date(now.getTime() - 9 * DAY), reason: suppressed },
  };
}

/** The numbers behind the history, by user id and by the hash of a stranger's number. */
function phonesOf(vault: PhoneVault, people: readonly DemoUser[]): Map<string, string> {
  return new Map([
    ...people.map(({ user }): [string, string] => [user.id, vault.decrypt(user.id, user.phoneNumber)]),
    ...STRANGERS.map((number): [string, string] => [vault.hash(number), number]),
  ]);
}

function historyOf(
  db: Database,
  config: Config,
  vault: PhoneVault,
  people: readonly DemoUser[],
  now: Date,
  random: SeededRandom,
): History {
  const [owner, operator] = DEMO_OPERATORS.map(({ email, name }) => ({
    id: operatorsStore(db, config).idOf(email),
    name,
  }));
  if (owner === undefined || operator === undefined) throw new Error('The demo team is too small.');
  const actors = people.map(({ user, suppressed }) => ({
    who: user.last4,
    userId: user.id,
    label: user.label,
    firstName: user.firstName,
    active: user.status === 'active',
    suppressed: suppressed !== null,
  }));
  const strangers = STRANGERS.map((number) => ({ who: number.slice(-4), hash: vault.hash(number) }));
  const { ackText, autoRepliesPerHour } = config;
  return demoHistory(
    { actors, strangers, operators: { owner, operator }, ackText, autoRepliesPerHour, end: now },
    random,
  );
}

async function addOperators(writer: Writer, db: Database, config: Config, now: Date): Promise<void> {
  const store = operatorsStore(db, config);
  const passwordHash = await hashPassword(DEMO_PASSWORD, directBcrypt);
  DEMO_OPERATORS.forEach(({ email, name, role }, index) => {
    const createdAt = new Date(now.getTime() - (300 - index) * DAY);
    store.add(writer, {
      id: store.idOf(email),
      email,
      name,
      role,
      status: 'active',
      passwordHash,
      passwordChangedAt: createdAt,
      invitation: null,
      createdAt,
      updatedAt: createdAt,
      lastSignInAt: null,
    });
  });
}

if (import.meta.main) {
  const { FIRESTORE_EMULATOR_HOST: firestoreHost, GCLOUD_PROJECT: projectId = 'demo-parley' } = process.env;
  try {
    if (firestoreHost === undefined)
      throw new Problem('No emulator is named.', 'Set FIRESTORE_EMULATOR_HOST, such as 127.0.0.1:8080.');
    const settings = Object.fromEntries(
      Object.keys(LOCAL_DEFAULTS).flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    );
    console.log(JSON.stringify(await seed({ projectId, firestoreHost, settings })));
  } catch (error) {
    printProblem(error);
    process.exitCode = 1;
  }
}
