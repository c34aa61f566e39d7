import { z } from 'zod';
import { TASKS, type TaskName } from '../../jobs/tasks.ts';
import { sendOutgoing } from '../../outbox/send-outgoing.ts';
import type { Log } from '../../platform/log.ts';
import type { SendTaskDeps } from './send-deps.ts';

/** Reads a payload and runs it; false when it is none of this kind. */
export type TaskHandler<Deps> = (deps: Deps, data: unknown) => Promise<boolean>;

export function handles<Deps, Payload>(
  schema: z.ZodType<Payload>,
  run: (deps: Deps, payload: Payload) => Promise<unknown>,
): TaskHandler<Deps> {
  return async (deps, data) => {
    const payload = schema.safeParse(data);
    if (!payload.success) return false;
    await run(deps, payload.data);
    return true;
  };
}

/** What each kind of task does. */
const HANDLERS: Readonly<Record<TaskName, TaskHandler<SendTaskDeps>>> = {
  send: handles(TASKS.send.payload, (deps, { messageId }) => sendOutgoing(deps, messageId)),
};

const named = z.looseObject({ kind: z.string() });

/**
 * Runs one task by its kind. Throws when it should be run again later: only what may pass is thrown. A payload that is no
 * task never becomes one, so it is logged and taken as done.
 */
export async function runTask<Deps extends { log: Log }>(
  handlers: Readonly<Record<string, TaskHandler<Deps>>>,
  deps: Deps,
  data: unknown,
): Promise<void> {
  const task = named.safeParse(data);
  const handler =
    task.success && Object.hasOwn(handlers, task.data.kind) ? handlers[task.data.kind] : undefined;
  if (handler !== undefined && (await handler(deps, data))) return;
  deps.log.error('send.bad_task', new Error('This is not a task of ours.'));
}

export async function handleTask(deps: SendTaskDeps, data: unknown): Promise<void> {
  await runTask(HANDLERS, deps, data);
}
