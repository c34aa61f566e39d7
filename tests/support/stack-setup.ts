import type { TestProject } from 'vitest/node';
import {
  addConsole,
  startTestStack,
  testStackVariable,
  type RunningTestStack,
  type TestStack,
} from '../../functions/cli/lib/test-stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    parley: TestStack;
    /** Host and port of a Firestore emulator. */
    firestore: string;
  }
}

/** One stack for all projects of a vitest run; each project loads this module for itself, hence the global place. */
interface Shared {
  running: Promise<RunningTestStack> | null;
  users: number;
}
const place = Symbol.for('parley.test-stack');
const holder = globalThis as typeof globalThis & { [place]?: Shared };
const shared: Shared = (holder[place] ??= { running: null, users: 0 });

/**
 * Gives the tests of a project the addresses of a running Parley: the one that `npm test` started, else one started
 * here, for a developer who runs vitest alone.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env[testStackVariable];
  if (given !== undefined) {
    provide(project, JSON.parse(given) as TestStack);
    return async () => {};
  }
  shared.users += 1;
  const running = await (shared.running ??= startTestStack());
  if (project.name === 'browser') await addConsole(running.stack);
  provide(project, running.stack);
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) await running.stop();
  };
}

function provide(project: TestProject, stack: TestStack): void {
  project.provide('parley', stack);
  project.provide('firestore', new URL(stack.urls.firestore).host);
}
