import { describe, expect, test } from 'vitest';
import { ConfigProblems } from '../../functions/src/platform/config-problems.ts';
import { environmentSettings, parseConfig } from '../../functions/src/platform/config.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';

const LIVE = {
  SMS_MODE: 'live',
  TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000002',
  TWILIO_AUTH_TOKEN: '0123456789abcdef0123456789abcdef',
  TWILIO_FROM_NUMBER: '+12025550100',
  TWILIO_API_URL: 'https://api.twilio.com',
  WEBHOOK_URL: 'https://webhook.example.com',
  DEFAULT_COUNTRY: 'US',
  ACK_TEXT: 'Thanks.',
  AUTO_REPLIES_PER_HOUR: '20',
  PHONE_KEYS: 'a:kJ8mGcVZ7kS0Yx1uQmWnT5fLrD3bHqA9oPzEiR2sUvw=',
  PHONE_HASH_KEY: 'Wk3vR9tLxQ0bN6yHc2Jm8dFsZa5gPuTeXo1iCqVrBn4=',
  SESSION_KEYS: 's:qT7nE1zKpYh4vMxG0cWbR8sLdJ5fUa2oXi9mQyZrHt0=',
  AUDIT_KEY: 'h2Qw9Zr4Lk7Xn0Vb3Tm6Yc1Fd8Gs5Jp2Ua4Re7Io9Wq=',
};
const DEPLOYED = { projectId: 'parley', emulator: false };
const EMULATOR = { projectId: 'demo-parley', emulator: true };

