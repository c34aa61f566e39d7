import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Instance } from './instance.ts';
import { project, type Settings } from './local-settings.ts';
import { root } from './paths.ts';

/** What `functions/cli/seed.ts` is given: the emulators of one run, and nothing that could be a real project. */
export interface SeedTarget {
  readonly projectId: string;
  /** Host and port of the Firestore emulator. */
  readonly firestoreHost: string;
  readonly carrierUrl: string;
  readonly settings: Settings;
}

interface SeedModule {
  /** Puts the demo data in, unless it is there. */
  seed(target: SeedTarget): Promise<unknown>;
}

/** Seeds the demo data of a run once; a run that has it already keeps it as it is. */
export async function seedOnce(instance: Instance): Promise<void> {
  const file = join(root, 'functions', 'cli', 'seed.ts');
  if (!existsSync(file)) return;
  const { seed } = (await import(pathToFileURL(file).href)) as SeedModule;
  await seed({
    projectId: project,
    firestoreHost: new URL(instance.urls.firestore).host,
    carrierUrl: instance.urls.carrier,
    settings: instance.settings,
  });
}
