import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installedChromium } from '../../functions/cli/lib/chromium.ts';
import { findFirestoreJar, writeLauncherJar } from '../../functions/cli/lib/firestore-jar.ts';
import { findJava } from '../../functions/cli/lib/java.ts';
import { localSettings } from '../../functions/cli/lib/local-settings.ts';
import { freePorts, portsFrom, refuseBusyPorts } from '../../functions/cli/lib/ports.ts';
import { Problem } from '../../functions/cli/lib/problem.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'parley-toolchain-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that prints one line and ends. */
function fakeProgram(path: string, line: string): string {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), `#!/bin/sh\necho '${line}' >&2\necho '${line}'\n`);
  chmodSync(join(folder, path), 0o755);
  return join(folder, path);
}

async function problemOf(happening: Promise<unknown>): Promise<Problem> {
  const problem = await happening.then(
    () => null,
    (error: unknown) => error,
  );
  if (problem instanceof Problem) return problem;
  throw new Error('It succeeded, or failed in another way.', { cause: problem });
}

describe('DX-6: Java of at least 21', () => {
  beforeAll(() => {
    fakeProgram('old/bin/java', 'openjdk version "17.0.15" 2025-04-15');
    fakeProgram('ancient/bin/java', 'java version "1.8.0_451"');
    fakeProgram('new/bin/java', 'openjdk version "25.0.1" 2025-10-21');
    fakeProgram('just/bin/java', 'openjdk version "21" 2023-09-19');
    fakeProgram('broken/bin/java', 'no runtime present');
  });

  test('DX-6: Java in JAVA_HOME comes before any other', async () => {
    const found = await findJava({ JAVA_HOME: join(folder, 'new'), PATH: join(folder, 'just/bin') });
    expect(found).toEqual({ bin: join(folder, 'new/bin'), version: 25 });
  });

  test('DX-6: a Java that is too old, or does not run, is passed over', async () => {
    const path = ['broken/bin', 'old/bin', 'ancient/bin', 'just/bin']
      .map((each) => join(folder, each))
      .join(':');
    expect(await findJava({ JAVA_HOME: join(folder, 'old'), PATH: path })).toEqual({
      bin: join(folder, 'just/bin'),
      version: 21,
    });
  });
});

test('DX-6: without a new enough Java, says what was found and the command that installs one', async () => {
  const bin = join(folder, 'old/bin');
  const problem = await problemOf(findJava({}, [bin, join(folder, 'nowhere')]));
  expect(problem.message).toBe(
    `The Firestore emulator needs Java 21 or newer; found only Java 17 in ${bin}.`,
  );
  expect(problem.remedy).toMatch(
    /^Install one: .+ If it is installed already, name its folder in JAVA_HOME\.$/,
  );
  expect((await problemOf(findJava({}, []))).message).toBe(
    'The Firestore emulator needs Java 21 or newer; none was found.',
  );
});

describe("DX-1: the Firestore emulator's jar", () => {
  beforeAll(() => {
    fakeProgram('sdk/bin/gcloud', 'gcloud');
    mkdirSync(join(folder, 'sdk/platform/cloud-firestore-emulator'), { recursive: true });
    writeFileSync(join(folder, 'sdk/platform/cloud-firestore-emulator/cloud-firestore-emulator.jar'), '');
    mkdirSync(join(folder, 'cache'));
    writeFileSync(join(folder, 'cache/cloud-firestore-emulator-v1.9.0.jar'), '');
    writeFileSync(join(folder, 'cache/cloud-firestore-emulator-v1.21.0.jar'), '');
    writeFileSync(join(folder, 'my.jar'), '');
  });
  const sdk = () => ({ PATH: join(folder, 'sdk/bin') });

  test('DX-1: the jar that FIRESTORE_EMULATOR_BINARY_PATH names comes before any other', () => {
    const environment = { ...sdk(), FIRESTORE_EMULATOR_BINARY_PATH: join(folder, 'my.jar') };
    expect(findFirestoreJar(environment)).toBe(join(folder, 'my.jar'));
  });

  test('DX-6: says so when FIRESTORE_EMULATOR_BINARY_PATH names no file', () => {
    expect(() => findFirestoreJar({ FIRESTORE_EMULATOR_BINARY_PATH: '/nowhere/x.jar' })).toThrow(
      'FIRESTORE_EMULATOR_BINARY_PATH names /nowhere/x.jar, which does not exist.',
    );
  });

  test("DX-1: the newest jar in firebase-tools' cache comes second", () => {
    const environment = { ...sdk(), FIREBASE_EMULATORS_PATH: join(folder, 'cache') };
    expect(findFirestoreJar(environment)).toBe(join(folder, 'cache/cloud-firestore-emulator-v1.21.0.jar'));
  });

  test('DX-1: the jar of the Google Cloud SDK whose gcloud is on PATH comes last', () => {
    const environment = { ...sdk(), FIREBASE_EMULATORS_PATH: join(folder, 'empty') };
    expect(findFirestoreJar(environment)).toBe(
      join(folder, 'sdk/platform/cloud-firestore-emulator/cloud-firestore-emulator.jar'),
    );
  });

  test('DX-1: the launcher jar names main class and jar, in lines of at most 72 bytes', () => {
    const deep = join(
      folder,
      'a folder with a name that is long enough to need another line in the manifest',
    );
    mkdirSync(deep);
    writeFileSync(join(deep, 'emulator.jar'), '');
    writeLauncherJar(join(deep, 'emulator.jar'), join(folder, 'launcher.jar'));
    const text = readFileSync(join(folder, 'launcher.jar'), 'latin1');
    const manifest = /Manifest-Version[\s\S]*?\r\n\r\n/.exec(text)?.[0] ?? '';
    expect(manifest.split('\r\n').filter((line) => line.length > 72)).toEqual([]);
    expect(manifest.replaceAll('\r\n ', '').split('\r\n').slice(0, 3)).toEqual([
      'Manifest-Version: 1.0',
      'Main-Class: com.google.cloud.datastore.emulator.firestore.CloudFirestore',
      `Class-Path: file://${deep.replaceAll(' ', '%20')}/emulator.jar`,
    ]);
  });
});

