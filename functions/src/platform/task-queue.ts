import { accountOf } from './service-accounts.ts';

/** Work handed to Cloud Tasks. Payloads carry ids and a version, never documents or personal data. */
export interface TaskQueue {
  /**
   * At-least-once, not before `at` (the emulator runs it at once); the handler must bear running twice and early. Throws
   * when the queue did not take it.
   */
  enqueueSend(messageId: string, at?: Date): Promise<void>;
}

/** The payload of a `sendOutgoing` task. */
export interface SendTask {
  kind: 'send';
  version: 1;
  messageId: string;
}

/** The app whose tasks are called in the name of the only account that may call `sendOutgoing`. */
const APP = 'tasks';

export function createTaskQueue(region: string, projectId: string): TaskQueue {
  return {
    async enqueueSend(messageId, at) {
      // Loaded here, so that only a process that enqueues pays for it.
      const [{ getApps, initializeApp }, { getFunctions }] = await Promise.all([
        import('firebase-admin/app'),
        import('firebase-admin/functions'),
      ]);
      const app =
        getApps().find(({ name }) => name === APP) ??
        initializeApp({ projectId, serviceAccountId: accountOf('tasks', projectId) }, APP);
      const task: SendTask = { kind: 'send', version: 1, messageId };
      const queue = getFunctions(app).taskQueue<SendTask>(`locations/${region}/functions/sendOutgoing`);
      await queue.enqueue(task, at === undefined ? {} : { scheduleTime: at });
    },
  };
}
