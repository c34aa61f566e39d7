import { beforeAll, describe, expect, test } from 'vitest';
import type { PhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { newMessageSid } from '../support/emulator.ts';
import { sharedDatabase, twilioPosts } from '../support/stack.ts';
import {
  ACK,
  answered,
  newNumber,
  newPerson,
  read,
  SILENCE,
  stackVault,
  text,
} from '../support/inbound-texts.ts';

const db = sharedDatabase();
let vault: PhoneVault;

beforeAll(() => {
  vault = stackVault();
});

describe('IN-3: a message from a sender that is no phone number', () => {
  test.each([
    ['a name', 'Acme Bank', 'Acme Bank', []],
    ['a short code', '72975', '72975', []],
    ['nobody', '', 'No sender', ['sender']],
    ['an emoji', '👻', '👻', ['sender']],
    ['300 characters', 'x'.repeat(300), `${'x'.repeat(39)}…`, ['sender']],
    ['another channel', 'client:alice', 'client:alice', ['sender']],
  ])('IN-3: a message from %s is kept under that sender', async (_what, from, sender, irregularities) => {
    const sid = newMessageSid();
    expect(await text({ sid, from, body: 'Hello' })).toMatchObject({ status: 200, text: SILENCE });
    expect(await read(`incomingMessages/${sid}`)).toMatchObject({
      sender,
      senderHash: vault.hash(from),
      body: 'Hello',
      status: 'unknown',
      irregularities,
    });
  });

  test('PRIV-1: a sender with a number in it is kept by its hash alone', async () => {
    const from = `whatsapp:${newNumber()}`;
    const sid = newMessageSid();
    expect(await text({ sid, from, body: 'Hello' })).toMatchObject({ status: 200 });
    const entry = await read(`incomingMessages/${sid}`);
    expect(entry).toMatchObject({
      sender: `Unknown · ${vault.hash(from).slice(0, 6)}`,
      irregularities: ['sender'],
    });
    expect(JSON.stringify(entry)).not.toContain(from.slice(-10));
  });

  test('IN-7: STOP from nobody opts nobody out', async () => {
    const sid = newMessageSid();
    expect(await text({ sid, from: '', body: 'STOP' })).toMatchObject({ status: 200, text: SILENCE });
    expect(await read(`incomingMessages/${sid}`)).toMatchObject({ keyword: 'stop' });
    expect(await read(`phoneKeys/${vault.hash('')}`)).toBeUndefined();
  });
});

describe('IN-1: a signed message is kept, whatever its form looks like', () => {
  test('IN-5: an ID under its older name dedupes as the newer one does', async () => {
    const { userId, from } = await newPerson();
    const sid = newMessageSid();
    for (const field of ['SmsSid', 'SmsMessageSid', 'MessageSid'])
      expect(await twilioPosts('/inbound', { [field]: sid, From: from, Body: 'Once' })).toMatchObject({
        status: 200,
        text: answered(sid),
      });
    const entries = await db.collection('incomingMessages').where('userId', '==', userId).get();
    expect(entries.docs.map((entry) => entry.id)).toEqual([sid]);
  });

  test('IN-5: an ID that no document can have is kept once too', async () => {
    const { userId, from } = await newPerson();
    const odd = `SM/../${newMessageSid()}`;
    const answers = [
      await text({ sid: odd, from, body: 'Odd' }),
      await text({ sid: odd, from, body: 'Odd' }),
    ];
    expect(answers.map((answer) => [answer.status, answer.text.includes(ACK)])).toEqual([
      [200, true],
      [200, true],
    ]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
    const entries = await db.collection('incomingMessages').where('userId', '==', userId).get();
    expect(entries.docs.map((entry) => entry.get('irregularities') as unknown)).toEqual([['messageSid']]);
    expect(entries.docs[0]?.id).toMatch(/^x_[0-9a-f]{40}$/);
  });

  test('IN-4: odd counts, media and verdicts are kept as they came beside what was made of them', async () => {
    const { from } = await newPerson();
    const sid = newMessageSid();
    const odd = { NumSegments: '-1', NumMedia: 'two', MediaContentType0: 'image/png', OptOutType: 'PAUSE' };
    expect(await text({ sid, from, body: 'Hello', ...odd })).toMatchObject({
      status: 200,
      text: answered(sid),
    });
    expect(await read(`incomingMessages/${sid}`)).toMatchObject({
      segments: 1,
      media: [{ contentType: 'image/png' }],
      irregularities: ['segments', 'media', 'optOutType'],
      asReceived: { segments: '-1', media: 'two image/png', optOutType: 'PAUSE' },
    });
  });

  test('IN-4: 110,000 characters of three bytes are kept as far as a document holds them', async () => {
    const { userId, from } = await newPerson();
    const sid = newMessageSid();
    expect((await text({ sid, from, body: '字'.repeat(110_000) })).status).toBe(200);
    const entry = await read(`incomingMessages/${sid}`);
    expect(entry).toMatchObject({
      body: '字'.repeat(100_000),
      irregularities: ['body'],
      asReceived: { body: 'Cut: 110000 characters.' },
    });
    expect(await read(`conversations/${userId}`)).toMatchObject({ lastText: '字'.repeat(1_600) });
  });

  test('OUT-7: a status that nobody knows, without any address, is acknowledged', async () => {
    for (const path of ['/status', '/status?m=', '/status?m=m_never'])
      expect(await twilioPosts(path, { MessageSid: 'odd', MessageStatus: 'foo' })).toMatchObject({
        status: 200,
        text: SILENCE,
      });
  });
});
