import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Import } from './import-graph.ts';

const root = resolve(import.meta.dirname, '..', '..');

/**
 * The floors of functions/src, from the ground up: a folder uses those below its own, never one beside it. A folder that is
 * not named here is a capability of the top floor, so a new one needs no line; health and entry look down on everything.
 */
const floors: readonly (readonly string[])[] = [
  ['contract'],
  ['platform'],
  ['carrier', 'jobs'],
  ['twilio', 'audit', 'conversations'],
  ['people', 'limits'],
  ['outbox'],
  ['inbound', 'logs'],
];
const above = ['health', 'entry'];

/** The folder of functions/src that a file lies in; null for files elsewhere and for index.ts. */
export function folderOf(file: string): string | null {
  return /^functions\/src\/([^/]+)\//.exec(file)?.[1] ?? null;
}

export function floorOf(folder: string): number {
  const named = floors.findIndex((each) => each.includes(folder));
  if (named >= 0) return named;
  return floors.length + 1 + above.indexOf(folder);
}

export function sourceOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

export function isStore(file: string): boolean {
  return file.endsWith('-store.ts');
}

/** Folders with stores, decisions and use cases: all but what is only contract, tools, port, carriers, tables of jobs and entries. */
function isCapability(folder: string | null): boolean {
  return folder !== null && !['contract', 'platform', 'carrier', 'twilio', 'jobs', 'entry'].includes(folder);
}

/** What a use case is known by: it holds the database, a queue, a key, the carrier, or somebody who does. */
const doing =
  /^functions\/src\/(?:jobs\/task-queue|platform\/(?:firestore|phone-vault|log|retry|writer|reader|live-access)|carrier\/(?:gateway|lookup|inquiry))\.ts$/;

export function isUseCase(file: string, imports: readonly Import[]): boolean {
  if (!isCapability(folderOf(file)) || isStore(file)) return false;
  return imports.some(
    ({ from, to, typeOnly }) => from === file && (doing.test(to) || (isStore(to) && !typeOnly)),
  );
}

export function isDecision(file: string, imports: readonly Import[]): boolean {
  return isCapability(folderOf(file)) && !isStore(file) && !isUseCase(file, imports);
}

/** The floors of web/src: a feature uses the parts, components and data below it; the shell knows the features' pages by name only. */
const webFloors = ['styles', 'components', 'data', 'parts', 'features'];

/** Where a file of the console stands, and in which feature; null for the shell's own files. */
export function webFloorOf(file: string): { floor: number; feature: string | null } | null {
  const [, folder = '', next = ''] = /^web\/src\/([^/]+)\/([^/]+)/.exec(file) ?? [];
  const floor = webFloors.indexOf(folder);
  if (floor < 0) return null;
  return { floor, feature: folder === 'features' ? next : null };
}