describe('DX-1: ports', () => {
  test('DX-1: the documented ports are used unless a variable moves one', () => {
    expect(portsFrom({ PARLEY_PORT_AUTH: '6103' })).toEqual({
      hosting: 5000,
      functions: 5001,
      firestore: 8080,
      auth: 6103,
      tasks: 9499,
      carrier: 5010,
    });
  });

  test.each(['0', '65536', 'x', '5000.5', '-1'])('DX-6: refuses "%s" as a port', (text) => {
    expect(() => portsFrom({ PARLEY_PORT_HOSTING: text })).toThrow(`PARLEY_PORT_HOSTING is "${text}".`);
  });

  test('DX-1: picks ports that the system gives to nobody else meanwhile, none of them twice', async () => {
    const picked = [...Object.values(await freePorts()), ...Object.values(await freePorts())];
    expect(new Set(picked).size).toBe(12);
    // Linux gives out ports from 32768 on.
    expect(picked.filter((port) => port < 20_000 || port >= 32_768)).toEqual([]);
  });

  test('DX-6: a busy port is named, with the variable that moves it', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const problem = await problemOf(refuseBusyPorts({ ...(await freePorts()), tasks: port }));
    server.close();
    expect(problem.message).toBe(`Port ${port} (tasks) is taken by another program.`);
    expect(problem.remedy).toMatch(
      /^Stop that program, or take another port: PARLEY_PORT_TASKS=\d+ npm start$/,
    );
  });
});

describe('DX-1: settings', () => {
  const ports = { hosting: 1, functions: 2, firestore: 3, auth: 4, tasks: 5, carrier: 6 };

  test('DX-1: local addresses follow the ports of the run', () => {
    const settings = localSettings(ports, {});
    expect(settings.TWILIO_API_URL).toBe('http://127.0.0.1:6');
    expect(settings.WEBHOOK_URL).toBe('http://127.0.0.1:2/demo-parley/us-central1/webhook');
    expect(settings.ACK_TEXT).toBe('Your number is recognized. Message received.');
  });

  test('DX-1: the environment wins over the defaults, but an empty secret counts as not set', () => {
    const settings = localSettings(ports, {
      ACK_TEXT: 'Thanks "all" \\o/',
      TWILIO_FROM_NUMBER: '',
      TWILIO_AUTH_TOKEN: '',
    });
    expect(settings.ACK_TEXT).toBe('Thanks "all" \\o/');
    expect(settings.TWILIO_FROM_NUMBER).toBe('');
    expect(settings.TWILIO_AUTH_TOKEN).toBe('parley-local-auth-token');
  });
});

test('DX-6: a Chromium that only says where to get one is skipped', () => {
  fakeProgram('stub/chromium', 'Command requires the snap to be installed');
  const real = fakeProgram('real/google-chrome', 'Google Chrome 150.0.1');
  expect(installedChromium({ PATH: `${join(folder, 'stub')}:${join(folder, 'real')}` })).toBe(real);
});
