/** Work handed to Cloud Tasks. Payloads carry ids and a version, never documents or personal data. */
export interface TaskQueue {
  /** At-least-once; the handler must bear running twice. Throws when the queue did not take it. */
  enqueueSend(messageId: string): Promise<void>;
}

/** The payload of a `sendOutgoing` task. */
export interface SendTask {
  kind: 'send';
  version: 1;
  messageId: string;
}

export function createTaskQueue(region: string): TaskQueue {
  return {
    async enqueueSend(messageId) {
      // Loaded here, so that only a process that enqueues pays for it.
      const [{ getApps, initializeApp }, { getFunctions }] = await Promise.all([
        import('firebase-admin/app'),
        import('firebase-admin/functions'),
      ]);
      const app = getApps()[0] ?? initializeApp();
      const task: SendTask = { kind: 'send', version: 1, messageId };
      await getFunctions(app).taskQueue<SendTask>(`locations/${region}/functions/sendOutgoing`).enqueue(task);
    },
  };
}
