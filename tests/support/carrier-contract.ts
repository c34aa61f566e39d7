import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Carrier } from '../../functions/src/carrier/carrier.ts';
import { statusCallback } from '../../functions/src/carrier/callback.ts';
import { failureCategory, type CarrierStatus } from '../../functions/src/carrier/codes.ts';
import type { OutgoingText, Sender } from '../../functions/src/carrier/gateway.ts';
import type { RawRequest, Reply, SignedRequest } from '../../functions/src/carrier/webhook.ts';
import { FAILURE_CATEGORIES, type FailureCategory } from '../../functions/src/contract/consent.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import type { E164 } from '../../functions/src/platform/phone-vault.ts';

/** What the next send meets; `lost` and `taken-and-lost`: the connection breaks before the answer, and the message with it or not. */
export type Trouble = 'busy' | 'broken' | 'lost' | 'taken-and-lost';

/** What the carrier says of an incoming message, by parts; a part that is missing is not sent. */
export interface SentIn {
  id?: string;
  from?: string;
  body?: string;
  media?: readonly string[];
}

/** A carrier with its outside in the test's hand. Requests of it are made and signed as the carrier makes them. */
export interface CarrierUnderTest {
  carrier: Carrier;
  sender: Sender;
  /** A phone that the carrier refuses for good, and the sender that it refuses it to. */
  refused: { to: E164; sender: Sender };
  /** IDs of messages as the carrier makes them: one, and one that names nothing. */
  ids: { some: string; unknown: string };
  /** Its words for statuses, and what they are in Parley. */
  words: Readonly<Record<string, CarrierStatus>>;
  /** An error code of each kind that it has. */
  codes: Readonly<Partial<Record<FailureCategory, number>>>;
  /** Bodies of the messages that it took. */
  taken(): string[];
  trouble(kind: Trouble): void;
  inbound(url: string, message: SentIn): RawRequest;
  status(url: string, report: { id?: string; word: string; code?: number | string }): RawRequest;
  /** What the carrier reads in an answer. */
  replyIn(body: string): Reply | null;
  stop(): Promise<void>;
}

const WEBHOOK = 'https://parley.example.org/webhook';
const HANDSET = '+12025550143' as E164;
const OTHER_HANDSET = '+12025550144' as E164;
const hash = (text: string) => `hash-of-${String(text.length)}-characters`.padEnd(44, 'x');

