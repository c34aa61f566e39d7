import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { person, type Person } from '../../functions/src/contract/people.ts';
import { messageAccepted, outgoingItem, type OutgoingItem } from '../../functions/src/contract/messages.ts';
import { signIn, type ApiClient } from '../support/api-client.ts';
import { sharedDatabase, stack } from '../support/stack.ts';
import { pollUntil } from '../support/poll-until.ts';

const NUMBER = '+12025550197';
let api: ApiClient;
let ada: Person;
let sent = 0;

beforeAll(async () => {
  api = await signIn('operator@example.com');
  const owner = await signIn('owner@example.com');
  await owner.call('PATCH', '/settings/limits', { body: { personPerHour: null, operatorPerMinute: null } });
  const added = await api.call('POST', '/people', {
    body: { phoneNumber: NUMBER, firstName: 'Ada', lastName: 'Loop' },
  });
  if (added.status === 201) ada = person.parse(added.body);
  else {
    const found = await api.call('POST', '/people/search', { body: { phoneNumber: NUMBER } });
    [ada] = z.object({ items: z.tuple([person], person) }).parse(found.body).items;
  }
});

afterEach(async () => {
  await fetch(`${stack().urls.carrier}/dials`, { method: 'DELETE' });
});

async function dials(settings: unknown): Promise<void> {
  const response = await fetch(`${stack().urls.carrier}/dials`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ delayMs: 20, handsets: { [NUMBER]: settings } }),
  });
  if (!response.ok) throw new Error(await response.text());
}

async function send(body: string, fields: { undoSeconds?: number } = {}): Promise<string> {
  sent += 1;
  const headers = { 'idempotency-key': `loop-${String(Date.now())}-${String(sent)}` };
  const answer = await api.call('POST', '/messages', { body: { userId: ada.id, body, ...fields }, headers });
  expect(answer.status).toBe(202);
  return messageAccepted.parse(answer.body).messageId;
}

/** The entry as soon as it is in one of these states. */
function entryIn(id: string, statuses: readonly string[], within = 30_000): Promise<OutgoingItem> {
  return pollUntil(
    async () => {
      const item = outgoingItem.parse((await api.call('GET', `/messages/outgoing/${id}`)).body);
      return statuses.includes(item.status) ? item : null;
    },
    { within, every: 100, what: `${id} to be ${statuses.join(' or ')}` },
  );
}

const handsetTexts = z.object({
  texts: z.array(z.object({ body: z.string(), direction: z.string(), status: z.string() })),
});

async function onHandset(body: string): Promise<number> {
  const response = await fetch(
    `${stack().urls.carrier}/handsets/${encodeURIComponent(NUMBER)}/texts?all=true`,
  );
  const { texts } = handsetTexts.parse(await response.json());
  return texts.filter((each) => each.direction === 'received' && each.body === body).length;
}

describe('OUT-3, OUT-7: from the API through the queue to a handset and back', () => {
  test('OUT-3: a message is delivered within 10 s, once, and its history has each step', async () => {
    await dials({});
    const id = await send('Loop: hello');
    const item = await entryIn(id, ['delivered'], 10_000);
    expect(item).toMatchObject({ recipient: 'Ada Loop', errorCode: null });
    expect(item.providerId).toMatch(/^SM/);
    expect(item.sentAt).not.toBeNull();
    const statuses = item.history.map((each) => each.status);
    expect(statuses.slice(0, 2)).toEqual(['queued', 'sending']);
    expect(statuses.at(-1)).toBe('delivered');
    expect(await onHandset('Loop: hello')).toBe(1);
  });

  test('OUT-6: a message that gets 429 twice is tried again by the queue and arrives once', async () => {
    await dials({ failNextWith: { status: 429, count: 2 } });
    const id = await send('Loop: patience');
    const item = await entryIn(id, ['delivered']);
    expect(item.history.filter((each) => each.errorCode === 20429)).toHaveLength(2);
    expect(await onHandset('Loop: patience')).toBe(1);
  });

  test('OUT-6: a message that was cut off after it was taken is never sent again; the callback settles it', async () => {
    await dials({ connectionTrouble: { kind: 'cut', accepted: true } });
    const id = await send('Loop: cut');
    await entryIn(id, ['delivered']);
    expect(await onHandset('Loop: cut')).toBe(1);
  });

  test('OUT-6: a message whose connection was reset is unconfirmed and visible, and not sent again blindly', async () => {
    await dials({ connectionTrouble: { kind: 'reset', accepted: false } });
    const id = await send('Loop: reset');
    const item = await entryIn(id, ['unconfirmed']);
    expect(item.history.at(-1)?.note).toBe('The connection to the carrier broke before its answer came.');
    expect(await onHandset('Loop: reset')).toBe(0);
  });

  test('OUT-7: doubled and reversed callbacks end as delivered', async () => {
    await dials({ callbackOrder: 'reversed', callbackCopies: 2, announceSending: true });
    const id = await send('Loop: order');
    const item = await entryIn(id, ['delivered']);
    expect(item.history.map((each) => each.status).filter((status) => status === 'delivered')).toHaveLength(
      1,
    );
  });

  test('OUT-7: callbacks before the answer to the send end as delivered, with the carrier ID', async () => {
    await dials({ callbackBeforeAnswer: true });
    const item = await entryIn(await send('Loop: early'), ['delivered']);
    expect(item.providerId).toMatch(/^SM/);
  });

  test('OUT-4: an undelivered message has its code and reason', async () => {
    await dials({ deliveryFailure: { code: 30003 } });
    const item = await entryIn(await send('Loop: off'), ['undelivered']);
    expect(item).toMatchObject({
      errorCode: 30003,
      errorReason: 'The phone could not be reached. It may be off or out of range.',
    });
  });

  test('OUT-9: a message is held for its undo window and delivered after it', async () => {
    await dials({});
    const id = await send('Loop: held', { undoSeconds: 2 });
    const item = await entryIn(id, ['delivered'], 20_000);
    expect(item.history.slice(0, 3).map((each) => each.status)).toEqual(['held', 'queued', 'sending']);
    const [held, queued] = item.history.map((each) => Date.parse(each.at));
    expect((queued ?? 0) - (held ?? 0)).toBeGreaterThanOrEqual(2000);
    expect(await onHandset('Loop: held')).toBe(1);
  });

  test('OUT-9: a message that is undone in time is canceled, and never on a handset', async () => {
    const id = await send('Loop: undone', { undoSeconds: 3 });
    expect((await api.call('DELETE', `/messages/outgoing/${id}`)).status).toBe(200);
    const last = await send('Loop: after it', { undoSeconds: 4 });
    await entryIn(last, ['delivered'], 20_000);
    expect((await entryIn(id, ['canceled'])).attention).toBeNull();
    expect(await onHandset('Loop: undone')).toBe(0);
  });

  test('PRIV-1: no entry contains a number', async () => {
    const { docs } = await sharedDatabase()
      .collection('outgoingMessages')
      .where('userId', '==', ada.id)
      .get();
    expect(docs.length).toBeGreaterThan(0);
    expect(JSON.stringify(docs.map((each) => each.data()))).not.toContain(NUMBER.slice(2));
  });
});
