import { parseArgs } from 'node:util';
import { randomIds } from '../src/platform/ids.ts';
import { createPhoneVault } from '../src/platform/phone-vault.ts';
import { COMMAND_LINE } from './lib/command-line-audit.ts';
import { runCommand } from './lib/command.ts';
import { openTarget } from './lib/database-target.ts';
import { runMigrations, type MigrationReport } from './migrations/run-migrations.ts';

const USAGE = [
  'npm run migrate                 brings the data of `npm start` up to the version that this Parley writes',
  '  --project NAME                the data of a deployed Parley',
  '  --dry-run                     counts what it would change, and changes nothing',
  '  --again                       also runs migrations that have run before',
].join('\n');

function print({ id, title, done }: MigrationReport, dryRun: boolean): void {
  if (done === null) {
    console.log(`  ${id}: done before.`);
    return;
  }
  const changed = `${String(done.changed)} of ${String(done.examined)} ${dryRun ? 'to change' : 'changed'}`;
  console.log(`  ${id}: ${title}: ${changed}.`);
  for (const note of done.notes ?? []) console.log(`    ${note}`);
}

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: { project: { type: 'string' }, 'dry-run': flag, again: flag },
  });
  const dryRun = values['dry-run'];
  const target = await openTarget(values.project ?? null, process.env, ['PHONE_KEYS']);
  try {
    console.log(`${target.name}:`);
    const { phoneKeys, phoneHashKey } = target.config.secrets;
    const vault = createPhoneVault(phoneKeys, phoneHashKey);
    const context = { db: target.db, ids: randomIds, vault, now: new Date(), dryRun };
    await runMigrations(context, COMMAND_LINE, {
      again: values.again,
      tell: (report) => print(report, dryRun),
    });
  } finally {
    await target.db.terminate();
  }
}

await runCommand(USAGE, main);
