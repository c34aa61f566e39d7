import { createRequire } from 'node:module';

/**
 * How functions are declared to a deployment: by firebase-functions, which is a third of what the webhook would load
 * while Twilio waits, since it brings along the check of callers of callable functions, and Parley has none. The runtime
 * calls a function as it is exported and needs nothing around it. So the process that serves the webhook goes without;
 * every other one, and a deployment that asks which functions there are, has the package itself (docs/adr/0022).
 */
interface Declarations {
  onRequest: (typeof import('firebase-functions/https'))['onRequest'];
  onTaskDispatched: (typeof import('firebase-functions/tasks'))['onTaskDispatched'];
  onSchedule: (typeof import('firebase-functions/scheduler'))['onSchedule'];
}

function fromPackage(): Declarations {
  // Not `await import()`: the emulator cannot load a module that waits for another one.
  const load = createRequire(import.meta.url);
  return {
    ...(load('firebase-functions/https') as Pick<Declarations, 'onRequest'>),
    ...(load('firebase-functions/tasks') as Pick<Declarations, 'onTaskDispatched'>),
    ...(load('firebase-functions/scheduler') as Pick<Declarations, 'onSchedule'>),
  };
}

function forWebhook(): Declarations {
  const elsewhere = () => {
    throw new Error('This process serves the webhook alone.');
  };
  const bare = {
    onRequest: (_options: unknown, handler: unknown) => handler,
    onTaskDispatched: () => elsewhere,
    onSchedule: () => elsewhere,
  };
  return bare as unknown as Declarations;
}

export const { onRequest, onTaskDispatched, onSchedule } =
  process.env['FUNCTION_TARGET'] === 'webhook' ? forWebhook() : fromPackage();
