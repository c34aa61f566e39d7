import { beforeAll, describe, expect, test } from 'vitest';
import type { PhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { newMessageSid } from '../support/emulator.ts';
import { sharedDatabase, stack, twilioPosts } from '../support/stack.ts';
import {
  ACK,
  answered,
  newNumber,
  newPerson,
  newSender,
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

describe('IN-2: a registered person', () => {
  test.each(['Hello', '', '   \n', '👋 שלום e\u0301', 'a\u0000b', '<b>&"', 'x'.repeat(1600)])(
    'IN-2, IN-4: %j is logged whole and acknowledged',
    async (body) => {
      const { userId, from } = await newPerson();
      const sid = newMessageSid();
      expect(await text({ sid, from, body, NumSegments: '3', NewFieldOfTwilio: 'x' })).toEqual({
        status: 200,
        type: 'text/xml; charset=utf-8',
        text: answered(sid),
      });
      expect(await read(`incomingMessages/${sid}`)).toMatchObject({
        userId,
        senderHash: null,
        sender: 'Ada Test',
        body,
        status: 'registered',
        responded: true,
        responseReason: 'acknowledged',
        responseId: `r_${sid}`,
        segments: 3,
        media: [],
      });
      expect(await read(`outgoingMessages/r_${sid}`)).toMatchObject({
        kind: 'auto_reply',
        userId,
        body: ACK,
        operatorId: null,
        status: 'sending',
      });
      expect(await read(`conversations/${userId}`)).toMatchObject({
        lastText: body,
        lastDirection: 'in',
        unread: 1,
      });
    },
  );

  test('IN-4: the count and the types of media are kept', async () => {
    const { from } = await newPerson();
    const sid = newMessageSid();
    await text({
      sid,
      from,
      body: '',
      NumMedia: '2',
      MediaContentType0: 'image/jpeg',
      MediaContentType1: 'video/mp4',
    });
    expect(await read(`incomingMessages/${sid}`)).toMatchObject({
      media: [{ contentType: 'image/jpeg' }, { contentType: 'video/mp4' }],
    });
  });

  test('IN-5: one SID delivered 20 times at once is one entry, answered the same each time', async () => {
    const { userId, from } = await newPerson();
    const sid = newMessageSid();
    const answers = await Promise.all(Array.from({ length: 20 }, () => text({ sid, from, body: 'Once' })));
    expect(answers).toEqual(
      Array.from({ length: 20 }, () => ({
        status: 200,
        type: 'text/xml; charset=utf-8',
        text: answered(sid),
      })),
    );
    const entries = await db.collection('incomingMessages').where('userId', '==', userId).get();
    expect(entries.docs.map((entry) => entry.id)).toEqual([sid]);
    expect(await read(`conversations/${userId}`)).toMatchObject({ unread: 1 });
  });

  test('IN-5: a later delivery of a silent message stays silent', async () => {
    const { from } = await newPerson({ active: false });
    const sid = newMessageSid();
    expect([
      (await text({ sid, from, body: 'a' })).text,
      (await text({ sid, from, body: 'a' })).text,
    ]).toEqual([SILENCE, SILENCE]);
  });

  test('IN-6: of 22 different texts at once 20 are answered, and all 22 are logged', async () => {
    const { userId, from } = await newPerson();
    const answers = await Promise.all(
      Array.from({ length: 22 }, (_, index) => text({ from, body: `No. ${String(index)}` })),
    );
    expect(answers.filter((answer) => answer.text.includes(ACK))).toHaveLength(20);
    expect(answers.filter((answer) => answer.text === SILENCE)).toHaveLength(2);
    const entries = await db.collection('incomingMessages').where('userId', '==', userId).get();
    expect(entries.size).toBe(22);
    expect(
      entries.docs.filter(
        (entry) => entry.get('responseReason') === 'loop_guard' && entry.get('responded') === false,
      ),
    ).toHaveLength(2);
    expect(await read(`conversations/${userId}`)).toMatchObject({ unread: 22 });
  });
});

describe('IN-3: anybody else', () => {
  test('IN-3: an unknown number gets silence, and only its keyed hash is kept', async () => {
    const from = newNumber();
    const sid = newMessageSid();
    expect(await text({ sid, from, body: 'Who is this?' })).toMatchObject({ status: 200, text: SILENCE });
    const hash = vault.hash(from);
    const entry = await read(`incomingMessages/${sid}`);
    expect(entry).toMatchObject({
      userId: null,
      senderHash: hash,
      sender: `Unknown · ${hash.slice(0, 6)}`,
      status: 'unknown',
      responded: false,
    });
    expect(JSON.stringify(entry)).not.toContain(from);
  });

  test('IN-3: an inactive person gets silence and is logged', async () => {
    const { userId, from } = await newPerson({ active: false });
    const sid = newMessageSid();
    expect(await text({ sid, from, body: 'Hello' })).toMatchObject({ status: 200, text: SILENCE });
    expect(await read(`incomingMessages/${sid}`)).toMatchObject({
      userId,
      responded: false,
      responseReason: 'inactive',
    });
  });
});

describe('IN-7: consent by text', () => {
  const optedOut = async (from: string) =>
    (await read(`phoneKeys/${vault.hash(from)}`))?.['optedOut'] as unknown;

  test('IN-7: STOP opts out, START opts in, HELP changes nothing; none is answered, each is logged and consent audited', async () => {
    const { userId, from } = await newPerson();
    const sids = { stop: newMessageSid(), start: newMessageSid(), help: newMessageSid() };
    expect(await text({ sid: sids.stop, from, body: 'Stop' })).toMatchObject({ status: 200, text: SILENCE });
    expect(await optedOut(from)).toMatchObject({ source: 'keyword' });
    expect(await text({ sid: sids.start, from, body: 'START' })).toMatchObject({
      status: 200,
      text: SILENCE,
    });
    expect(await optedOut(from)).toBeNull();
    expect(await text({ sid: sids.help, from, body: 'help' })).toMatchObject({ status: 200, text: SILENCE });
    expect(await optedOut(from)).toBeNull();
    expect(await read(`incomingMessages/${sids.stop}`)).toMatchObject({
      keyword: 'stop',
      responded: false,
      responseReason: 'keyword',
    });
    expect(await read(`incomingMessages/${sids.start}`)).toMatchObject({
      keyword: 'start',
      responded: false,
    });
    expect(await read(`incomingMessages/${sids.help}`)).toMatchObject({ keyword: 'help', responded: false });
    const audit = await db.collection('auditLog').where('target.id', '==', userId).get();
    expect(audit.docs.map((entry) => String(entry.get('action'))).sort()).toEqual([
      'consent.opted_in',
      'consent.opted_out',
    ]);
  });

  test("IN-7: Twilio's verdict wins over the words", async () => {
    const { from } = await newPerson();
    await text({ from, body: 'arrêt', OptOutType: 'STOP' });
    expect(await optedOut(from)).toMatchObject({ source: 'keyword' });
  });

  test('IN-7: an unknown number that texts STOP is remembered by its hash', async () => {
    const from = newSender();
    await Promise.all([text({ from, body: 'STOP' }), text({ from, body: 'STOP' })]);
    expect(await read(`phoneKeys/${vault.hash(from)}`)).toMatchObject({
      userId: null,
      active: false,
      optedOut: { source: 'keyword' },
    });
  });

  test.each(['Please stop', 'Stop. Thank you', 'STOP 🛑', 'Stop\nSent from my iPhone', 'Alto, por favor'])(
    'IN-7: %j opts out as STOP does, and is not answered',
    async (body) => {
      const { from } = await newPerson();
      const sid = newMessageSid();
      expect((await text({ sid, from, body })).text).toBe(SILENCE);
      expect(await read(`incomingMessages/${sid}`)).toMatchObject({ keyword: 'stop', responded: false });
      expect(await optedOut(from)).toMatchObject({ source: 'keyword' });
      expect(await read(`revocations/${sid}`)).toBeUndefined();
    },
  );

  test.each(["don't stop", 'At the bus stop', 'cancel my 3pm appointment', 'yes please'])(
    'IN-7: %j is an ordinary message, neither an opt-out nor flagged',
    async (body) => {
      const { from } = await newPerson();
      const sid = newMessageSid();
      expect((await text({ sid, from, body })).text).toBe(answered(sid));
      expect(await read(`incomingMessages/${sid}`)).toMatchObject({ keyword: null, responded: true });
      expect(await optedOut(from)).toBeNull();
      expect(await read(`revocations/${sid}`)).toBeUndefined();
    },
  );

  test('IN-7: a request to stop in other words is answered and flagged', async () => {
    const { from } = await newPerson();
    const sid = newMessageSid();
    expect((await text({ sid, from, body: 'Please stop texting me' })).text).toBe(answered(sid));
    expect(await read(`incomingMessages/${sid}`)).toMatchObject({ keyword: 'revocation', responded: true });
    expect(await optedOut(from)).toBeNull();
  });
});

describe('IN-1: what is refused', () => {
  test('IN-1: a wrong or missing signature is 403, and nothing is stored', async () => {
    const { userId, from } = await newPerson();
    const sids = [newMessageSid(), newMessageSid()] as const;
    const forged = await text(
      { sid: sids[0], from, body: 'forged' },
      { signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
    );
    const missing = await text({ sid: sids[1], from, body: 'missing' }, { signature: '' });
    expect([forged.status, missing.status]).toEqual([403, 403]);
    expect(JSON.parse(forged.text)).toMatchObject({ error: 'Forbidden', errorCode: 'SIGNATURE_INVALID' });
    expect(await Promise.all(sids.map((sid) => read(`incomingMessages/${sid}`)))).toEqual([
      undefined,
      undefined,
    ]);
    expect(await read(`conversations/${userId}`)).toMatchObject({ unread: 0 });
  });

  test('IN-1: Host and X-Forwarded headers do not move the signed address', async () => {
    const { from } = await newPerson();
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    const sid = newMessageSid();
    expect(await text({ sid, from, body: 'Hello' }, { headers })).toMatchObject({
      status: 200,
      text: answered(sid),
    });
  });

  test.each([
    ['none', { From: '+12025550143', Body: 'Hello' }],
    ['an empty one', { MessageSid: '', SmsSid: ' ', From: '+12025550143', Body: 'Hello' }],
  ])(
    'IN-5: a signed form without a message ID (%s) is 400, since its repetition could not be told from it',
    async (_what, fields) => {
      const answer = await twilioPosts('/inbound', fields);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text)).toMatchObject({ errorCode: 'BAD_REQUEST', details: null });
    },
  );

  test.each([
    ['JSON', { 'content-type': 'application/json' }, '{"a"', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'a compressed form',
      { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' },
      'a=1',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a form in an unknown charset',
      { 'content-type': 'application/x-www-form-urlencoded; charset=nope' },
      'a=1',
      403,
      'SIGNATURE_INVALID',
    ],
    [
      'broken percent signs',
      { 'content-type': 'application/x-www-form-urlencoded' },
      '%=%zz&%',
      403,
      'SIGNATURE_INVALID',
    ],
    [
      '10 MB',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'x'.repeat(10_000_000),
      413,
      'BODY_TOO_LARGE',
    ],
    ['nothing', {}, '', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ] as const)(
    'IN-1: %s, unsigned, is refused in the one shape',
    async (_what, headers, body, status, errorCode) => {
      const response = await fetch(`${stack().urls.webhook}/inbound`, { method: 'POST', headers, body });
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ errorCode });
    },
  );

  test('IN-1: other paths and methods are refused in the one shape', async () => {
    const elsewhere = await fetch(`${stack().urls.webhook}/elsewhere`, { method: 'POST' });
    const get = await fetch(`${stack().urls.webhook}/inbound`);
    expect([elsewhere.status, get.status]).toEqual([404, 405]);
    expect([await elsewhere.json(), await get.json()]).toMatchObject([
      { errorCode: 'NOT_FOUND' },
      { errorCode: 'METHOD_NOT_ALLOWED' },
    ]);
  });
});
