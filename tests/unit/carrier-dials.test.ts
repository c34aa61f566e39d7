import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SENDER, sdkFor, startTestCarrier, type TestCarrier } from '../support/test-carrier.ts';

const ONE = '+12025550101';
const OTHER = '+12025550102';

let carrier: TestCarrier;

beforeEach(async () => {
  carrier = await startTestCarrier();
});

afterEach(async () => {
  await carrier.stop();
  expect(carrier.broken).toEqual([]);
});

/** Sends and tells how it went: the status, or the code of the refusal. */
async function send(to = ONE, sdk = carrier.sdk): Promise<string | number> {
  try {
    return (await sdk.messages.create({ to, from: SENDER, body: 'Hi' })).status;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error.code as string | number;
    throw error;
  }
}

async function received(number: string): Promise<number> {
  await carrier.carrier.pending.idle();
  const { json } = await carrier.call('GET', `/handsets/${number}/texts`);
  return (json as { texts: unknown[] }).texts.length;
}

describe('DX-3: refusals', () => {
  test('DX-3: refuses as many sends as the count says, and then none', async () => {
    await carrier.call('PATCH', '/dials', { failNextWith: { status: 429, count: 2 } });
    expect([await send(), await send(), await send()]).toEqual([20429, 20429, 'queued']);
    expect(await received(ONE)).toBe(1);
  });

  test('DX-3: refuses once without a count, and always with null', async () => {
    await carrier.call('PATCH', '/dials', { failNextWith: { status: 503 } });
    expect([await send(), await send()]).toEqual([20503, 'queued']);
    await carrier.call('PATCH', '/dials', { failNextWith: { status: 400, code: 30034, count: null } });
    expect([await send(), await send(), await send()]).toEqual([30034, 30034, 30034]);
    await carrier.call('PATCH', '/dials', { failNextWith: null });
    expect(await send()).toBe('queued');
  });

  test('DX-3: refuses sends to one handset only', async () => {
    await carrier.call('PATCH', '/dials', {
      handsets: { [ONE]: { failNextWith: { status: 500, count: null } } },
    });
    expect([await send(ONE), await send(OTHER)]).toEqual([20500, 'queued']);
  });

  test('DX-3: the same seed refuses the same sends', async () => {
    const strikes = async (): Promise<(string | number)[]> => {
      await carrier.call('PUT', '/dials', {
        delayMs: 0,
        seed: 42,
        failNextWith: { status: 500, count: null, chance: 0.5 },
      });
      return [await send(), await send(), await send(), await send(), await send(), await send()];
    };
    const first = await strikes();
    expect(await strikes()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([20500, 'queued']));
  });
});

describe('DX-3: broken connections', () => {
  const impatient = (): ReturnType<typeof sdkFor> => sdkFor(carrier.url, { timeout: 200 });

  test.each([
    ['timeout', 'ECONNABORTED'],
    ['reset', 'ECONNRESET'],
    ['cut', 'ERR_BAD_RESPONSE'],
  ])(
    'DX-3: a %s after the message was accepted loses the answer, but the message arrives',
    async (kind, code) => {
      await carrier.call('PATCH', '/dials', { connectionTrouble: { kind } });
      expect(await send(ONE, impatient())).toBe(code);
      expect(await received(ONE)).toBe(1);
      expect(await send(ONE)).toBe('queued');
    },
  );

  test.each([
    ['timeout', 'ECONNABORTED'],
    ['reset', 'ECONNRESET'],
    ['cut', 'ERR_BAD_RESPONSE'],
  ])('DX-3: a %s before the message was accepted loses the message', async (kind, code) => {
    await carrier.call('PATCH', '/dials', { connectionTrouble: { kind, accepted: false } });
    expect(await send(ONE, impatient())).toBe(code);
    expect(await received(ONE)).toBe(0);
  });

  test('DX-3: a broken connection does not let a message through that is refused', async () => {
    await carrier.call('PATCH', '/dials', {
      connectionTrouble: { kind: 'reset' },
      failNextWith: { status: 429 },
    });
    expect(await send()).toBe(20429);
  });
});

describe('DX-3: setting dials', () => {
  test('DX-3: PUT sets all dials, PATCH some, DELETE resets them', async () => {
    const defaults = {
      delayMs: 250,
      failNextWith: null,
      connectionTrouble: null,
      deliveryFailure: null,
      announceSending: false,
      callbackOrder: 'natural',
      callbackLateMs: 0,
      callbackCopies: 1,
      callbackBeforeAnswer: false,
      callbackLost: false,
      inboundCopies: 1,
      seed: 1,
      handsets: {},
    };
    expect((await carrier.call('PUT', '/dials', { callbackCopies: 2 })).json).toEqual({
      ...defaults,
      callbackCopies: 2,
    });
    expect((await carrier.call('PATCH', '/dials', { callbackLateMs: 5 })).json).toEqual({
      ...defaults,
      callbackCopies: 2,
      callbackLateMs: 5,
    });
    expect((await carrier.call('PUT', '/dials', { seed: 2 })).json).toEqual({ ...defaults, seed: 2 });
    expect((await carrier.call('DELETE', '/dials')).json).toEqual(defaults);
    expect((await carrier.call('GET', '/dials')).json).toEqual(defaults);
  });

  test('DX-3: a handset’s own dials win over the general ones, and changes add up', async () => {
    await carrier.call('PATCH', '/dials', { handsets: { [ONE]: { callbackCopies: 2 } } });
    await carrier.call('PATCH', '/dials', { callbackCopies: 3, handsets: { [OTHER]: { delayMs: 1 } } });
    const { dials } = carrier.carrier;
    expect(dials.for(ONE)).toMatchObject({ callbackCopies: 2, delayMs: 0 });
    expect(dials.for(OTHER)).toMatchObject({ callbackCopies: 3, delayMs: 1 });
  });

  test.each([
    ['a negative delay', { delayMs: -1 }],
    ['an unknown dial', { delay: 1 }],
    ['a status that is no failure', { failNextWith: { status: 200 } }],
    ['a code that is none of Twilio’s', { deliveryFailure: { code: 5 } }],
    ['an unknown trouble', { connectionTrouble: { kind: 'flood' } }],
    ['an unknown order', { callbackOrder: 'random' }],
    ['a chance above 1', { failNextWith: { status: 500, chance: 2 } }],
    ['a count of none', { failNextWith: { status: 500, count: 0 } }],
    ['a handset that is no number', { handsets: { '123': {} } }],
    ['a handset’s own seed', { handsets: { [ONE]: { seed: 3 } } }],
    ['no object', []],
  ])('DX-3: refuses %s as a dial and changes nothing', async (_name, body) => {
    const before = carrier.carrier.dials.all;
    for (const method of ['PUT', 'PATCH']) {
      const { status, json } = await carrier.call(method, '/dials', body);
      expect(status).toBe(400);
      expect(json).toMatchObject({ code: 20001 });
    }
    expect(carrier.carrier.dials.all).toEqual(before);
  });
});