/** What every carrier must do, whatever its protocol. `open` starts a new one for each test. */
export function carrierContract(name: string, open: () => Promise<CarrierUnderTest>): void {
  let world: CarrierUnderTest;
  beforeEach(async () => void (world = await open()));
  afterEach(() => world.stop());

  const send = async (change: Partial<OutgoingText> = {}) =>
    (await world.carrier.gateway()).send({
      to: HANDSET,
      body: 'Hello',
      sender: world.sender,
      statusCallback: statusCallback(WEBHOOK, 'm_1'),
      ...change,
    });
  const verify = (request: RawRequest) => world.carrier.webhook.verify(request);
  function signed(request: RawRequest): SignedRequest {
    const verdict = verify(request);
    if (verdict.kind !== 'signed') throw new Error(verdict.code);
    return verdict.request;
  }
  const hello = (change: SentIn = {}, url = `${WEBHOOK}/inbound`) =>
    world.inbound(url, { id: world.ids.some, from: HANDSET, body: 'Hello', ...change });

  describe(`${name}: sending`, () => {
    test(`OUT-3: ${name} takes a message once, and knows it by the ID that it answered`, async () => {
      const outcome = await send({ body: 'Grüße 🎉 a+b&c=d %26' });
      if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
      expect(world.taken()).toEqual(['Grüße 🎉 a+b&c=d %26']);
      const answer = await (await world.carrier.lookup()).fetch(outcome.providerId);
      if (answer.kind !== 'found') throw new Error(answer.kind);
      expect(answer.text).toMatchObject({ body: 'Grüße 🎉 a+b&c=d %26', sentBy: 'api', errorCode: null });
      expect(world.carrier.codes.status(answer.text.status)).not.toBeNull();
    });

    test(`OUT-6: ${name} refuses for good, with a code and a reason that does not hold the number`, async () => {
      const outcome = await send(world.refused);
      if (outcome.kind !== 'refused') throw new Error(outcome.kind);
      expect(world.carrier.codes.known).toContain(outcome.errorCode);
      expect(outcome.reason).toBe(world.carrier.codes.error(outcome.errorCode).reason);
      expect(outcome.reason).not.toMatch(/\d{7}/);
      expect(world.taken()).toEqual([]);
    });

    test.each(['busy', 'broken'] as const)(
      `OUT-6: while ${name} is %s it takes nothing, and the message may be sent again`,
      async (trouble) => {
        world.trouble(trouble);
        expect(await send()).toMatchObject({ kind: 'retry' });
        expect(world.taken()).toEqual([]);
        expect(await send()).toMatchObject({ kind: 'accepted' });
        expect(world.taken()).toEqual(['Hello']);
      },
    );

    test.each([
      ['lost', []],
      ['taken-and-lost', ['Hello']],
    ] as const)(`OUT-6: when an answer of ${name} is %s, the outcome is unknown`, async (trouble, taken) => {
      world.trouble(trouble);
      expect(await send()).toMatchObject({ kind: 'unknown' });
      expect(world.taken()).toEqual(taken);
    });

    test(`OUT-6: while ${name} cannot be reached, nothing is sent, and no message is taken for absent`, async () => {
      const [gateway, lookup, inquiry] = await Promise.all([
        world.carrier.gateway(),
        world.carrier.lookup(),
        world.carrier.inquiry(),
      ]);
      await world.stop();
      const text = { to: HANDSET, body: 'Hello', sender: world.sender, statusCallback: WEBHOOK };
      expect(await gateway.send(text)).toMatchObject({ kind: 'retry', errorCode: null });
      expect(await lookup.fetch(world.ids.unknown)).toEqual({ kind: 'unavailable' });
      expect(await lookup.find({ to: HANDSET, since: new Date(0) })).toEqual({ kind: 'unavailable' });
      expect(await inquiry.account()).toEqual({ kind: 'unreachable' });
    });
  });

  describe(`${name}: what it has`, () => {
    test(`OUT-6: ${name} lists the messages to one phone since a time, and says that the list is whole`, async () => {
      await send({ body: 'One' });
      await send({ body: 'For somebody else', to: OTHER_HANDSET });
      const lookup = await world.carrier.lookup();
      const found = await lookup.find({ to: HANDSET, since: new Date(0) });
      if (found.kind !== 'listed') throw new Error(found.kind);
      expect([found.complete, found.texts.map(({ body }) => body)]).toEqual([true, ['One']]);
      expect(await lookup.find({ to: HANDSET, since: new Date(Date.now() + 3_600_000) })).toEqual({
        kind: 'listed',
        texts: [],
        complete: true,
      });
    });

    test(`OUT-6: ${name} says when it does not have a message`, async () => {
      expect(await (await world.carrier.lookup()).fetch(world.ids.unknown)).toEqual({ kind: 'absent' });
    });

    test(`OPS-2: ${name} says how its account and its sender are set up`, async () => {
      const inquiry = await world.carrier.inquiry();
      expect(await inquiry.account()).toMatchObject({ kind: 'answered', value: { status: 'active' } });
      const sender = await inquiry.sender(world.sender);
      if (sender.kind !== 'answered' || sender.value === null) throw new Error('Not found.');
      expect(sender.value.numbers.map(({ sms }) => sms)).toEqual([true]);
    });
  });

  describe(`${name}: who calls`, () => {
    test(`IN-1: a request that ${name} signed can be read`, () => {
      expect(verify(hello()).kind).toBe('signed');
      expect(verify(hello({}, `${WEBHOOK}/inbound?x=1`)).kind).toBe('signed');
    });

    test.each<[string, (request: RawRequest) => Partial<RawRequest>]>([
      ['without a signature', () => ({ header: () => undefined })],
      ['with an empty signature', () => ({ header: () => '' })],
      ['with a signature that is cut', ({ header }) => ({ header: (of) => header(of)?.slice(0, -1) })],
      ['with a changed signature', ({ header }) => ({ header: (of) => changed(header(of)) })],
      ['with other words', ({ rawBody }) => ({ rawBody: replaced(rawBody, 'Hello', 'Jello') })],
      ['without a body', () => ({ rawBody: Buffer.alloc(0) })],
      ['sent again to another path', () => ({ url: `${WEBHOOK}/status` })],
      ['sent again with another query', ({ url }) => ({ url: `${url}?m=m_2`, search: '?m=m_2' })],
      ['sent again to another host', () => ({ url: 'https://parley.example.com/webhook/inbound' })],
    ])(`IN-1: a request of ${name} %s is refused`, (_what, change) => {
      const request = hello();
      expect(verify({ ...request, ...change(request) })).toMatchObject({
        kind: 'refused',
        code: 'SIGNATURE_INVALID',
      });
    });
  });

  describe(`${name}: incoming messages`, () => {
    test(`IN-4: an incoming message of ${name} is read, and has the same ID when it comes again`, () => {
      const message = signed(hello({ body: 'Grüße 🎉 a+b&c=d', media: ['image/png'] })).inbound(hash);
      expect(message).toMatchObject({
        sid: world.ids.some,
        from: HANDSET,
        body: 'Grüße 🎉 a+b&c=d',
        media: [{ contentType: 'image/png' }],
      });
      expect(Object.keys(message.irregular ?? {})).toEqual([]);
      expect(signed(hello()).inbound(hash).sid).toBe(world.ids.some);
    });

    test.each<[string, SentIn, string]>([
      ['a sender that is none', { from: '?' }, 'sender'],
      ['an empty sender', { from: '' }, 'sender'],
      ['an ID that no document can have', { id: 'a/b' }, 'messageSid'],
      ['an ID that may be a phone number', { id: '12025550143' }, 'messageSid'],
      ['media of no type', { media: ['?'] }, 'media'],
    ])(`IN-3: a message of ${name} with %s is kept, and the part is named`, (_what, part, irregular) => {
      const message = signed(hello(part)).inbound(hash);
      expect(Object.keys(message.irregular ?? {})).toEqual([irregular]);
      expect(message.sid).toMatch(/^[A-Za-z0-9][\w-]{0,63}$/);
      expect(message.sid).not.toContain('2025550143');
      expect(message.body).toBe('Hello');
    });

    test(`IN-3: a message of ${name} without words or sender is kept`, () => {
      const message = signed(world.inbound(`${WEBHOOK}/inbound`, { id: world.ids.some })).inbound(hash);
      expect(message).toMatchObject({ sid: world.ids.some, from: '', body: '', media: [] });
    });

    test(`IN-5: a message of ${name} without an ID is refused, since it could not be told from its repetition`, () => {
      const read = () => signed(world.inbound(`${WEBHOOK}/inbound`, { from: HANDSET })).inbound(hash);
      expect(read).toThrow(AppError);
    });

    test(`IN-2: ${name} reads the reply, and where its delivery is reported to, in the answer`, () => {
      const { webhook } = world.carrier;
      const reply = { text: 'Grüße <&> "🎉"', statusCallback: statusCallback(WEBHOOK, 'r_1') };
      expect(world.replyIn(webhook.answer(reply).body)).toEqual(reply);
      expect(world.replyIn(webhook.answer(null).body)).toBeNull();
    });
  });

  describe(`${name}: reports and codes`, () => {
    const report = (word: string, code?: number | string) => {
      const url = statusCallback(WEBHOOK, 'm_1');
      const sent = { id: world.ids.some, word, ...(code === undefined ? {} : { code }) };
      return signed(world.status(url, sent)).status(hash);
    };

    test(`OUT-7: each status of ${name} is one of Parley's, in any case`, () => {
      const { codes } = world.carrier;
      for (const [word, status] of Object.entries(world.words)) {
        const read = report(word);
        expect(read, word).toMatchObject({ messageId: 'm_1', sid: world.ids.some, errorCode: null });
        expect(codes.status(read.status), word).toBe(status);
        expect(codes.status(word.toUpperCase()), word).toBe(codes.status(word.toLowerCase()));
      }
      expect(Object.values(world.words)).toEqual(
        expect.arrayContaining(['accepted', 'sent', 'delivered', 'undelivered', 'failed']),
      );
    });

    test.each(['', 'sideways', 'toString', '__proto__'])(
      `OUT-7: a status of ${name} that is not known, such as %j, is not guessed`,
      (word) => {
        expect(world.carrier.codes.status(word)).toBeNull();
        expect(report(word).status).toBe(word);
      },
    );

    test(`OUT-4: an error code of ${name} that cannot be read is kept apart`, () => {
      const [code] = world.carrier.codes.known;
      expect(report('x', code)).toMatchObject({ errorCode: code, oddErrorCode: null });
      expect(report('x', 'E-1')).toMatchObject({ errorCode: null, oddErrorCode: 'E-1' });
    });

    test(`OUT-4: each error code of ${name} has a reason in words, and an unknown one has one too`, () => {
      const { codes } = world.carrier;
      for (const code of codes.known) {
        expect(codes.error(code).reason, String(code)).toMatch(/^[A-Z].*\.$/);
        expect(codes.error(code).reason).not.toContain(String(code));
        expect(FAILURE_CATEGORIES).toContain(codes.category(code));
      }
      for (const code of [null, 99_998])
        expect(codes.error(code)).toMatchObject({ category: 'provider', retryable: false });
      expect(codes.category(99_998)).toBe('permanent');
    });

    test(`SUPP-2: error codes of ${name} suppress, opt out, or pass, and an admin can set them otherwise`, () => {
      const { codes } = world.carrier;
      for (const [category, code] of Object.entries(world.codes)) {
        expect(failureCategory(codes, code, {}), String(code)).toBe(category);
        expect(failureCategory(codes, code, { [code]: 'transient' })).toBe('transient');
      }
      expect(Object.keys(world.codes).toSorted()).toEqual(FAILURE_CATEGORIES.toSorted());
    });
  });
}

/** The same but for its first character. */
function changed(text: string | undefined): string | undefined {
  return text === undefined ? text : (text.startsWith('a') ? 'b' : 'a') + text.slice(1);
}

function replaced(body: Buffer, from: string, to: string): Buffer {
  const text = body.toString('utf8');
  if (!text.includes(from)) throw new Error(`There is no ${from} in the request.`);
  return Buffer.from(text.replace(from, to));
}
