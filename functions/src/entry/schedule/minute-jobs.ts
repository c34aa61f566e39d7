import { sealAuditLog } from '../../audit/seal.ts';
import { reconcileOutgoing, type ReconcileDeps } from '../../outbox/reconcile-outgoing.ts';
import { sweepQueued, type SweepDeps } from '../../outbox/sweep-queued.ts';
import type { Config } from '../../platform/config.ts';
import type { Job } from '../../jobs/run-jobs.ts';

/** What the minute's jobs need, all together. */
export type MinuteDeps = SweepDeps & ReconcileDeps & { config: Pick<Config, 'smsMode' | 'secrets'> };

/**
 * What `runDueWork` does every minute. A new job is one more row. They run side by side, so the longest deadline is the
 * longest run; it stays below the 120 s that the function has, with time left to say what failed.
 */
export const MINUTE_JOBS: readonly Job<MinuteDeps>[] = [
  { name: 'messages.sweep', deadlineMs: 100_000, run: sweepQueued },
  {
    name: 'messages.reconcile',
    // It takes up no further message after 45 s.
    deadlineMs: 100_000,
    // Where nothing is sent, there is nobody to ask.
    run: async (deps, now) => (deps.config.smsMode === 'disabled' ? null : reconcileOutgoing(deps, now)),
  },
  { name: 'audit.seal', deadlineMs: 60_000, run: sealAuditLog },
];
