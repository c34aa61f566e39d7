import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { randomIds } from '../src/platform/ids.ts';
import { createPhoneVault } from '../src/platform/phone-vault.ts';
import { rotateKeys, type Rotation } from '../src/people/rotate-keys.ts';
import { COMMAND_LINE } from './lib/command-line-audit.ts';
import { runCommand } from './lib/command.ts';
import { openTarget } from './lib/database-target.ts';
import { Problem } from './lib/problem.ts';

const USAGE = [
  'npm run keys                    fresh values for every key of a deployment',
  'npm run keys -- PHONE_KEYS      one of them, such as to put it into a ring',
  'npm run keys -- rotate          seals every number anew under the newest key of PHONE_KEYS',
  '  --dry-run                     counts what there is to do, and does nothing',
  '  --project NAME                a deployed Parley; without it the one of `npm start`',
].join('\n');

const RINGS = ['PHONE_KEYS', 'SESSION_KEYS'];
const SETTINGS = ['PHONE_KEYS', 'PHONE_HASH_KEY', 'SESSION_KEYS', 'AUDIT_KEY'];

/** A key of a ring has a name, by which what it has sealed or signed finds it again; the day will do. */
function freshValue(name: string): string {
  const key = randomBytes(32).toString('base64');
  const today = new Date().toISOString().slice(0, 10);
  return RINGS.includes(name) ? `${today}:${key}` : key;
}

function printFresh(wanted: readonly string[]): void {
  const unknown = wanted.find((name) => !SETTINGS.includes(name));
  if (unknown !== undefined)
    throw new Problem(`There is no key ${unknown}; there are ${SETTINGS.join(', ')}.`, USAGE);
  for (const name of wanted.length > 0 ? wanted : SETTINGS) console.log(`${name}=${freshValue(name)}`);
}

async function rotate(project: string | null, dryRun: boolean): Promise<void> {
  const target = await openTarget(project, process.env, ['PHONE_KEYS']);
  try {
    const { secrets } = target.config;
    const keys = secrets.phoneKeys();
    const vault = createPhoneVault(secrets.phoneKeys, secrets.phoneHashKey);
    const tell = ({ people, sealedAnew }: Rotation) =>
      console.error(
        `  ${String(people)} people, ${String(sealedAnew)} ${dryRun ? 'to seal' : 'sealed'} anew …`,
      );
    const deps = { db: target.db, ids: randomIds, vault, keys };
    const done = await rotateKeys(deps, COMMAND_LINE, { dryRun, tell });
    printRotation(target.name, keys[0].id, done, dryRun);
    if (done.unreadable.length > 0) process.exitCode = 1;
  } finally {
    await target.db.terminate();
  }
}

function printRotation(name: string, newest: string, done: Rotation, dryRun: boolean): void {
  const from = Object.entries(done.older).map(([key, count]) => `${key} ${String(count)}`);
  console.log(
    [
      `${name}: ${String(done.people)} people.`,
      `Under ${newest} before: ${String(done.current)}.`,
      `${dryRun ? 'To seal' : 'Sealed'} anew: ${String(done.sealedAnew)}${from.length > 0 ? ` (${from.join(', ')})` : ''}.`,
      ...(done.unreadable.length === 0
        ? []
        : [
            `No key of the ring opens the numbers of ${String(done.unreadable.length)}: ${done.unreadable.slice(0, 10).join(', ')}.`,
            'See "A key is missing" in functions/docs/runbooks/rotate-keys.md.',
          ]),
    ].join('\n'),
  );
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { project: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  if (positionals[0] !== 'rotate') {
    if (values.project !== undefined || values['dry-run'])
      throw new Problem('Only rotate takes these.', USAGE);
    printFresh(positionals);
    return;
  }
  if (positionals.length > 1) throw new Problem('What should be rotated?', USAGE);
  await rotate(values.project ?? null, values['dry-run']);
}

await runCommand(USAGE, main);
