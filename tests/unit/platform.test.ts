import { describe, expect, test } from 'vitest';
import { ConfigProblems } from '../../functions/src/platform/config-problems.ts';
import { environmentSettings, parseConfig } from '../../functions/src/platform/config.ts';
import { AppError, errorBody } from '../../functions/src/platform/errors.ts';
import { parseKeyRing } from '../../functions/src/platform/key-ring.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { createPhoneVault, type E164 } from '../../functions/src/platform/phone-vault.ts';

const NUMBER = '+12025550143' as E164;
const KEY_A = Buffer.alloc(32, 1).toString('base64');
const KEY_B = Buffer.alloc(32, 2).toString('base64');
const ring = (text: string) => () => parseKeyRing('PHONE_KEYS', text);
const hashKey = () => Buffer.alloc(32, 3);
const EMULATOR = { projectId: 'demo-parley', emulator: true };
const DEPLOYED = { projectId: 'parley', emulator: false };

describe('PRIV-1: the phone vault', () => {
  const vault = createPhoneVault(ring(`a:${KEY_A}`), hashKey);

  test('PRIV-1: opens what it sealed, and seals the same number differently each time', () => {
    const sealed = [vault.encrypt('u1', NUMBER), vault.encrypt('u1', NUMBER)];
    expect(sealed.map((each) => vault.decrypt('u1', each))).toEqual(['+12025550143', '+12025550143']);
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed[0]).toMatch(/^a\.[\w-]{16}\.[\w-]{22}\.[\w-]{16}$/);
  });

  test('PRIV-1: refuses a number that was moved to another person', () => {
    expect(() => vault.decrypt('u2', vault.encrypt('u1', NUMBER))).toThrow();
  });

  test('PRIV-1: refuses every change of a single character', () => {
    const sealed = vault.encrypt('u1', NUMBER);
    const bodies = [...sealed].map(
      (letter, index) => sealed.slice(0, index) + (letter === 'A' ? 'Q' : 'A') + sealed.slice(index + 1),
    );
    const opened = bodies.filter((each) => {
      try {
        // The last character of a base64url part may carry unused bits: the same bytes are the same number.
        return vault.decrypt('u1', each) !== NUMBER;
      } catch {
        return false;
      }
    });
    expect(opened).toEqual([]);
  });

  test('PRIV-4: an old key still opens, the newest one seals', () => {
    const old = vault.encrypt('u1', NUMBER);
    const rotated = createPhoneVault(ring(`b:${KEY_B},a:${KEY_A}`), hashKey);
    expect(rotated.decrypt('u1', old)).toBe('+12025550143');
    expect(rotated.encrypt('u1', NUMBER).startsWith('b.')).toBe(true);
    expect(() => createPhoneVault(ring(`b:${KEY_B}`), hashKey).decrypt('u1', old)).toThrow(
      'not in PHONE_KEYS',
    );
  });

  test('PRIV-2: the hash is keyed', () => {
    expect(vault.hash(NUMBER)).toBe('4996e45fb76ca791f191855faf006c81765d695b018eea15e67fdacdadf47160');
    expect(createPhoneVault(ring(`a:${KEY_A}`), () => Buffer.alloc(32, 4)).hash(NUMBER)).not.toBe(
      vault.hash(NUMBER),
    );
  });
});

