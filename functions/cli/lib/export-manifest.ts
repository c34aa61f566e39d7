import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from './problem.ts';

/** The last file of an export: one that was cut off has none. */
const NAME = 'export.json';

const exportManifest = z.object({
  /** How the files are written. */
  form: z.literal(1),
  exportedAt: z.iso.datetime(),
  project: z.string(),
  /** The version of the stored data (platform/schema-version.ts). */
  schema: z.number().int(),
  /** Documents of each collection. */
  counts: z.record(z.string().regex(/^[A-Za-z]{1,60}$/), z.number().int().min(1)),
});
export type ExportManifest = z.infer<typeof exportManifest>;

export function writeManifest(folder: string, manifest: ExportManifest): void {
  writeFileSync(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
}

/** Throws a Problem for a folder that is no export, or one that was cut off. */
export function readManifest(folder: string): ExportManifest {
  try {
    return exportManifest.parse(JSON.parse(readFileSync(join(folder, NAME), 'utf8')));
  } catch (cause) {
    throw new Problem(
      `${folder} is not a whole export: ${NAME} is missing or damaged.`,
      'It is written last, so an export that was cut off has none. Take another one.',
      { cause },
    );
  }
}
