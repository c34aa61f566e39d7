import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { endFaults } from '../src/audit/log-end.ts';
import { verifyAuditLog, type AuditFault, type AuditReport, type KnownSeal } from '../src/audit/verify.ts';
import { runCommand } from './lib/command.ts';
import { openTarget } from './lib/database-target.ts';
import { sealFromText, sealsInLog } from './lib/known-seals.ts';
import { Problem } from './lib/problem.ts';

const USAGE = [
  'npm run audit:verify            holds the audit log against its seals',
  '  --project NAME                of a deployed Parley; without it the one of `npm start`',
  '  --seal NUMBER:HASH            a seal known from an earlier report: it must still be there, and vouches for what is before it',
  '  --log FILE                    every seal in log lines of runDueWork must still be there; - reads from stdin',
  'The exit code is 1 when anything is wrong. See functions/docs/runbooks/audit-log.md.',
].join('\n');

/** What a fault means, for whoever has to look into it. */
const WORDS: Readonly<Record<AuditFault['kind'], string>> = {
  edited: 'was changed after it was sealed',
  removed: 'was removed after it was sealed',
  moved: 'was given another time after it was sealed',
  inserted: 'was slipped in among sealed entries',
  unsealed_too_long:
    'has waited too long to be sealed: runDueWork does not run every minute, or seals were removed',
  seal_missing: 'is missing',
  seal_altered: 'was altered, or was made without the key',
  seal_unchained: 'does not follow the one before it',
  seal_unexpected: 'is known from elsewhere and not here: the log was cut off, or made anew',
  seal_backdated: 'is older than the one before it: a clock was set back, or the order was changed',
  seal_key_downgraded: 'was made with the old key after seals under AUDIT_KEY: somebody forged it',
  seal_key_old:
    'is the newest and was made with the old key: newer ones were removed, or this version is not deployed yet',
  seal_stale:
    'is the newest and too old: newer seals were removed together with their entries, or runDueWork does not run every minute',
  seal_gap:
    'came long after the one before it: runDueWork stood still, or seals between them were removed together with their entries',
  seal_in_future:
    'is the newest and carries a time that has not come yet, so nothing shows where the log ends',
  log_emptied:
    'The log is empty, though there are operators or people, each added with an entry: it was emptied',
  seals_gone: 'There is no seal, though the data are old enough to have some: they were removed',
};

/** So many faults of a kind are printed; of a log that was emptied every entry is one. */
const MOST_PRINTED = 10;

function inWords(fault: AuditFault): string {
  const words = WORDS[fault.kind];
  if ('entry' in fault)
    return `Entry ${fault.entry}${'seal' in fault ? ` (seal ${String(fault.seal)})` : ''} ${words}.`;
  return 'seal' in fault ? `Seal ${String(fault.seal)} ${words}.` : `${words}.`;
}

/** Prints faults as they are found, the first few of each kind, and counts all of them. */
function faultPrinter() {
  const counts = new Map<AuditFault['kind'], number>();
  return {
    found(fault: AuditFault): void {
      const count = (counts.get(fault.kind) ?? 0) + 1;
      counts.set(fault.kind, count);
      if (count <= MOST_PRINTED) console.error(inWords(fault));
    },
    /** Says how many more there are of each kind; answers how many there are in all. */
    finish(): number {
      for (const [kind, count] of counts)
        if (count > MOST_PRINTED)
          console.error(`… and ${String(count - MOST_PRINTED)} more: ${WORDS[kind]}.`);
      return [...counts.values()].reduce((sum, count) => sum + count, 0);
    },
  };
}

function knownSeals(seal: string | undefined, log: string | undefined): KnownSeal[] {
  const one = seal === undefined ? null : sealFromText(seal);
  if (seal !== undefined && one === null)
    throw new Problem('--seal is a number, a colon and 64 hexadecimal digits.', USAGE);
  const logged = log === undefined ? [] : sealsInLog(readLog(log));
  if (log !== undefined && logged.length === 0)
    throw new Problem(
      `There is no seal in ${log === '-' ? 'the input' : log}.`,
      'It should hold log lines with the event audit.sealed; see functions/docs/runbooks/audit-log.md.',
    );
  return [...(one === null ? [] : [one]), ...logged];
}

function readLog(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new Problem(`${file} cannot be read.`, USAGE, { cause });
  }
}

const plural = (count: number, one: string, many: string): string =>
  `${String(count)} ${count === 1 ? one : many}`;

/** What stands, and where proof ends. */
function reportLines(name: string, report: AuditReport, known: readonly KnownSeal[], now: Date): string[] {
  const { seals, entries, unsealed, hash, end } = report;
  const total = `The audit log of ${name}: ${plural(entries, 'entry', 'entries')} in ${plural(seals, 'seal', 'seals')}, ${String(unsealed)} not sealed yet.`;
  if (end.last === null) return [total, 'Nothing is sealed yet, so nothing can be proven.'];
  const minutes = Math.max(1, Math.ceil((now.getTime() - end.last.sealedAt.getTime()) / 60_000));
  return [
    total,
    ...report.restores.map(
      (seal) => `Seal ${String(seal)} is the first after a restore: what was between is lost, see --log.`,
    ),
    `The last ${plural(minutes, 'minute is', 'minutes are')} not sealed yet and cannot be proven.`,
    known.length === 0
      ? 'That newer seals were cut off within that time shows only against the log: see --log.'
      : `${plural(known.length, 'seal', 'seals')} known from elsewhere compared, up to seal ${String(Math.max(...known.map(({ seq }) => seq)))}.`,
    `Last seal: ${String(end.last.seq)}:${hash ?? ''}  (note it down, and give it with --seal the next time)`,
  ];
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { project: text, seal: text, log: text } });
  const known = knownSeals(values.seal, values.log);
  const target = await openTarget(values.project ?? null, process.env, ['AUDIT_KEY']);
  const faults = faultPrinter();
  try {
    const report = await verifyAuditLog(target, known, (fault) => faults.found(fault));
    const now = new Date();
    for (const fault of endFaults(report.end, now)) faults.found(fault);
    for (const line of reportLines(target.name, report, known, now)) console.log(line);
  } finally {
    await target.db.terminate();
  }
  const count = faults.finish();
  console.log(
    count === 0
      ? 'Nothing that is sealed was edited, removed, moved or slipped in.'
      : `${plural(count, 'fault', 'faults')}.`,
  );
  if (count > 0) process.exitCode = 1;
}

await runCommand(USAGE, main);
