import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import { installed } from './paths.ts';
import { Problem } from './problem.ts';

const mainClass = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore';
const componentPath = 'platform/cloud-firestore-emulator/cloud-firestore-emulator.jar';

/**
 * The Firestore emulator's jar: the one that FIRESTORE_EMULATOR_BINARY_PATH names, else firebase-tools' cache, else
 * the component of an installed Google Cloud SDK; null when firebase-tools has to download it.
 */
export function findFirestoreJar(environment: NodeJS.ProcessEnv): string | null {
  const named = environment.FIRESTORE_EMULATOR_BINARY_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Problem(
      `FIRESTORE_EMULATOR_BINARY_PATH names ${named}, which does not exist.`,
      'Correct it or unset it.',
    );
  }
  return cachedJar(environment) ?? sdkJar(environment);
}

function cachedJar(environment: NodeJS.ProcessEnv): string | null {
  const cache = environment.FIREBASE_EMULATORS_PATH ?? join(homedir(), '.cache', 'firebase', 'emulators');
  const details: unknown = JSON.parse(
    readFileSync(installed('firebase-tools/lib/emulator/downloadableEmulatorInfo.json'), 'utf8'),
  );
  const wanted = (details as { firestore?: { downloadPathRelativeToCacheDir?: string } }).firestore;
  const exact = join(cache, wanted?.downloadPathRelativeToCacheDir ?? '');
  if (exact.endsWith('.jar') && existsSync(exact)) return exact;
  const older = entries(cache).filter((name) => /^cloud-firestore-emulator-v[\d.]+\.jar$/.test(name));
  const newest = older.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  return newest === undefined ? null : join(cache, newest);
}

function sdkJar(environment: NodeJS.ProcessEnv): string | null {
  for (const sdk of sdkFolders(environment)) {
    const jar = join(sdk, componentPath);
    if (existsSync(jar)) return jar;
  }
  return null;
}

function* sdkFolders(environment: NodeJS.ProcessEnv): Generator<string> {
  if (environment.CLOUDSDK_ROOT_DIR) yield environment.CLOUDSDK_ROOT_DIR;
  for (const folder of (environment.PATH ?? '').split(delimiter)) {
    const gcloud = join(folder, 'gcloud');
    if (folder !== '' && existsSync(gcloud)) yield dirname(dirname(realpathSync(gcloud)));
  }
  yield join(homedir(), 'google-cloud-sdk');
  yield '/usr/lib/google-cloud-sdk';
  yield '/usr/share/google-cloud-sdk';
  yield '/opt/google-cloud-sdk';
  yield '/snap/google-cloud-cli/current';
  yield '/opt/homebrew/share/google-cloud-sdk';
  yield '/usr/local/share/google-cloud-sdk';
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * Writes a jar that starts the emulator of another jar. firebase-tools runs `java -jar`, but the jar of the Google
 * Cloud SDK has no main class in its manifest; also firebase-tools changes the mode of the file it is given, which
 * fails on one that belongs to the system.
 */
export function writeLauncherJar(jar: string, destination: string): void {
  const manifest = [
    'Manifest-Version: 1.0',
    ...foldedHeader('Main-Class', mainClass),
    ...foldedHeader('Class-Path', pathToFileURL(realpathSync(jar)).href),
    '',
    '',
  ].join('\r\n');
  writeFileSync(destination, storedZip('META-INF/MANIFEST.MF', Buffer.from(manifest, 'utf8')));
}

/** A manifest line holds at most 72 bytes; it goes on in the next line after one space. */
function foldedHeader(name: string, value: string): string[] {
  const text = `${name}: ${value}`;
  const lines = [text.slice(0, 70)];
  for (let at = 70; at < text.length; at += 69) lines.push(` ${text.slice(at, at + 69)}`);
  return lines;
}

/** A zip file with one uncompressed entry, after PKWARE's APPNOTE 4.3. */
function storedZip(name: string, content: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0); // version needed
  fields.writeUInt16LE(0x21, 8); // 1 January 1980, the earliest date of the format
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), content]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    fields,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
