/**
 * The queues of Cloud Tasks: one a task function, of the same name. Each declares how often its function is called and
 * how a failed call is repeated; `index.ts` deploys what stands here. Without any library, since every function that
 * starts reads it.
 */
export interface Queue {
  /** A run ends before its lease does, so two never overlap. */
  timeoutSeconds: number;
  leaseSeconds: number;
  retryConfig: {
    maxAttempts: number;
    minBackoffSeconds: number;
    maxBackoffSeconds: number;
    maxDoublings: number;
  };
  rateLimits: { maxConcurrentDispatches: number; maxDispatchesPerSecond: number };
}

/** Waits of 1, 2, 4 … 64, 120, 120 … s: a carrier's 429 gets two minutes, a store that is down about half an hour. */
const RETRY = { maxAttempts: 20, minBackoffSeconds: 1, maxBackoffSeconds: 120, maxDoublings: 7 };
const TIMES = { timeoutSeconds: 50, leaseSeconds: 60 };

export const QUEUES = {
  sendOutgoing: {
    ...TIMES,
    retryConfig: RETRY,
    rateLimits: { maxConcurrentDispatches: 100, maxDispatchesPerSecond: 200 },
  },
  /** Half of the other's rate: whatever waits here, the carrier and the store have room for what an operator answers. */
  sendBulk: {
    ...TIMES,
    retryConfig: RETRY,
    rateLimits: { maxConcurrentDispatches: 50, maxDispatchesPerSecond: 100 },
  },
} as const satisfies Record<string, Queue>;
export type QueueName = keyof typeof QUEUES;

/** Whether somebody waits for it. What nobody waits for has a queue of its own, however much of it there is. */
export type Lane = 'interactive' | 'bulk';
