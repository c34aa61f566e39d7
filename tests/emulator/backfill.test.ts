import { Timestamp } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BackfillAnswer } from '../../functions/src/contract/suppressions.ts';
import { startApi, testStart, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { expectRefusal } from '../support/refusals.ts';

let parley: TestApi;
let cookie: string;
const MINUTE = 60_000;
const since = '2026-03-02T00:00:00.000Z';

beforeEach(async () => {
  parley = startApi(freshDatabase().db);
  await parley.addOperator('Adam', 'admin');
  cookie = await parley.signIn('adam@example.com');
});

async function add(phoneNumber: string): Promise<string> {
  const { body } = await parley.call('POST', '/people', { cookie, body: { phoneNumber } });
  return (body as { id: string }).id;
}

/** A message of the past, so many minutes after the start. */
function past(id: string, userId: string, status: string, errorCode: number | null, minutes: number) {
  const at = Timestamp.fromMillis(testStart.getTime() + minutes * MINUTE);
  const line = { at, source: 'worker', note: null, errorCode: null };
  const history = [
    { ...line, status: 'queued' },
    { ...line, status: 'sending' },
  ];
  return parley.deps.db
    .doc(`outgoingMessages/${id}`)
    .set({ userId, status, errorCode, queuedAt: at, history });
}

async function backfill(change: object = {}): Promise<BackfillAnswer> {
  const answer = await parley.call('POST', '/suppressions/backfill', { cookie, body: { since, ...change } });
  expect(answer.status).toBe(200);
  return answer.body as BackfillAnswer;
}

const untextable = async (userId: string) =>
  ((await parley.call('GET', `/people/${userId}`, { cookie })).body as { untextable: unknown }).untextable;

describe('SUPP-3: the check of past failures', () => {
  test('SUPP-3: suppresses what the same failure would suppress today, once, and says why every other one changes nothing', async () => {
    const dead = await add('+12025550101');
    const out = await add('+12025550102');
    const off = await add('+12025550103');
    const back = await add('+12025550104');
    const lifted = await add('+12025550105');
    const moved = await add('+12025550106');
    await past('m_dead1', dead, 'undelivered', 30005, 1);
    await past('m_dead2', dead, 'undelivered', 30005, 2);
    await past('m_out', out, 'failed', 21610, 1);
    await past('m_off', off, 'undelivered', 30003, 1);
    await past('m_filtered', off, 'undelivered', 30007, 2);
    await past('m_back', back, 'undelivered', 30005, 1);
    await past('m_arrived', back, 'delivered', null, 2);
    await past('m_lifted', lifted, 'undelivered', 30006, 1);
    await past('m_moved', moved, 'undelivered', 30006, 1);
    await past('m_gone', 'nobody', 'failed', 21211, 1);
    await past('m_long_ago', off, 'undelivered', 30005, -10_000);
    parley.clock.forward(3600);
    await parley.call('PATCH', `/people/${moved}`, { cookie, body: { phoneNumber: '+12025550116' } });
    const hold = { kind: 'suppressed', reason: 'It rang' };
    const added = await parley.call('POST', '/suppressions', { cookie, body: { userId: lifted, ...hold } });
    const { id } = added.body as { id: string };
    await parley.call('POST', '/suppressions/lift', { cookie, body: { id, ...hold } });

    const expected = {
      examined: 9,
      suppressed: 1,
      optedOut: 1,
      skipped: {
        category: 2,
        held_already: 1,
        reached_since: 1,
        lifted_since: 1,
        number_changed: 1,
        no_person: 1,
      },
      nextCursor: null,
    };
    expect(await backfill({ dryRun: true })).toEqual(expected);
    expect(await untextable(dead)).toBeNull();
    expect(await backfill()).toEqual(expected);
    expect(await Promise.all([dead, out, off, back, lifted, moved].map(untextable))).toEqual([
      'suppressed',
      'opted_out',
      null,
      null,
      null,
      null,
    ]);
    const again = await backfill();
    expect(again).toMatchObject({ suppressed: 0, optedOut: 0, skipped: { held_already: 3 } });
    const { body } = await parley.call('GET', `/people/${dead}/consent`, { cookie });
    expect(body).toMatchObject({
      suppressed: { source: 'backfill', errorCode: 30005, operator: 'Adam' },
      items: [{ kind: 'suppressed', source: 'backfill', messageId: 'm_dead2' }],
    });
  });

  test('SUPP-3: checks 200 failures at a time and continues where it ended', async () => {
    const off = await add('+12025550103');
    const writer = parley.deps.db.bulkWriter();
    const history: unknown[] = [];
    for (let each = 0; each < 450; each += 1) {
      const queuedAt = Timestamp.fromMillis(testStart.getTime() + each);
      const entry = { userId: off, status: 'undelivered', errorCode: 30003, queuedAt, history };
      void writer.set(parley.deps.db.doc(`outgoingMessages/m_${String(each)}`), entry);
    }
    await writer.close();
    const sizes: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: BackfillAnswer = await backfill(cursor === '' ? {} : { cursor });
      sizes.push(page.examined);
      cursor = page.nextCursor;
    }
    expect(sizes).toEqual([200, 200, 50]);
  });

  test('SUPP-3, OP-6: only an admin can check past failures', async () => {
    await parley.addOperator('Olive', 'operator');
    const olive = await parley.signIn('olive@example.com');
    const answer = await parley.call('POST', '/suppressions/backfill', { cookie: olive, body: { since } });
    expectRefusal(answer, ['PERMISSION_DENIED']);
  });
});
