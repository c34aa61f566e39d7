import { readFile } from 'node:fs/promises';
import {
  assertFails,
  assertSucceeds,
  initializeTestEnvironment,
  type RulesTestEnvironment,
} from '@firebase/rules-unit-testing';
import { deleteApp, initializeApp, type FirebaseApp } from 'firebase/app';
import {
  collection,
  connectFirestoreEmulator,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  getFirestore,
  limit,
  onSnapshot,
  query,
  setDoc,
  setLogLevel,
  updateDoc,
  type Firestore,
} from 'firebase/firestore';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../functions/src/contract/permissions.ts';
import { firestoreHost, freshDatabase } from '../support/emulator.ts';
import { rulesCoverage } from '../support/rules-coverage.ts';

const { db: admin, projectId } = freshDatabase();
const readable = ['incomingMessages', 'outgoingMessages', 'conversations', 'settings'] as const;
const closed = [
  'users',
  'phoneKeys',
  'operators',
  'signInAttempts',
  'lookUps',
  'auditLog',
  'auditSeals',
  'campaigns',
  'anything',
] as const;

let environment: RulesTestEnvironment;
const apps: FirebaseApp[] = [];

/** The emulator's rules go by the real time, so sessions of these tests end relative to it. */
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

beforeAll(async () => {
  const [host = '', port = ''] = firestoreHost().split(':');
  const rules = await readFile('firestore.rules', 'utf8');
  environment = await initializeTestEnvironment({
    projectId,
    firestore: { host, port: Number(port), rules },
  });
  // Every refusal would be a line otherwise.
  setLogLevel('silent');
  for (const name of [...readable, ...closed]) await admin.doc(`${name}/one`).set({ text: 'x' });
});

afterAll(async () => {
  await Promise.all(apps.map((app) => deleteApp(app)));
  await environment.cleanup();
});

interface Claims {
  role?: string;
  sid?: string;
  end?: number;
  firebase?: { sign_in_provider: 'custom' | 'password' | 'phone' | 'google.com' };
}

/** A browser with these claims; null for one without a token. */
function browser(claims: Claims | null): Firestore {
  const app = initializeApp({ projectId, apiKey: 'emulator' }, `browser-${String(apps.length)}`);
  apps.push(app);
  const db = getFirestore(app);
  const [host = '', port = ''] = firestoreHost().split(':');
  const token = claims === null ? {} : { mockUserToken: { sub: 'op_1', ...claims } };
  connectFirestoreEmulator(db, host, Number(port), token);
  return db;
}

/** A session record, live for another hour but for `change`; answers the claims of its token. */
async function session(
  sid: string,
  role: Role,
  change: Record<string, unknown> = {},
): Promise<Required<Omit<Claims, 'firebase'>>> {
  const end = inSeconds(3600);
  await admin.doc(`sessions/${sid}`).set({
    operatorId: 'op_1',
    operator: 'Olga',
    role,
    startedAt: new Date(),
    endsAt: new Date(end * 1000),
    endedAt: null,
    endReason: null,
    ...change,
  });
  return { role, sid, end };
}

const list = (db: Firestore, name: string, size = 100) => getDocs(query(collection(db, name), limit(size)));

describe.each(ROLES)('a live session of role %s', (role) => {
  let db: Firestore;

  beforeAll(async () => {
    db = browser(await session(`live-${role}`, role));
  });

  test.each(readable)('OP-6, OP-9: may get and list %s', async (name) => {
    await assertSucceeds(getDoc(doc(db, `${name}/one`)));
    await assertSucceeds(getDoc(doc(db, `${name}/none`)));
    await assertSucceeds(list(db, name));
    await assertSucceeds(list(db, name, 1));
  });

  test.each(readable)('OP-9: may not list %s without a limit, or with more than 100', async (name) => {
    await assertFails(list(db, name, 101));
    await assertFails(getDocs(collection(db, name)));
  });

  test.each(closed)('OP-3: may neither get nor list %s', async (name) => {
    await assertFails(getDoc(doc(db, `${name}/one`)));
    await assertFails(list(db, name));
  });

  test.each([...readable, ...closed, 'sessions'])('LOG-3: may write nothing in %s', async (name) => {
    const one = name === 'sessions' ? `sessions/live-${role}` : `${name}/one`;
    await assertFails(setDoc(doc(db, `${name}/new`), { text: 'y' }));
    await assertFails(setDoc(doc(db, one), { text: 'y' }));
    await assertFails(updateDoc(doc(db, one), { text: 'y' }));
    await assertFails(deleteDoc(doc(db, one)));
  });

  test('OP-9: may get its own session, also when it has ended, and no other', async () => {
    await session('other', role);
    await assertSucceeds(getDoc(doc(db, `sessions/live-${role}`)));
    await assertFails(getDoc(doc(db, 'sessions/other')));
    await assertFails(list(db, 'sessions', 1));
    await session(`live-${role}`, role, { endedAt: new Date(), endReason: 'signed_out' });
    await assertSucceeds(getDoc(doc(db, `sessions/live-${role}`)));
  });
});

