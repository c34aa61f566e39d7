import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { SmsGateway } from '../../carrier/gateway.ts';
import { sendOutgoing } from '../../outbox/send-outgoing.ts';
import { runtimeDeps, type Deps } from '../deps.ts';

/** The payload of a `sendOutgoing` task (platform/task-queue.ts). */
const sendTask = z.strictObject({
  kind: z.literal('send'),
  version: z.literal(1),
  messageId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
});

/** What the task handler needs besides the rest. */
export interface SendTaskDeps extends Deps {
  gateway: SmsGateway;
  wait?: (milliseconds: number) => Promise<void>;
}

let made: SendTaskDeps | null = null;

/** The composition root of the worker, which alone sends through the carrier. */
export async function runtimeSendDeps(): Promise<SendTaskDeps> {
  if (made !== null) return made;
  const deps = runtimeDeps();
  const gateway = await deps.carrier.gateway();
  made = { ...deps, wait: (milliseconds) => wait(Math.max(0, milliseconds)), gateway };
  return made;
}

/**
 * Runs one task. Throws when it should be run again later: only what may pass is thrown. A payload that is no task never
 * becomes one, so it is logged and taken as done.
 */
export async function handleSendTask(deps: SendTaskDeps, payload: unknown): Promise<void> {
  const task = sendTask.safeParse(payload);
  if (!task.success) {
    deps.log.error('send.bad_task', new Error('This is not a task of ours.'));
    return;
  }
  await sendOutgoing(deps, task.data.messageId);
}
