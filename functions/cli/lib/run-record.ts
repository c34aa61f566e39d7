import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { root, startName } from './paths.ts';
import { processTable } from './processes.ts';

const file = join(root, '.parley', `${startName(process.env)}.json`);

const RunRecord = z.object({ pid: z.number(), addresses: z.string().nullable() });
export type RunRecord = z.infer<typeof RunRecord>;

/** Notes that this process is the run of `npm start`. Answers the one that is already, if there is one. */
export function claimRun(): RunRecord | null {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, record(null), { flag: 'wx' });
      return null;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const other = readRecord();
    if (other !== null && isStart(other.pid)) return other;
    rmSync(file, { force: true });
  }
}

/** Notes where the run can be reached, for whoever starts a second one. */
export function recordAddresses(addresses: string): void {
  writeFileSync(file, record(addresses));
}

/** Forgets the run, which has ended. */
export function releaseRun(): void {
  if (readRecord()?.pid === process.pid) rmSync(file, { force: true });
}

function record(addresses: string | null): string {
  return JSON.stringify({ pid: process.pid, addresses } satisfies RunRecord);
}

function readRecord(): RunRecord | null {
  try {
    return RunRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Whether the process is a run of Parley still, and no other program that has got its id since. */
function isStart(pid: number): boolean {
  return processTable().some((entry) => entry.pid === pid && /start\.ts/.test(entry.command));
}
