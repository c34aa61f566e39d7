import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { appendAudit } from '../src/audit/append.ts';
import { randomIds } from '../src/platform/ids.ts';
import { createPhoneVault } from '../src/platform/phone-vault.ts';
import { checkIntegrity } from './integrity/check-integrity.ts';
import { COMMAND_LINE } from './lib/command-line-audit.ts';
import { runCommand } from './lib/command.ts';
import { openTarget, type DatabaseTarget } from './lib/database-target.ts';
import type { ExportManifest } from './lib/export-manifest.ts';
import { Problem } from './lib/problem.ts';
import { checkExport, readCollection } from './restore/read-export.ts';
import { LEFT_OUT, restoreDocuments, stopWaiting, type Restored } from './restore/restore-documents.ts';

const USAGE = [
  'npm run restore -- --from FOLDER   loads an export into an empty database, and checks the result',
  '  --project NAME                   into a deployed Parley; without it into `npm start`. A name that begins with',
  '                                   demo- is an empty database in its emulator, for a rehearsal',
  '  --again                          continues a restore of this export that was interrupted',
  'Nothing is ever overwritten. See functions/docs/runbooks/restore.md.',
].join('\n');

/** Before anything is written: with other keys nobody could be texted, and no sender would be recognised. */
async function refuseOtherKeys(
  target: DatabaseTarget,
  folder: string,
  manifest: ExportManifest,
): Promise<void> {
  if (!('users' in manifest.counts)) return;
  const { secrets } = target.config;
  const vault = createPhoneVault(secrets.phoneKeys, secrets.phoneHashKey);
  for await (const { id, data } of readCollection(target.db, folder, 'users')) {
    if (isOpened(vault, id, data)) return;
  }
  throw new Problem(
    'PHONE_KEYS and PHONE_HASH_KEY are not those of the export.',
    'Set the keys that it was made with, as functions/docs/runbooks/restore.md says.',
  );
}

function isOpened(
  vault: ReturnType<typeof createPhoneVault>,
  id: string,
  { phoneNumber, phoneKey }: Record<string, unknown>,
): boolean {
  try {
    return vault.hashes(vault.decrypt(id, String(phoneNumber))).includes(String(phoneKey));
  } catch {
    // Another key, or one damaged number of many: the next one decides.
    return false;
  }
}

async function refuseFullDatabase({ db, name }: DatabaseTarget): Promise<void> {
  for (const collection of await db.listCollections()) {
    if ((await collection.limit(1).get()).empty) continue;
    throw new Problem(
      `${name} is not empty: it has ${collection.id}.`,
      'Restore into an empty database. If a restore of this export was interrupted there, continue it with --again.',
    );
  }
}

/** Prints every difference from the export and every fault, and returns their number. */
async function verify(
  target: DatabaseTarget,
  manifest: ExportManifest,
  { apart }: Restored,
): Promise<number> {
  const wrong = apart.slice(0, 10).map((path) => `${path} existed already, with other content.`);
  if (apart.length > 10) wrong.push(`${String(apart.length - 10)} more existed already, with other content.`);
  for (const [collection, count] of Object.entries(manifest.counts)) {
    if (LEFT_OUT.includes(collection)) continue;
    const found = (await target.db.collection(collection).count().get()).data().count;
    if (found < count) wrong.push(`${collection} has ${String(found)} documents of ${String(count)}.`);
  }
  const { faults } = await checkIntegrity(target);
  for (const line of [...wrong, ...faults.lines()]) console.error(line);
  return wrong.length + faults.count;
}

async function restore(target: DatabaseTarget, folder: string, again: boolean): Promise<void> {
  const manifest = await checkExport(target.db, folder);
  await refuseOtherKeys(target, folder, manifest);
  if (!again) await refuseFullDatabase(target);
  const restored = await restoreDocuments(target.db, folder, manifest, (collection, count) =>
    console.log(`  ${collection}: ${String(count)}`),
  );
  const stopped = await stopWaiting(target.db, new Date());
  const batch = target.db.batch();
  appendAudit(batch, { db: target.db, ids: randomIds }, COMMAND_LINE, {
    action: 'system.restored',
    target: { kind: 'system', id: null },
    after: { exportedAt: manifest.exportedAt, documents: restored.written, stopped },
  });
  await batch.commit();
  const faults = await verify(target, manifest, restored);
  console.log(
    [
      `${target.name}: ${String(restored.written)} documents written, ${String(restored.kept)} existed already, as of ${manifest.exportedAt}.`,
      `${String(stopped)} messages that had not been sent were stopped. Each operator needs a new invitation.`,
      faults === 0
        ? 'Everything fits together.'
        : `${String(faults)} faults. See functions/docs/runbooks/restore.md.`,
    ].join('\n'),
  );
  if (faults > 0) process.exitCode = 1;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { from: text, project: text, again: { type: 'boolean', default: false } },
  });
  if (values.from === undefined) throw new Problem('Name the folder of the export.', USAGE);
  const target = await openTarget(values.project ?? null, process.env, ['PHONE_KEYS', 'AUDIT_KEY']);
  try {
    await restore(target, resolve(values.from), values.again);
  } finally {
    await target.db.terminate();
  }
}

await runCommand(USAGE, main);
