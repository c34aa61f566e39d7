import { parseArgs } from 'node:util';
import { verifyAuditLog, type AuditFault } from '../src/audit/verify.ts';
import { runCommand } from './lib/command.ts';
import { openTarget } from './lib/database-target.ts';
import { Problem } from './lib/problem.ts';

const USAGE = 'npm run audit:verify -- [--project NAME] [--seal NUMBER:HASH]';

/** What a fault means, for whoever has to look into it. */
const WORDS: Readonly<Record<AuditFault['kind'], string>> = {
  edited: 'was changed after it was sealed',
  removed: 'was removed after it was sealed',
  moved: 'was given another time after it was sealed',
  inserted: 'was slipped in among sealed entries',
  unsealed_too_long:
    'has waited for over an hour to be sealed: runDueWork stands still, or seals were taken away',
  seal_missing: 'is missing',
  seal_altered: 'was altered, or was made without the key',
  seal_unchained: 'does not follow the one before it',
  seal_unexpected: 'is not there as it is known from elsewhere: the end of the log was cut off or made anew',
};

function inWords(fault: AuditFault): string {
  if (!('entry' in fault)) return `Seal ${String(fault.seal)} ${WORDS[fault.kind]}.`;
  return `Entry ${fault.entry}${'seal' in fault ? ` (seal ${String(fault.seal)})` : ''} ${WORDS[fault.kind]}.`;
}

function expectedSeal(text: string | undefined): { seq: number; hash: string } | null {
  if (text === undefined) return null;
  const [, seq, hash] = /^(\d{1,12}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new Problem('--seal is a number, a colon and 64 hexadecimal digits.', USAGE);
  return { seq: Number(seq), hash };
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { project: text, seal: text } });
  const expected = expectedSeal(values.seal);
  const target = await openTarget(values.project ?? null, process.env);
  let faults = 0;
  try {
    const report = await verifyAuditLog(target, { now: new Date(), expected }, (fault) => {
      faults += 1;
      console.error(inWords(fault));
    });
    console.log(
      `The audit log of ${target.name}: ${report.entries} entries in ${report.seals} seals, ${report.unsealed} newer ones not sealed yet.`,
    );
    if (report.last !== null)
      console.log(
        `Last seal: ${report.last.seq}:${report.last.hash}  (note it down; with --seal a later run proves that it still stands)`,
      );
  } finally {
    await target.db.terminate();
  }
  console.log(
    faults === 0 ? 'Nothing was edited, removed, moved or slipped in.' : `${String(faults)} faults.`,
  );
  if (faults > 0) process.exitCode = 1;
}

await runCommand(USAGE, main);
