import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { configCheck, usableConfig } from '../../functions/cli/lib/doctor/config-check.ts';
import { gatherChecks } from '../../functions/cli/lib/doctor/gather-checks.ts';
import { deployedTarget } from '../../functions/cli/lib/doctor/target.ts';
import { keyProblems, weaknessOf } from '../../functions/src/platform/key-strength.ts';
import {
  API_KEYS,
  authTokenCheck,
  modeCheck,
  secretsCheck,
} from '../../functions/src/health/settings-checks.ts';
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
};
const DEPLOYED = { projectId: 'parley', emulator: false };
const EMULATOR = { projectId: 'demo-parley', emulator: true };
const deployed = (change: Partial<typeof LIVE> = {}) =>
  parseConfig(environmentSettings({ ...LIVE, ...change }), DEPLOYED);

describe('OPS-2: the strength of a key', () => {
  test.each([
    ['all bytes equal', Buffer.alloc(32, 7), 'repeats the same few bytes'],
    ['a pattern', Buffer.from('abababababababababababababababab'), 'repeats the same few bytes'],
    ['a typed sentence', Buffer.from('the quick brown fox jumps over 1'), 'is typed text, not random bytes'],
    [
      'typed text with accents',
      Buffer.from('clé très secrète, à ne pas di'),
      'is typed text, not random bytes',
    ],
    [
      'typed text with a few zeros behind it',
      Buffer.concat([Buffer.from('correct horse battery staple!'), Buffer.from([0, 1, 255])]),
      'is typed text, not random bytes',
    ],
    ['all zeros', Buffer.alloc(32), 'repeats the same few bytes'],
    ['counting up', Buffer.from(Array.from({ length: 32 }, (_, n) => 200 + n)), 'follows a pattern'],
    ['counting down', Buffer.from(Array.from({ length: 32 }, (_, n) => 180 - n)), 'follows a pattern'],
    ['steps of seven', Buffer.from(Array.from({ length: 32 }, (_, n) => 150 + 7 * n)), 'follows a pattern'],
    [
      'sixteen bytes twice',
      Buffer.concat([1, 2].map(() => Buffer.from('93f1c07ab24ee86d15d90b5fa83c7210', 'hex'))),
      'follows a pattern',
    ],
    [
      'random bytes and then counting',
      Buffer.concat([
        Buffer.from('93f1c07ab24ee86d15d90b5fa83c7210', 'hex'),
        Buffer.from(Array.from({ length: 16 }, (_, n) => 240 - n)),
      ]),
      'follows a pattern',
    ],
    ['random bytes', Buffer.from('kJ8mGcVZ7kS0Yx1uQmWnT5fLrD3bHqA9oPzEiR2sUvw=', 'base64'), null],
  ])('%s', (_name, bytes, weakness) => {
    expect(weaknessOf(bytes)).toBe(weakness);
  });

  test('OPS-2: one key under two names is a problem', () => {
    const bytes = Buffer.from('kJ8mGcVZ7kS0Yx1uQmWnT5fLrD3bHqA9oPzEiR2sUvw=', 'base64');
    expect(
      keyProblems([
        { name: 'PHONE_KEYS (a)', bytes },
        { name: 'PHONE_HASH_KEY', bytes },
      ]),
    ).toEqual(['PHONE_HASH_KEY is the same key as PHONE_KEYS (a).']);
  });
});

describe('OPS-2: secrets', () => {
  test('OPS-2: random and different keys pass', async () => {
    expect(await secretsCheck(deployed()).run()).toEqual({
      level: 'ok',
      detail: '3 keys, all random and different.',
      mend: null,
    });
  });

  test.each([
    ['missing', { PHONE_HASH_KEY: '' }, 'The secret PHONE_HASH_KEY is not set.'],
    [
      'a local default',
      { PHONE_KEYS: LOCAL_DEFAULTS.PHONE_KEYS },
      'The secret PHONE_KEYS is the local default.',
    ],
    ['too short', { SESSION_KEYS: 's:c2hvcnQ=' }, 'The setting SESSION_KEYS needs 32 bytes in base64.'],
    ['no ring', { PHONE_KEYS: 'c2hvcnQ=' }, 'The setting PHONE_KEYS is not written as id:base64.'],
    [
      'doubled',
      { PHONE_KEYS: `${LIVE.PHONE_KEYS},${LIVE.PHONE_KEYS}` },
      'The setting PHONE_KEYS names a key twice.',
    ],
    [
      'weak',
      { PHONE_HASH_KEY: Buffer.alloc(32, 1).toString('base64') },
      'PHONE_HASH_KEY repeats the same few bytes.',
    ],
    [
      'shared',
      { PHONE_HASH_KEY: LIVE.PHONE_KEYS.slice(2) },
      'PHONE_HASH_KEY is the same key as PHONE_KEYS (a).',
    ],
  ])('%s', async (_name, change, detail) => {
    const verdict = await secretsCheck(deployed(change)).run();
    expect(verdict).toMatchObject({ level: 'error', detail });
    expect(JSON.stringify(verdict)).not.toContain(LIVE.PHONE_KEYS.slice(2));
  });

  test('OPS-2: every problem is reported, not only the first', async () => {
    const verdict = await secretsCheck(deployed({ PHONE_KEYS: '', SESSION_KEYS: '' })).run();
    expect(verdict.detail).toBe('The secret PHONE_KEYS is not set. The secret SESSION_KEYS is not set.');
  });

  test('OPS-2: the local defaults pass on the emulators', async () => {
    const config = parseConfig(environmentSettings(LOCAL_DEFAULTS), EMULATOR);
    expect(await secretsCheck(config).run()).toMatchObject({ level: 'ok' });
  });

  test.each([
    ['a good one', {}, 'ok'],
    ['with a line end', { TWILIO_AUTH_TOKEN: `${LIVE.TWILIO_AUTH_TOKEN}\n` }, 'warning'],
    ['missing', { TWILIO_AUTH_TOKEN: '' }, 'error'],
    ['the local default', { TWILIO_AUTH_TOKEN: LOCAL_DEFAULTS.TWILIO_AUTH_TOKEN }, 'error'],
  ])('the auth token: %s', async (_name, change, level) => {
    expect(await authTokenCheck(deployed(change)).run()).toMatchObject({ level });
  });

  test('OPS-1: disabled sending is a warning that says how to enable it', async () => {
    expect(await modeCheck(deployed({ SMS_MODE: 'disabled' })).run()).toEqual({
      level: 'warning',
      detail: 'Sending is disabled. Everything else works.',
      mend: 'Set SMS_MODE to live, with the TWILIO_ settings, and deploy.',
    });
    expect(await modeCheck(deployed()).run()).toMatchObject({
      level: 'ok',
      detail: 'Live mode, sending from one number.',
    });
  });
});

