import type { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directBcrypt } from '../../functions/src/platform/bcrypt.ts';
import { passwordGate } from '../../functions/src/team/password-gate.ts';
import { checkIntegrity } from '../../functions/cli/integrity/check-integrity.ts';
import { seed } from '../../functions/cli/seed.ts';
import { outgoingFromDocument } from '../../functions/src/contract/live.ts';
import type { OutgoingItem } from '../../functions/src/contract/messages.ts';
import type { ApiDeps } from '../../functions/src/entry/deps.ts';
import { findHealth } from '../../functions/src/entry/http/health/find-health.ts';
import { runDueWork, type DueDeps } from '../../functions/src/entry/schedule/run-due-work.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { firestoreHost } from '../support/emulator.ts';
import { messagingWorld } from '../support/messaging-world.ts';
import { documentsOf } from '../support/people-world.ts';
import {
  startTestCarrier,
  startWebhook,
  type TestCarrier,
  type TestWebhook,
} from '../support/test-carrier.ts';

// The demo as somebody leaves it running: the minute's work runs at each of these times, on the demo data and a carrier
// that remembers the same history. The tests follow each other in time.
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PEOPLE = {
  chloe: '+12025550103',
  marcus: '+12025550112',
  noa: '+12025550113',
  wilhelmina: '+12025550118',
};

let carrier: TestCarrier;
let webhook: TestWebhook;
let world: ReturnType<typeof messagingWorld>;
let deps: ApiDeps & DueDeps;
let db: Firestore;
const seededAt = new Date();
let now = seededAt;

/** The minute's work at this long after the seed, and the tasks that came of it. */
async function dueWorkAfter(milliseconds: number): Promise<void> {
  now = new Date(seededAt.getTime() + milliseconds);
  await runDueWork(deps, now);
  const gateway = await deps.carrier.gateway();
  for (const id of world.queue.splice(0)) await sendOutgoing({ ...deps, gateway }, id);
}

async function outgoing(): Promise<OutgoingItem[]> {
  return Object.entries(await documentsOf(db, 'outgoingMessages')).map(([id, data]) =>
    outgoingFromDocument(id, data),
  );
}

async function textsOn(handset: string): Promise<{ body: string; direction: string; status: string }[]> {
  const { json } = await carrier.call('GET', `/handsets/${encodeURIComponent(handset)}/texts?all=true`);
  return (json as { texts: { body: string; direction: string; status: string }[] }).texts;
}

beforeAll(async () => {
  webhook = await startWebhook();
  carrier = await startTestCarrier({ webhookUrl: webhook.url });
  const projectId = `demo-health-${String(seededAt.getTime())}`;
  const settings = { TWILIO_API_URL: carrier.url, WEBHOOK_URL: webhook.url };
  world = messagingWorld(settings, { projectId });
  db = world.db;
  const live = { projectId, emulator: null, token: async () => 'a token' };
  const lookup = await world.deps.carrier.lookup();
  deps = {
    ...world.deps,
    clock: { now: () => now },
    live,
    lookup,
    bcrypt: directBcrypt,
    passwordGate: passwordGate(),
  };
  await seed({ projectId, firestoreHost: firestoreHost(), carrierUrl: carrier.url, settings, now: seededAt });
});

afterAll(async () => {
  await carrier.stop();
  await webhook.stop();
});

