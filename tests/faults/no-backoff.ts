import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../../functions/cli/lib/paths.ts';

const backoffModule = z.object({
  setTimeoutHandler: z.custom<(handler: (run: () => void, milliseconds: number) => void) => void>(
    (value) => typeof value === 'function',
  ),
});

/**
 * Firestore's client waits a second and more before it repeats a transaction. In virtual time nobody gains by that, so
 * it repeats at once; its own handle for tests does it. How often it repeats, and after which errors, stays as it is.
 */
export function withoutBackoff(): void {
  const file = join(root, 'node_modules', '@google-cloud', 'firestore', 'build', 'src', 'backoff.js');
  const { setTimeoutHandler } = backoffModule.parse(createRequire(import.meta.url)(file));
  setTimeoutHandler((run) => void setTimeout(run, 0));
}
