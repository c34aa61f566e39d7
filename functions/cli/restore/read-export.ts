import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../src/platform/firestore.ts';
import { SCHEMA_VERSION } from '../../src/platform/schema-version.ts';
import { readManifest, type ExportManifest } from '../lib/export-manifest.ts';
import { Problem } from '../lib/problem.ts';
import { stored } from '../lib/stored-value.ts';

/** One document of an export. */
export interface ExportedDocument {
  collection: string;
  id: string;
  data: Record<string, unknown>;
}

/** Every document of one collection, in the order of its file. Throws a Problem that names the line. */
export async function* readCollection(
  db: Database,
  folder: string,
  collection: string,
): AsyncGenerator<ExportedDocument> {
  const file = join(folder, `${collection}.jsonl`);
  let number = 0;
  try {
    const input = await open(file);
    for await (const line of input.readLines()) {
      number += 1;
      yield documentOf(db, collection, line);
    }
  } catch (cause) {
    // What a line holds is somebody's data, so it is not repeated.
    throw new Problem(
      `${file} cannot be read at line ${String(number)}.`,
      'The export was changed after it was made. Use another one.',
      {
        cause,
      },
    );
  }
}

function documentOf(db: Database, collection: string, line: string): ExportedDocument {
  const { path, data }: { path?: unknown; data?: unknown } = JSON.parse(line) as object;
  const [, id] = typeof path === 'string' ? (/^[^/]+\/([^/]+)$/.exec(path) ?? []) : [];
  if (id === undefined || path !== `${collection}/${id}`)
    throw new Error('The path is not of this collection.');
  if (typeof data !== 'object' || data === null) throw new Error('The line has no data.');
  return { collection, id, data: stored(db, data) as Record<string, unknown> };
}

/** Reads all of an export once, before anything is written. Throws a Problem unless it is whole and can be used here. */
export async function checkExport(db: Database, folder: string): Promise<ExportManifest> {
  const manifest = readManifest(folder);
  if (manifest.schema > SCHEMA_VERSION)
    throw new Problem('A newer version of Parley made this export.', 'Restore it with that version.');
  for (const [collection, count] of Object.entries(manifest.counts)) {
    const ids = new Set<string>();
    for await (const { id } of readCollection(db, folder, collection)) ids.add(id);
    if (ids.size === count) continue;
    throw new Problem(
      `${collection}.jsonl has ${String(ids.size)} documents; export.json says ${String(count)}.`,
      'The export was changed after it was made. Use another one.',
    );
  }
  return manifest;
}