describe('OPS-2: the demo, left running', () => {
  test('DX-1: the phones show the same history as the console', async () => {
    const entries = await outgoing();
    const users = await documentsOf(db, 'users');
    const incoming = Object.values(await documentsOf(db, 'incomingMessages'));
    for (const [userId, user] of Object.entries(users)) {
      const phone = deps.vault.decrypt(userId, String(user['phoneNumber']));
      const texts = await textsOn(phone);
      // A handset also has what the carrier itself answers to STOP, START and HELP.
      const answers = /^(?:You have successfully been|Reply STOP to unsubscribe)/;
      const got = texts.filter(({ body, direction }) => direction === 'received' && !answers.test(body));
      const sent = texts.filter(({ direction }) => direction === 'sent');
      const of = entries.filter((entry) => entry.userId === userId);
      const onItsWay = ['accepted', 'sent', 'delivered', 'read', 'undelivered', 'unconfirmed'];
      const taken = of.filter((each) => each.providerId !== null || onItsWay.includes(each.status));
      expect(got.map(({ body }) => body).sort()).toEqual(taken.map(({ body }) => body).sort());
      const wrote = incoming.filter((each) => each['userId'] === userId).map((each) => String(each['body']));
      expect(sent.map(({ body }) => body).sort()).toEqual(wrote.sort());
    }
  });

  test('DX-1: who opted out in the demo is opted out at the carrier, nobody else', () => {
    const { store } = carrier.carrier;
    const optedOut = store.handsets().filter((number) => store.isOptedOut(number));
    expect(optedOut.sort()).toEqual([PEOPLE.marcus, '+12025550192']);
  });

  test.each([
    ['at once', 0],
    ['an hour later', HOUR],
    ['six hours later', 6 * HOUR],
    ['two days later', 48 * HOUR],
  ])(
    'OPS-2: has one warning, about the message that nobody knows the outcome of: %s',
    async (_when, after) => {
      await dueWorkAfter(after);
      const findings = await findHealth(deps, deps.log);
      expect(findings.filter(({ level }) => level !== 'ok').map(({ id, level }) => [id, level])).toEqual([
        ['stuck-texts', 'warning'],
      ]);
      const unconfirmed = (await outgoing()).filter(({ status }) => status === 'unconfirmed');
      expect(unconfirmed).toMatchObject([
        { recipient: 'Chloé Dubois-Martin', attention: { reason: 'not_answered' }, providerId: null },
      ]);
      expect((await checkIntegrity(deps)).faults.lines()).toEqual([]);
    },
  );

  test('DX-1: messages that the carrier had said little of were found there', async () => {
    const ended = (await outgoing()).filter(({ history }) => history.at(-1)?.source === 'reconciler');
    expect(ended.map(({ recipient, status }) => [recipient, status]).sort()).toEqual([
      ['Björn Åkesson', 'failed'],
      ['Grace O’Connor', 'delivered'],
      ['Noa Ben-David', 'delivered'],
    ]);
  });

  test('OUT-8: scheduled messages are sent when they are due, and reach their phones', async () => {
    const times = (await outgoing()).flatMap(({ dueAt, sentAt, history }) =>
      dueAt === null || history.at(-1)?.status === 'canceled' || sentAt !== null ? [] : [Date.parse(dueAt)],
    );
    for (const time of times.sort()) {
      await dueWorkAfter(time - seededAt.getTime() + MINUTE);
      await carrier.carrier.pending.idle();
      await dueWorkAfter(time - seededAt.getTime() + HOUR);
    }
    const scheduled = (await outgoing()).filter(({ dueAt }) => dueAt !== null);
    expect(scheduled.map(({ recipient, status }) => [recipient, status]).sort()).toEqual([
      ['Chloé Dubois-Martin', 'delivered'],
      ['Grace O’Connor', 'canceled'],
      ['Wilhelmina van der Berg', 'delivered'],
    ]);
    expect(await textsOn(PEOPLE.wilhelmina)).toContainEqual(
      expect.objectContaining({
        body: 'Good morning Wilhelmina, your box is ready today from 10 am to 4 pm.',
        status: 'delivered',
      }),
    );
    expect(await textsOn(PEOPLE.chloe)).toContainEqual(
      expect.objectContaining({
        body: 'Bonjour Chloé! The kitchen team meets at noon today, at the side door.',
        status: 'delivered',
      }),
    );
  });

  test('OUT-6: in the end every message has an outcome, or waits for an operator, and nothing is owed', async () => {
    const entries = await documentsOf(db, 'outgoingMessages');
    const open = Object.entries(entries).filter(
      ([, { checkAt, lease }]) => checkAt !== null || lease !== null,
    );
    expect(open).toEqual([]);
    const statuses = (await outgoing()).map(({ status, attention }) => (attention ? 'needs review' : status));
    expect([...new Set(statuses)].sort()).toEqual([
      'canceled',
      'delivered',
      'failed',
      'needs review',
      'read',
      'sent',
      'undelivered',
    ]);
    for (const { status, errorReason } of await outgoing())
      if (status === 'failed' || status === 'undelivered') expect(errorReason).toMatch(/\w/);
  });
});
