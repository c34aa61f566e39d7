import { z } from 'zod';
import type { Lane, QueueName } from './queues.ts';

/** What a kind of background work is: which queue takes it, with its retries and lease (queues.ts), and its payload. */
export interface TaskKind {
  queues: Readonly<Record<Lane, QueueName>>;
  /** Ids, the kind and a version: never documents or personal data. */
  payload: z.ZodType;
}

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/**
 * Every kind of task. Its handler stands under the same name in entry/tasks/handle-task.ts. A queue may still hold tasks
 * of the version before: a payload that changes gets another version, and both are read.
 */
export const TASKS = {
  /** Sends one entry of the outbox. */
  send: {
    queues: { interactive: 'sendOutgoing', bulk: 'sendBulk' },
    payload: z.strictObject({ kind: z.literal('send'), version: z.literal(1), messageId: id }),
  },
} as const satisfies Record<string, TaskKind>;
export type TaskName = keyof typeof TASKS;

export type TaskPayload = { [Name in TaskName]: z.infer<(typeof TASKS)[Name]['payload']> }[TaskName];

/** Work for a queue. */
export interface Task {
  lane: Lane;
  payload: TaskPayload;
}
