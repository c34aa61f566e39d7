import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { receiveInbound } from '../../functions/src/inbound/receive-inbound.ts';
import { recordStatus } from '../../functions/src/outbox/record-status.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { runDueWork } from '../../functions/src/entry/schedule/run-due-work.ts';
import { startApi } from '../support/api-in-process.ts';
import { newMessageSid } from '../support/emulator.ts';
import { messagingWorld, sidOf, type MessagingWorld } from '../support/messaging-world.ts';

/** Google's list, in dollars for a million: https://cloud.google.com/firestore/pricing. */
const READ = 0.3;
const WRITE = 0.9;

const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');

/** A row of the README's table of costs. */
function row(what: string, { reads, writes }: { reads: number; writes: number }): string {
  const dollars = (reads * READ + writes * WRITE).toFixed(2);
  return `| ${what} | ${String(reads)} | ${String(writes)} | $${dollars} |`;
}

function spent({ counts }: MessagingWorld): { reads: number; writes: number } {
  return { reads: counts.reads, writes: counts.writes };
}

async function reported(world: MessagingWorld, messageId: string, sid: string): Promise<void> {
  // What Twilio reports of a text that arrives; it does not report the first status.
  for (const status of ['sent', 'delivered'])
    await recordStatus(world.deps, { messageId, sid, status, errorCode: null, price: null });
}

test('OPS-5: a message in, its automatic reply and the reports on it cost what the README says', async () => {
  const world = messagingWorld();
  await world.add('+12025550143');
  world.counts.reset();
  const message = {
    sid: newMessageSid(),
    from: '+12025550143',
    body: 'Hello',
    segments: 1,
    media: [],
    optOutType: null,
  };
  const { reply } = await receiveInbound(world.deps, message, 'request-1');
  await reported(world, reply?.replyId ?? '', newMessageSid());
  expect(spent(world)).toEqual({ reads: 4, writes: 5 });
  expect(readme).toContain(
    row('A text in from somebody registered, and the automatic reply, delivered', spent(world)),
  );
});

test('OPS-5: a message in from an unknown number costs what the README says', async () => {
  const world = messagingWorld();
  const message = {
    sid: newMessageSid(),
    from: '+12025550143',
    body: 'Hello',
    segments: 1,
    media: [],
    optOutType: null,
  };
  await receiveInbound(world.deps, message, 'request-1');
  expect(spent(world)).toEqual({ reads: 1, writes: 1 });
  expect(readme).toContain(row('A text in from a stranger', spent(world)));
});

test('OPS-5: a message out, from the API to delivered, costs what the README says', async () => {
  const world = messagingWorld();
  const { id: userId } = await world.add('+12025550143');
  const { addOperator, signIn, call, queued } = startApi(world.db);
  await addOperator('Olive', 'operator');
  const cookie = await signIn('olive@example.com');
  world.counts.reset();
  const answer = await call('POST', '/messages', {
    cookie,
    body: { userId, body: 'Hello' },
    headers: { 'idempotency-key': 'key-1' },
  });
  expect(answer.status).toBe(202);
  const [messageId = ''] = queued;
  expect(await sendOutgoing(world.deps, messageId)).toBe('accepted');
  await reported(world, messageId, sidOf(1));
  const cost = spent(world);
  expect(cost).toEqual({ reads: 13, writes: 8 });
  expect(readme).toContain(row('A text out, from the console to delivered', cost));
  expect((await world.entry(messageId)).item.status).toBe('delivered');
});

test('OPS-5: a minute in which nothing is due costs what the README says', async () => {
  const world = messagingWorld();
  await runDueWork({ ...world.deps }, world.clock.now());
  expect(spent(world)).toEqual({ reads: 4, writes: 0 });
  expect(readme).toContain('4 reads a minute');
});

test('OPS-5: the README’s free messages per day follow from the same figures', () => {
  const freeWrites = 20_000;
  const freeReads = 50_000;
  const idle = 4 * 60 * 24;
  const times = ({ reads, writes }: { reads: number; writes: number }) =>
    Math.floor(Math.min(freeWrites / writes, (freeReads - idle) / reads)).toLocaleString('en');
  expect(readme.replaceAll('\n', ' ')).toContain(
    `${times({ reads: 4, writes: 5 })} texts in with their answers, or ${times({ reads: 13, writes: 8 })} texts out.`,
  );
  expect(readme).toContain(`4 reads a minute, ${idle.toLocaleString('en')} a day.`);
});
