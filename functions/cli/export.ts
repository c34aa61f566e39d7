import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { appendAudit } from '../src/audit/append.ts';
import { randomIds } from '../src/platform/ids.ts';
import { readSchemaVersion } from '../src/platform/schema-store.ts';
import { COMMAND_LINE } from './lib/command-line-audit.ts';
import { runCommand } from './lib/command.ts';
import { openTarget, type DatabaseTarget } from './lib/database-target.ts';
import { exportDocuments } from './lib/export-documents.ts';
import { writeManifest } from './lib/export-manifest.ts';
import { Problem } from './lib/problem.ts';

const USAGE = [
  'npm run export -- --to FOLDER   writes every collection as FOLDER/<collection>.jsonl, one document per line',
  '  --project NAME                from a deployed Parley; without it from `npm start`',
  'Numbers stay sealed; password hashes and invitations are left out. The audit log records the export.',
  'FOLDER/export.json is written last: without it the export is incomplete. `npm run restore` loads it again.',
].join('\n');

/** An export is personal data: nobody but its owner may read it. */
const PRIVATE = { folder: 0o700, file: 0o600 };

function prepareFolder(path: string): string {
  const folder = resolve(path);
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new Problem(`${folder} is not a folder.`, 'Name a folder that is empty or does not exist yet.');
  mkdirSync(folder, { recursive: true, mode: PRIVATE.folder });
  if (readdirSync(folder).length > 0)
    throw new Problem(`${folder} is not empty.`, 'Name a folder that is empty or does not exist yet.');
  return folder;
}

async function exportTo(target: DatabaseTarget, folder: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const files = new Map<string, ReturnType<typeof createWriteStream>>();
  for await (const { collection, line } of exportDocuments(target.db)) {
    const file =
      files.get(collection) ?? createWriteStream(join(folder, `${collection}.jsonl`), { mode: PRIVATE.file });
    files.set(collection, file);
    counts.set(collection, (counts.get(collection) ?? 0) + 1);
    if (!file.write(line + '\n')) await once(file, 'drain');
  }
  await Promise.all([...files.values()].map((file) => finished(file.end())));
  return counts;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { to: text, project: text } });
  if (values.to === undefined) throw new Problem('Name the folder to write to.', USAGE);
  const target = await openTarget(values.project ?? null, process.env);
  try {
    const folder = prepareFolder(values.to);
    // In the audit log first: what cannot be recorded is not exported.
    const batch = target.db.batch();
    appendAudit(batch, { db: target.db, ids: randomIds }, COMMAND_LINE, {
      action: 'system.exported',
      target: { kind: 'system', id: null },
    });
    await batch.commit();
    const exportedAt = new Date().toISOString();
    const schema = await readSchemaVersion(target.db);
    const counts = await exportTo(target, folder);
    const { projectId: project } = target;
    writeManifest(folder, { form: 1, exportedAt, project, schema, counts: Object.fromEntries(counts) });
    for (const [collection, count] of counts) console.log(`  ${collection}.jsonl: ${String(count)}`);
    console.log(`Exported ${target.name} to ${folder}.`);
  } finally {
    await target.db.terminate();
  }
}

await runCommand(USAGE, main);
