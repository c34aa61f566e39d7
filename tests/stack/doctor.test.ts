import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsAnswer, type FindingsAnswer } from '../../functions/src/contract/health.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { ApiClient, signIn } from '../support/api-client.ts';
import { startApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { stack } from '../support/stack.ts';

const INSIDE = [
  'sms-mode',
  'secrets',
  'auth-token',
  'twilio-account',
  'twilio-sender',
  'twilio-webhook',
  'firestore',
  'indexes',
  'live-tokens',
  'data',
  'keys-in-use',
  'schema',
  'stuck-texts',
  'delivery',
  'audit',
];
const levels = ({ findings }: FindingsAnswer) =>
  Object.fromEntries(findings.map(({ id, level }) => [id, level]));

/** What nobody may find in anything that the doctor says. */
const HIDDEN = ['+15005550006', '15005550006', LOCAL_DEFAULTS.TWILIO_AUTH_TOKEN, 'bG9jYWwt'];

describe('OPS-2: GET /api/v1/health/findings', () => {
  test('OP-3: the findings need a session', async () => {
    const { status, body } = await new ApiClient().call('GET', '/health/findings');
    expect(status).toBe(401);
    expect(body).toMatchObject({ errorCode: 'NOT_SIGNED_IN' });
  });

  test('OPS-2: a viewer sees everything that can be checked from inside the function', async () => {
    const client = await signIn('viewer@example.com');
    const { status, body } = await client.call('GET', '/health/findings');
    expect(status).toBe(200);
    const answer = findingsAnswer.parse(body);
    expect(answer.findings.map(({ id }) => id)).toEqual(INSIDE);
    // What the shared data says is not this test's; the rest does not depend on other tests.
    const own = INSIDE.filter(
      (id) => !['data', 'keys-in-use', 'stuck-texts', 'delivery', 'audit'].includes(id),
    );
    expect(own.map((id) => [id, levels(answer)[id]])).toEqual(own.map((id) => [id, 'ok']));
    for (const hidden of HIDDEN) expect(JSON.stringify(body)).not.toContain(hidden);
  });

  test('OPS-2: an unreachable Twilio, and rejected credentials, hide no other finding', async () => {
    const findingsWith = async (settings: Record<string, string>) => {
      const world = startApi(freshDatabase().db, settings);
      await world.addOperator('Vera', 'viewer');
      const { body } = await world.call('GET', '/health/findings', {
        cookie: await world.signIn('vera@example.com'),
      });
      return levels(findingsAnswer.parse(body));
    };
    const carrier = { TWILIO_API_URL: stack().urls.carrier, WEBHOOK_URL: stack().settings.WEBHOOK_URL };
    // A new database has no version yet.
    const fine = { ...Object.fromEntries(INSIDE.map((id) => [id, 'ok'])), schema: 'warning' };
    expect(await findingsWith(carrier)).toEqual(fine);
    expect(await findingsWith({ ...carrier, WEBHOOK_URL: 'http://127.0.0.1:1/elsewhere' })).toEqual({
      ...fine,
      'twilio-webhook': 'error',
    });
    expect(await findingsWith({ ...carrier, TWILIO_FROM_NUMBER: '+12025550199' })).toEqual({
      ...fine,
      'twilio-sender': 'error',
      'twilio-webhook': 'warning',
    });
    const unasked = {
      ...fine,
      'twilio-account': 'error',
      'twilio-sender': 'warning',
      'twilio-webhook': 'warning',
    };
    expect(await findingsWith({ ...carrier, TWILIO_AUTH_TOKEN: 'wrong' })).toEqual(unasked);
    expect(await findingsWith({ ...carrier, TWILIO_API_URL: 'http://127.0.0.1:9' })).toEqual(unasked);
  });
});

interface DoctorRun {
  code: number | null;
  output: string;
}

const script = join(import.meta.dirname, '..', '..', 'functions', 'cli', 'doctor.ts');

async function doctor(args: readonly string[], environment: Record<string, string> = {}): Promise<DoctorRun> {
  const { PATH, HOME, JAVA_HOME, FIRESTORE_EMULATOR_BINARY_PATH, PARLEY_CHROMIUM } = process.env;
  const env = { PATH, HOME, JAVA_HOME, FIRESTORE_EMULATOR_BINARY_PATH, PARLEY_CHROMIUM, ...environment };
  const child = spawn(process.execPath, [script, ...args], { env, timeout: 50_000 });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

describe('OPS-2: npm run doctor', () => {
  test('OPS-2: checks the Parley that runs here, with the settings that it was started with', async () => {
    const { code, output } = await doctor(['--json', '--instance', basename(stack().directory)], {
      TWILIO_AUTH_TOKEN: 'of the shell',
    });
    const answer = findingsAnswer.parse(JSON.parse(output));
    expect(answer.findings.map(({ id }) => id)).toEqual([
      'node',
      'java',
      'firestore-emulator',
      'chromium',
      'rules-file',
      'indexes-file',
      'configuration',
      ...INSIDE,
    ]);
    expect(levels(answer)).toMatchObject({
      java: 'ok',
      configuration: 'ok',
      'twilio-account': 'ok',
      'twilio-webhook': 'ok',
    });
    // Slow on a busy machine, which is a warning, but there.
    expect(levels(answer).firestore).not.toBe('error');
    expect(code).toBe(answer.findings.some(({ level }) => level === 'error') ? 1 : 0);
    for (const hidden of HIDDEN) expect(output).not.toContain(hidden);
  });

  test('OPS-2: where none runs, checks toolchain and settings, warns, and exits with 0', async () => {
    const { code, output } = await doctor(['--instance', 'none']);
    expect(output).toContain('! Running');
    expect(output).toContain('→ `npm start`, then `npm run doctor` in a second terminal.');
    expect(output).toMatch(/\d+ passed, \d+ warnings?, 0 errors\n$/);
    expect(code).toBe(0);
  });

  test('OPS-2: exits with 1 when settings are wrong, and names all of them', async () => {
    const { code, output } = await doctor(['--instance', 'none'], {
      SMS_MODE: 'nonsense',
      DEFAULT_COUNTRY: 'usa',
    });
    expect(output).toContain(
      'SMS_MODE is disabled, simulation or live. DEFAULT_COUNTRY is two capital letters, such as US.',
    );
    expect(output).toMatch(/1 error\n$/);
    expect(code).toBe(1);
  });

  test('OPS-2: exits with 1 where a deployment has no settings', async () => {
    const { code, output } = await doctor(['--project', 'nobody-deployed-this']);
    expect(output).toContain('There are no settings for nobody-deployed-this');
    expect(code).toBe(1);
  });
});
