import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeKey, parseKeyRing } from '../../functions/src/platform/key-ring.ts';
import { createPhoneVault, type PhoneVault } from '../../functions/src/platform/phone-vault.ts';
import {
  newMessageSid,
  sharedDatabase,
  stack,
  twilioPosts,
  type WebhookAnswer,
} from '../support/emulator.ts';

const ACK = 'Your number is recognized. Message received.';
const SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response/>';
const db = sharedDatabase();
let vault: PhoneVault;

beforeAll(() => {
  const { PHONE_KEYS, PHONE_HASH_KEY } = stack().settings;
  vault = createPhoneVault(
    () => parseKeyRing('PHONE_KEYS', PHONE_KEYS),
    () => decodeKey('PHONE_HASH_KEY', PHONE_HASH_KEY),
  );
});

/** A sender that no other test has: Twilio also delivers texts from names, which need not be real numbers. */
function newSender(): string {
  return `T${randomBytes(5).toString('hex')}`;
}

/** A person with a number of their own, put straight into the store. */
async function newPerson(change: { active?: boolean } = {}): Promise<{ userId: string; from: string }> {
  const userId = randomBytes(8).toString('hex');
  const from = newSender();
  const key = { userId, active: change.active ?? true, optedOut: null, suppressed: null };
  const conversation = {
    label: 'Ada Test',
    lastText: '',
    lastAt: null,
    lastDirection: null,
    unread: 0,
    autoReplies: [],
    state: 'open',
  };
  await Promise.all([
    db.doc(`phoneKeys/${vault.hash(from)}`).set(key),
    db.doc(`conversations/${userId}`).set(conversation),
  ]);
  return { userId, from };
}

interface Text {
  sid?: string;
  from: string;
  body: string;
  [field: string]: string | undefined;
}

function text(
  { sid = newMessageSid(), from, body, ...more }: Text,
  change?: Parameters<typeof twilioPosts>[2],
): Promise<WebhookAnswer> {
  const extra = Object.fromEntries(
    Object.entries(more).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return twilioPosts(
    '/inbound',
    { MessageSid: sid, From: from, Body: body, NumMedia: '0', ...extra },
    change,
  );
}

const read = async (path: string) => (await db.doc(path).get()).data();
const answered = (sid: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Response><Message statusCallback="${stack().settings.WEBHOOK_URL}/status?m=r_${sid}">${ACK}</Message></Response>`;

describe('a registered person', () => {
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

describe('anybody else', () => {
  test('IN-3: an unknown number gets silence, and only its keyed hash is kept', async () => {
    const from = newSender();
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

describe('consent by text', () => {
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

  test('IN-7: a revocation in free words is answered and flagged', async () => {
    const { from } = await newPerson();
    const sid = newMessageSid();
    expect((await text({ sid, from, body: 'Please stop texting me' })).text).toBe(answered(sid));
    expect(await read(`incomingMessages/${sid}`)).toMatchObject({ keyword: 'revocation', responded: true });
    expect(await optedOut(from)).toBeNull();
  });
});

describe('what is refused', () => {
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
    ['no SID', { MessageSid: '', From: '+12025550143', Body: '' }],
    [
      'a SID of another kind',
      { MessageSid: 'CA00000000000000000000000000000001', From: '+12025550143', Body: '' },
    ],
    ['a SID with a path', { MessageSid: 'SM/../../users/x', From: '+12025550143', Body: '' }],
    ['no sender', { MessageSid: newMessageSid(), From: '', Body: '' }],
    ['a sender of 65 characters', { MessageSid: newMessageSid(), From: '1'.repeat(65), Body: '' }],
    [
      'a body of 10,001 characters',
      { MessageSid: newMessageSid(), From: '+12025550143', Body: 'x'.repeat(10_001) },
    ],
  ])('a signed form with %s is 400 in the one shape', async (_what, fields) => {
    const answer = await twilioPosts('/inbound', fields);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ errorCode: 'BAD_REQUEST', details: null });
  });

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
  ] as const)('%s is refused in the one shape', async (_what, headers, body, status, errorCode) => {
    const response = await fetch(`${stack().urls.webhook}/inbound`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errorCode });
  });

  test('other paths and methods are refused in the one shape', async () => {
    const elsewhere = await fetch(`${stack().urls.webhook}/elsewhere`, { method: 'POST' });
    const get = await fetch(`${stack().urls.webhook}/inbound`);
    expect([elsewhere.status, get.status]).toEqual([404, 405]);
    expect([await elsewhere.json(), await get.json()]).toMatchObject([
      { errorCode: 'NOT_FOUND' },
      { errorCode: 'METHOD_NOT_ALLOWED' },
    ]);
  });
});
