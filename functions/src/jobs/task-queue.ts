import { accountOf } from '../platform/service-accounts.ts';
import type { Task, TaskPayload } from './tasks.ts';

/** Work handed to Cloud Tasks. */
export interface TaskQueue {
  /**
   * At-least-once, not before `at` (the emulator runs it at once); the handler must bear running twice and early. Throws
   * when the queue did not take it.
   */
  enqueue(task: Task, at?: Date): Promise<void>;
}

/** The app whose tasks are called in the name of the only account that may call a task function. */
const APP = 'tasks';

export function createTaskQueue(region: string, projectId: string): TaskQueue {
  return {
    async enqueue({ lane, payload }, at) {
      // Loaded here, so that only a process that enqueues pays for it.
      const [{ getApps, initializeApp }, { getFunctions }, { TASKS }] = await Promise.all([
        import('firebase-admin/app'),
        import('firebase-admin/functions'),
        import('./tasks.ts'),
      ]);
      const app =
        getApps().find(({ name }) => name === APP) ??
        initializeApp({ projectId, serviceAccountId: accountOf('tasks', projectId) }, APP);
      const name = TASKS[payload.kind].queues[lane];
      const queue = getFunctions(app).taskQueue<TaskPayload>(`locations/${region}/functions/${name}`);
      await queue.enqueue(payload, at === undefined ? {} : { scheduleTime: at });
    },
  };
}