describe('key rings', () => {
  test.each([
    ['', 'is empty'],
    ['nokey', 'is not written as id:base64'],
    ['a:c2hvcnQ=', 'needs 32 bytes in base64'],
    [`a:${KEY_A},a:${KEY_B}`, 'names a key twice'],
  ])('PRIV-4: %j is refused without its value in the error', (text, problem) => {
    const failure = (() => {
      try {
        return parseKeyRing('SESSION_KEYS', text);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(AppError);
    expect((failure as AppError).cause).toEqual(new Error(`The setting SESSION_KEYS ${problem}.`));
  });
});

describe('OPS-1: settings', () => {
  test('OPS-1: the local defaults are a simulation in the emulator', () => {
    const config = parseConfig(environmentSettings(LOCAL_DEFAULTS), EMULATOR);
    expect(config).toMatchObject({
      smsMode: 'simulation',
      sender: { kind: 'number', value: '+15005550006' },
      autoRepliesPerHour: 20,
    });
  });

  test('OPS-1: the local defaults are refused outside the emulator', () => {
    expect(() => parseConfig(environmentSettings(LOCAL_DEFAULTS), DEPLOYED)).toThrow(ConfigProblems);
    const live = {
      ...LOCAL_DEFAULTS,
      SMS_MODE: 'live',
      TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
      TWILIO_API_URL: 'https://api.twilio.com',
      WEBHOOK_URL: 'https://x.example/webhook',
    };
    const config = parseConfig(environmentSettings(live), DEPLOYED);
    expect(() => config.secrets.auditKey()).toThrow(ConfigProblems);
    expect(() => config.secrets.refuseWeak()).toThrow(ConfigProblems);
    expect(() => config.secrets.twilioAuthToken()).toThrow(ConfigProblems);
    expect(() => config.secrets.phoneKeys()).toThrow(ConfigProblems);
    expect(() => config.secrets.phoneHashKey()).toThrow(ConfigProblems);
    expect(() => config.secrets.sessionKeys()).toThrow(ConfigProblems);
  });

  test('OPS-1: disabled mode needs no credentials', () => {
    const none = {
      SMS_MODE: 'disabled',
      DEFAULT_COUNTRY: 'US',
      ACK_TEXT: 'ok',
      AUTO_REPLIES_PER_HOUR: '20',
      TWILIO_API_URL: 'https://api.twilio.com',
    };
    expect(parseConfig(environmentSettings(none), DEPLOYED)).toMatchObject({
      smsMode: 'disabled',
      sender: null,
    });
  });

  test('IN-7: stop words of other languages are a list with commas', () => {
    const settings = { ...LOCAL_DEFAULTS, EXTRA_STOP_WORDS: ' arrêt, стоп,dar de baja, ' };
    expect(parseConfig(environmentSettings(settings), EMULATOR).extraStopWords).toEqual([
      'arrêt',
      'стоп',
      'dar de baja',
    ]);
  });

  test('IN-1: the fragment and a last slash are cut off the webhook address', () => {
    const settings = { ...LOCAL_DEFAULTS, WEBHOOK_URL: 'http://127.0.0.1:5001/webhook/#rc=5&rp=all' };
    expect(parseConfig(environmentSettings(settings), EMULATOR).webhookUrl).toBe(
      'http://127.0.0.1:5001/webhook',
    );
  });

  test('OPS-1: every problem is reported at once', () => {
    const bad = {
      ...LOCAL_DEFAULTS,
      SMS_MODE: 'maybe',
      DEFAULT_COUNTRY: 'usa',
      AUTO_REPLIES_PER_HOUR: '1e9',
      EXTRA_STOP_WORDS: 'arrêt,YES,x',
      TWILIO_FROM_NUMBER: '555',
    };
    const failure = (() => {
      try {
        return parseConfig(environmentSettings(bad), EMULATOR);
      } catch (error) {
        return error;
      }
    })();
    expect((failure as ConfigProblems).problems).toEqual([
      'SMS_MODE is disabled, simulation or live.',
      'DEFAULT_COUNTRY is two capital letters, such as US.',
      'AUTO_REPLIES_PER_HOUR is 0 to 100.',
      'EXTRA_STOP_WORDS are words of 2 to 30 letters with commas between them.',
      'EXTRA_STOP_WORDS holds a word that opts in or asks for help.',
      'TWILIO_FROM_NUMBER is in E.164 form.',
    ]);
  });
});

describe('ACC-5: the one error shape', () => {
  const now = new Date('2026-03-01T12:00:00.000Z');

  test('ACC-5: a known error is answered with its code and message', () => {
    expect(errorBody(new AppError('PERSON_OPTED_OUT'), 'r1', now)).toEqual({
      status: 409,
      body: {
        error: 'Conflict',
        errorCode: 'PERSON_OPTED_OUT',
        message: 'This person has opted out and cannot be texted.',
        details: null,
        timestamp: '2026-03-01T12:00:00.000Z',
        requestId: 'r1',
      },
    });
  });

  test('ACC-5: the message of an unknown error is never answered', () => {
    const { status, body } = errorBody(new Error('secret +12025550143'), 'r1', now);
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('secret');
  });
});
