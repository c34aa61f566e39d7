import { parseArgs } from 'node:util';
import { checkIntegrity } from './integrity/check-integrity.ts';
import { runCommand } from './lib/command.ts';
import { openTarget } from './lib/database-target.ts';

const USAGE = [
  'npm run integrity     checks all stored data of `npm start`, and changes nothing',
  '  --project NAME      that of a deployed Parley',
].join('\n');

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { project: { type: 'string' } } });
  const target = await openTarget(values.project ?? null, process.env, ['PHONE_KEYS', 'AUDIT_KEY']);
  try {
    const { looked, faults } = await checkIntegrity(target);
    const counts = Object.entries(looked).map(([what, count]) => `${String(count)} ${inWords(what)}`);
    console.log(`${target.name}: ${counts.join(', ')}.`);
    for (const line of faults.lines()) console.error(line);
    console.log(
      faults.count === 0
        ? 'Everything fits together.'
        : `${String(faults.count)} faults. A change during the run can look like one: run it again, then see functions/docs/runbooks/integrity.md.`,
    );
    if (faults.count > 0) process.exitCode = 1;
  } finally {
    await target.db.terminate();
  }
}

const inWords = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

await runCommand(USAGE, main);
