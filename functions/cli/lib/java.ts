import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Problem } from './problem.ts';

/** firebase-tools 15 refuses an older one. */
const oldestJava = 21;

export interface Java {
  /** The folder that holds `java`. */
  readonly bin: string;
  readonly version: number;
}

/** The first Java of at least 21 in JAVA_HOME, on PATH, or among the installed JVMs: the places where one may be. */
export async function findJava(
  environment: NodeJS.ProcessEnv,
  bins: Iterable<string> = places(environment),
): Promise<Java> {
  const tooOld: Java[] = [];
  for (const bin of existing(bins)) {
    const version = await javaVersion(bin);
    if (version === null) continue;
    if (version >= oldestJava) return { bin, version };
    tooOld.push({ bin, version });
  }
  const found = tooOld.map(({ bin, version }) => `Java ${version} in ${bin}`).join(', ');
  throw new Problem(
    `The Firestore emulator needs Java ${oldestJava} or newer; ${found ? `found only ${found}` : 'none was found'}.`,
    `Install one: ${installCommand()}. If it is installed already, name its folder in JAVA_HOME.`,
  );
}

/** Those that hold a `java`, each once whatever links lead to it. */
function* existing(bins: Iterable<string>): Generator<string> {
  const seen = new Set<string>();
  for (const bin of bins) {
    const java = join(bin, process.platform === 'win32' ? 'java.exe' : 'java');
    if (!existsSync(java)) continue;
    const real = dirname(realpathSync(java));
    if (seen.has(real)) continue;
    seen.add(real);
    yield bin;
  }
}

function* places(environment: NodeJS.ProcessEnv): Generator<string> {
  if (environment.JAVA_HOME) yield join(environment.JAVA_HOME, 'bin');
  yield* (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const home = environment.HOME ?? environment.USERPROFILE ?? '';
  for (const folder of [
    '/usr/lib/jvm',
    '/usr/java',
    '/opt/java',
    '/opt',
    join(home, '.sdkman/candidates/java'),
    join(home, '.jdks'),
  ]) {
    for (const jvm of list(folder)) yield join(folder, jvm, 'bin');
  }
  for (const folder of [
    '/Library/Java/JavaVirtualMachines',
    join(home, 'Library/Java/JavaVirtualMachines'),
  ]) {
    for (const jvm of list(folder)) yield join(folder, jvm, 'Contents/Home/bin');
  }
  for (const folder of ['/opt/homebrew/opt', '/usr/local/opt', '/home/linuxbrew/.linuxbrew/opt']) {
    for (const keg of list(folder)) if (keg.startsWith('openjdk')) yield join(folder, keg, 'bin');
  }
  for (const vendor of ['Java', 'Eclipse Adoptium', 'Microsoft', 'Zulu']) {
    const folder = join(environment.ProgramFiles ?? 'C:\\Program Files', vendor);
    for (const jvm of list(folder)) yield join(folder, jvm, 'bin');
  }
}

/** Newest first by name, so that of several JVMs a recent one is taken. */
function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  } catch {
    return [];
  }
}

async function javaVersion(bin: string): Promise<number | null> {
  try {
    const { stdout, stderr } = await promisify(execFile)(join(bin, 'java'), ['-version'], {
      timeout: 20_000,
    });
    const version = /version "(?:1\.)?(\d+)/.exec(stderr + stdout)?.[1];
    return version === undefined ? null : Number(version);
  } catch {
    // Not a JVM that runs here: macOS, for one, has a `java` that only advertises.
    return null;
  }
}

function installCommand(): string {
  if (process.platform === 'darwin') return '`brew install openjdk`';
  if (process.platform === 'win32') return '`winget install EclipseAdoptium.Temurin.25.JDK`';
  if (existsSync('/usr/bin/dnf')) return '`sudo dnf install java-latest-openjdk-headless`';
  if (existsSync('/sbin/apk')) return '`apk add openjdk21-jre-headless`';
  return '`sudo apt-get install openjdk-21-jre-headless` (where the release has it), or a build from https://adoptium.net';
}