/** What is wrong with settings, and with the secrets that go with them. */
function problemsIn(change: Partial<Record<keyof typeof LIVE | 'CONSOLE_HOSTS', string>>, place = DEPLOYED) {
  try {
    parseConfig(environmentSettings({ ...LIVE, ...change }), place).secrets.refuseWeak();
    return [];
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
}

const API = 'TWILIO_API_URL is an https address.';
const WEBHOOK = 'WEBHOOK_URL is an https address.';

describe('OPS-1: addresses that a deployed Parley refuses to run with', () => {
  test('OPS-1: good settings have no problem', () => {
    expect(problemsIn({})).toEqual([]);
  });

  test.each([
    'http://api.twilio.com',
    'HTTP://API.TWILIO.COM',
    ' http://api.twilio.com',
    'ftp://api.twilio.com',
    'api.twilio.com',
    '//api.twilio.com',
    'https://user:secret@api.twilio.com',
    'https://127.0.0.1:5010',
    'https://localhost',
    'https://[::1]:5010',
    'javascript:alert(1)',
    '',
  ])('OPS-1: TWILIO_API_URL %j', (address) => {
    expect(problemsIn({ TWILIO_API_URL: address })).toEqual([API]);
    expect(problemsIn({ TWILIO_API_URL: address, SMS_MODE: 'disabled' })).toEqual([API]);
  });

  test.each([
    'http://webhook.example.com',
    'HTTP://webhook.example.com',
    'webhook.example.com',
    'https://localhost',
  ])('OPS-1: WEBHOOK_URL %j', (address) => {
    expect(problemsIn({ WEBHOOK_URL: address })).toEqual([WEBHOOK]);
    expect(problemsIn({ WEBHOOK_URL: address, SMS_MODE: 'disabled' })).toEqual([WEBHOOK]);
  });

  test('OPS-1: a live Parley needs a webhook address, a disabled one does not', () => {
    expect(problemsIn({ WEBHOOK_URL: '' })).toEqual([WEBHOOK]);
    expect(problemsIn({ WEBHOOK_URL: '', SMS_MODE: 'disabled' })).toEqual([]);
  });

  test('OPS-1: on the emulators http leads to this machine only', () => {
    const local = { ...LOCAL_DEFAULTS };
    expect(problemsIn(local, EMULATOR)).toEqual([]);
    expect(problemsIn({ ...local, TWILIO_API_URL: 'http://carrier.example.com' }, EMULATOR)).toEqual([API]);
    expect(problemsIn({ ...local, WEBHOOK_URL: 'http://webhook.example.com' }, EMULATOR)).toEqual([WEBHOOK]);
  });
});

describe('OPS-1: secrets that a deployed function refuses to run with', () => {
  const zeros = Buffer.alloc(32).toString('base64');
  test.each([
    [{ PHONE_HASH_KEY: zeros }, 'PHONE_HASH_KEY repeats the same few bytes.'],
    [{ AUDIT_KEY: zeros }, 'AUDIT_KEY repeats the same few bytes.'],
    [{ SESSION_KEYS: `${LIVE.SESSION_KEYS},old:${zeros}` }, 'SESSION_KEYS (old) repeats the same few bytes.'],
    [{ AUDIT_KEY: LIVE.PHONE_HASH_KEY }, 'AUDIT_KEY is the same key as PHONE_HASH_KEY.'],
    [{ SESSION_KEYS: `s:${LIVE.AUDIT_KEY}` }, 'AUDIT_KEY is the same key as SESSION_KEYS (s).'],
    [{ PHONE_KEYS: `a:${LIVE.PHONE_HASH_KEY}` }, 'PHONE_HASH_KEY is the same key as PHONE_KEYS (a).'],
    [
      { TWILIO_AUTH_TOKEN: '0'.repeat(32) },
      'The secret TWILIO_AUTH_TOKEN is too short or too uniform to be one.',
    ],
    [{ TWILIO_AUTH_TOKEN: 'token' }, 'The secret TWILIO_AUTH_TOKEN is too short or too uniform to be one.'],
    [
      { TWILIO_AUTH_TOKEN: LOCAL_DEFAULTS.TWILIO_AUTH_TOKEN },
      'The secret TWILIO_AUTH_TOKEN is the local default.',
    ],
  ])('OPS-1: %j', (change, problem) => {
    expect(problemsIn(change)).toEqual([problem]);
  });

  test('OPS-1: a function that has not all of the keys judges those that it has', () => {
    const webhook = { PHONE_KEYS: '', SESSION_KEYS: '', AUDIT_KEY: '' };
    expect(problemsIn(webhook)).toEqual([]);
    expect(problemsIn({ ...webhook, PHONE_HASH_KEY: zeros })).toEqual([
      'PHONE_HASH_KEY repeats the same few bytes.',
    ]);
    const { secrets } = parseConfig(
      environmentSettings({ ...LIVE, ...webhook, PHONE_HASH_KEY: zeros }),
      DEPLOYED,
    );
    expect(() => secrets.phoneHashKey()).toThrow(ConfigProblems);
    expect(() => secrets.auditKey()).toThrow(ConfigProblems);
  });

  test('OPS-1: on the emulators the local defaults are good enough', () => {
    expect(problemsIn({ ...LOCAL_DEFAULTS, AUDIT_KEY: zeros, PHONE_HASH_KEY: zeros }, EMULATOR)).toEqual([]);
  });
});

describe('OP-5: hosts of the console', () => {
  const hosts = (text: string) =>
    parseConfig(environmentSettings({ ...LIVE, CONSOLE_HOSTS: text }), DEPLOYED).consoleHosts;

  test('OP-5: are listed with commas, or any', () => {
    expect(hosts('')).toEqual([]);
    expect(hosts('sms.example.com, Console.Example.org')).toEqual(['sms.example.com', 'console.example.org']);
    expect(hosts('*')).toBe('any');
  });

  test.each(['https://sms.example.com', 'sms.example.com/', 'sms', '*.example.com', 'a b.example.com'])(
    'OP-5: %j is refused',
    (text) => {
      expect(problemsIn({ CONSOLE_HOSTS: text })).toEqual([
        'CONSOLE_HOSTS is host names with commas between them, or * for any.',
      ]);
    },
  );
});
