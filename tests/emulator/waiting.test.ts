import { Timestamp } from '@google-cloud/firestore';
import { expect, test } from 'vitest';
import { startApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';

test('IN-7, OUT-6: what waits for a decision is counted for everybody who reads messages', async () => {
  const { db } = freshDatabase();
  const parley = startApi(db);
  await parley.addOperator('Vera', 'viewer');
  const cookie = await parley.signIn('vera@example.com');
  expect((await parley.call('GET', '/waiting', { cookie })).body).toEqual({ optOutRequests: 0, messages: 0 });

  const at = Timestamp.fromDate(new Date('2026-03-02T08:00:00.000Z'));
  const revocations = db.collection('revocations');
  await revocations.doc('SM1').set({ phoneKey: 'k', receivedAt: at, state: 'open', decision: null });
  await revocations.doc('SM2').set({ phoneKey: 'k', receivedAt: at, state: 'open', decision: null });
  await revocations.doc('SM3').set({ phoneKey: 'k', receivedAt: at, state: 'dismissed', decision: null });
  const outgoing = db.collection('outgoingMessages');
  await outgoing.doc('m1').set({ status: 'unconfirmed', attention: { reason: 'not_answered', since: at } });
  await outgoing.doc('m2').set({ status: 'unconfirmed', attention: null });
  await outgoing.doc('m3').set({ status: 'sent' });

  const answer = await parley.call('GET', '/waiting', { cookie });
  expect([answer.status, answer.body]).toEqual([200, { optOutRequests: 2, messages: 1 }]);
  expect((await parley.call('GET', '/waiting')).status).toBe(401);
});
