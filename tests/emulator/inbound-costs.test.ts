import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { receiveInbound, type InboundDeps } from '../../functions/src/inbound/receive-inbound.ts';
import { systemClock } from '../../functions/src/platform/clock.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import { countingFirestore } from '../support/counting-firestore.ts';
import { firestoreHost, freshDatabase, newMessageSid } from '../support/emulator.ts';

const { projectId } = freshDatabase();
const { db, counts } = countingFirestore({ projectId, host: firestoreHost() });
const hash = (number: string) => `hash-of-${number}`;
const deps: InboundDeps = {
  db,
  clock: systemClock,
  ids: randomIds,
  vault: { hashes: (number) => [hash(number)] },
  config: { ackText: 'Received.', autoRepliesPerHour: 20, extraStopWords: [] },
};

async function newPerson(): Promise<string> {
  const from = randomBytes(6).toString('hex');
  const key = { userId: `u-${from}`, active: true, optedOut: null, suppressed: null };
  const conversation = {
    label: 'Ada',
    lastText: '',
    lastAt: null,
    lastDirection: null,
    unread: 0,
    autoReplies: [],
    state: 'open',
  };
  await Promise.all([
    db.doc(`phoneKeys/${hash(from)}`).set(key),
    db.doc(`conversations/u-${from}`).set(conversation),
  ]);
  return from;
}

async function cost(from: string, body: string): Promise<{ reads: number; writes: number }> {
  counts.reset();
  await receiveInbound(
    deps,
    { sid: newMessageSid(), from, body, segments: 1, media: [], optOutType: null },
    'r1',
  );
  return { reads: counts.reads, writes: counts.writes };
}

describe('IN-4: what one inbound text costs', () => {
  test('IN-4: a message from a registered sender costs 2 reads and 3 writes', async () => {
    expect(await cost(await newPerson(), 'Hello')).toEqual({ reads: 2, writes: 3 });
  });

  test('IN-4: a message from an unknown sender costs 1 read and 1 write', async () => {
    expect(await cost('nobody', 'Hello')).toEqual({ reads: 1, writes: 1 });
  });

  test('IN-7: STOP adds the consent, its event and its audit entry, and saves the reply: 3 reads and 5 writes', async () => {
    expect(await cost(await newPerson(), 'STOP')).toEqual({ reads: 3, writes: 5 });
  });

  test('IN-7: a request to stop in other words adds its flag: 2 reads and 4 writes', async () => {
    expect(await cost(await newPerson(), 'Please stop texting me')).toEqual({ reads: 2, writes: 4 });
  });
});