describe('OPS-2: npm run keys', () => {
  const script = join(import.meta.dirname, '..', '..', 'functions', 'cli', 'keys.ts');
  const keys = (...names: string[]) =>
    execFileSync(process.execPath, [script, ...names], { encoding: 'utf8' });

  test('OPS-2: prints keys that the doctor accepts, new ones each time', async () => {
    const fresh = parseEnv(keys());
    expect(Object.keys(fresh).sort()).toEqual(['AUDIT_KEY', 'PHONE_HASH_KEY', 'PHONE_KEYS', 'SESSION_KEYS']);
    const config = parseConfig(environmentSettings({ ...LIVE, ...fresh }), DEPLOYED);
    expect(await secretsCheck(config, [...API_KEYS, 'AUDIT_KEY']).run()).toEqual({
      level: 'ok',
      detail: '4 keys, all random and different.',
      mend: null,
    });
    expect(parseEnv(keys())).not.toEqual(fresh);
  });

  test('OPS-2: prints one key when it is named', () => {
    expect(keys('SESSION_KEYS')).toMatch(/^SESSION_KEYS=\d{4}-\d\d-\d\d:[\w+/]{43}=\n$/);
  });
});

describe('OPS-2: the settings at the command line', () => {
  const raw = (change: Partial<typeof LIVE>) => environmentSettings({ ...LIVE, ...change });

  test('OPS-2: every problem of the settings is reported at once', async () => {
    const settings = raw({ SMS_MODE: 'simulation', WEBHOOK_URL: 'http://webhook.example.com', ACK_TEXT: '' });
    expect(await configCheck(settings, DEPLOYED, 'functions/.env.parley').run()).toEqual({
      level: 'error',
      detail:
        'SMS_MODE simulation exists in the emulator only. ACK_TEXT has 1 to 1,600 characters. WEBHOOK_URL is an https address.',
      mend: 'Correct them in functions/.env.parley.',
    });
  });

  test('OPS-2: one wrong setting does not stop the others from being checked', () => {
    expect(usableConfig(raw({ ACK_TEXT: '' }), DEPLOYED)).toMatchObject({
      whole: true,
      config: { smsMode: 'live' },
    });
    for (const wrong of [{ SMS_MODE: 'nonsense' }, { TWILIO_API_URL: 'nonsense' }])
      expect(usableConfig(raw(wrong), DEPLOYED)).toMatchObject({
        whole: false,
        config: { smsMode: 'disabled' },
      });
  });
});

describe('OPS-2: a deployed project', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  function folderWith(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'parley-doctor-'));
    folders.push(folder);
    writeFileSync(join(folder, '.env.parley'), text);
    return folder;
  }

  test('OPS-2: settings come from the deployed file, and from the declared defaults', () => {
    const target = deployedTarget(
      'parley',
      { ACK_TEXT: 'of the shell' },
      folderWith('SMS_MODE=live\nWEBHOOK_URL="https://w.example.com"\n'),
    );
    expect(target.settings).toMatchObject({
      SMS_MODE: 'live',
      WEBHOOK_URL: 'https://w.example.com',
      ACK_TEXT: 'Your number is recognized. Message received.',
      TWILIO_API_URL: 'https://api.twilio.com',
      TWILIO_FROM_NUMBER: '',
      AUTO_REPLIES_PER_HOUR: '20',
      EXTRA_STOP_WORDS: '',
    });
    expect(target).toMatchObject({ where: 'functions/.env.parley', local: false });
  });

  test('OPS-2: a check whose secret cannot be read says that it was not done', async () => {
    const target = deployedTarget('parley', {}, folderWith('SMS_MODE=disabled\n'));
    const check = gatherChecks(target, {}).find(({ id }) => id === 'twilio-account');
    expect(await check?.run()).toEqual({
      level: 'warning',
      detail: 'Not checked: TWILIO_AUTH_TOKEN cannot be read from here.',
      mend: 'The Health page of the console checks it; or `gcloud auth application-default login` as somebody who may read the secrets.',
    });
  });

  test('OPS-2: a deployment without a settings file is an error', () => {
    expect(() => deployedTarget('other', {}, folderWith(''))).toThrow('neither .env nor .env.other');
  });
});