describe('reading is refused', () => {
  const refused = async (claims: Claims | null) => {
    const db = browser(claims);
    for (const name of readable) {
      await assertFails(getDoc(doc(db, `${name}/one`)));
      await assertFails(list(db, name));
    }
  };

  test('OP-3: without a token', async () => {
    await refused(null);
    await assertFails(getDoc(doc(browser(null), 'sessions/gone')));
  });

  test('OP-9: with a token that has no claims', async () => {
    await refused({});
    await assertFails(getDoc(doc(browser({}), 'sessions/gone')));
  });

  test('OP-9: with a token of another kind of sign-in, also when it carries the claims of a live session', async () => {
    const claims = await session('live', 'owner');
    for (const sign_in_provider of ['password', 'phone', 'google.com'] as const) {
      await refused({ ...claims, firebase: { sign_in_provider } });
      await assertFails(getDoc(doc(browser({ ...claims, firebase: { sign_in_provider } }), 'sessions/live')));
    }
  });

  test('OP-9: when a claim is missing', async () => {
    const { role, sid, end } = await session('live', 'owner');
    await refused({ role, sid });
    await refused({ role, end });
    await refused({ sid, end });
  });

  test('OP-9: for a session that does not exist', async () => {
    await refused({ role: 'owner', sid: 'nosuch', end: inSeconds(3600) });
  });

  test('OP-2, OP-9: after sign-out, deactivation or a new password, which end the record', async () => {
    for (const endReason of ['signed_out', 'ended', 'deactivated', 'password_changed']) {
      await refused(await session('over', 'owner', { endedAt: new Date(), endReason }));
    }
  });

  test('OP-2, OP-9: after its end, though the token lives on', async () => {
    const end = inSeconds(-1);
    const claims = await session('late', 'owner', { endsAt: new Date(end * 1000) });
    await refused({ ...claims, end });
  });

  test('OP-9: when the claimed end is not the end of the session', async () => {
    const claims = await session('live', 'owner');
    await refused({ ...claims, end: claims.end + 1 });
    await refused({ ...claims, end: claims.end + 3600 });
  });

  test('OP-6, OP-9: when the role has changed since', async () => {
    const claims = await session('live', 'viewer');
    await refused({ ...claims, role: 'owner' });
    await refused({ ...claims, role: 'operator' });
  });
});

test('OP-2, OP-9: a listener learns at once that its session has ended, and cannot listen anew', async () => {
  const db = browser(await session('watched', 'viewer'));
  const ended = Promise.withResolvers<string>();
  const stop = onSnapshot(
    doc(db, 'sessions/watched'),
    (snapshot) => {
      if (snapshot.get('endedAt') !== null) ended.resolve(snapshot.get('endReason') as string);
    },
    ended.reject,
  );
  await assertSucceeds(list(db, 'incomingMessages', 10));
  await session('watched', 'viewer', { endedAt: new Date(), endReason: 'deactivated' });
  expect(await ended.promise).toBe('deactivated');
  stop();
  await assertFails(list(db, 'incomingMessages', 10));
});

test('OP-9: every condition of the rules was met and not met by the tests above', async () => {
  const conditions = await rulesCoverage(`http://${firestoreHost()}`, projectId);
  const wanted = [
    'request.auth != null',
    "request.auth.token.firebase.sign_in_provider == 'custom'",
    "'sid' in request.auth.token",
    'request.time.toMillis() < request.auth.token.end * 1000',
    'exists(/databases/$(database)/documents/sessions/$(request.auth.token.sid))',
    'session().endedAt == null',
    'session().endsAt.toMillis() == request.auth.token.end * 1000',
    'session().role == request.auth.token.role',
    'request.query.limit <= 100',
    'request.auth.token.sid == sid',
  ];
  // The report's places end a bracket too early where an expression ends in several.
  const bare = (text: string) => text.replace(/\)+$/, '');
  expect(conditions.map((condition) => bare(condition.text))).toEqual(
    expect.arrayContaining(wanted.map(bare)),
  );
  expect(conditions.filter((condition) => !condition.sawTrue || !condition.sawFalse)).toEqual([]);
});
