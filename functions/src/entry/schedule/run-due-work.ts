import { sealAuditLog } from '../../audit/seal.ts';
import { sweepQueued } from '../../outbox/sweep-queued.ts';
import { reconcileOutgoing } from '../../outbox/reconcile-outgoing.ts';
import { createTwilioLookup, type SmsLookup } from '../../twilio/lookup.ts';
import { runtimeDeps, type Deps } from '../deps.ts';

/** What is due needs besides the rest. */
export interface DueDeps extends Deps {
  lookup: SmsLookup;
}

/** The composition root of the schedule, which asks the provider what became of texts. */
export function runtimeDueDeps(): DueDeps {
  const deps = runtimeDeps();
  const { config } = deps;
  const authToken = config.smsMode === 'disabled' ? '' : config.secrets.twilioAuthToken();
  const settings = { accountSid: config.twilioAccountSid, authToken, apiUrl: config.twilioApiUrl };
  return { ...deps, lookup: createTwilioLookup(settings) };
}

/** Something that is done every minute, as far as it is due at `now`. It must bear running twice, and beside itself. */
interface DueWork {
  name: string;
  run(deps: DueDeps, now: Date): Promise<unknown>;
}

/** In this order; each is tried, whatever became of the ones before it. */
const DUE_WORK: readonly DueWork[] = [
  { name: 'messages.sweep', run: (deps, now) => sweepQueued(deps, now) },
  {
    name: 'messages.reconcile',
    // Where nothing is sent, there is nobody to ask.
    run: async (deps, now) => (deps.config.smsMode === 'disabled' ? null : reconcileOutgoing(deps, now)),
  },
  { name: 'audit.seal', run: (deps, now) => sealAuditLog(deps, now) },
];

/** Runs all that is due at `now`. Throws when any of it failed, after the rest was tried, so that the schedule shows it. */
export async function runDueWork(deps: DueDeps, now: Date): Promise<void> {
  const failed: string[] = [];
  const began = deps.clock.now().getTime();
  for (const work of DUE_WORK) {
    try {
      await work.run(deps, now);
    } catch (error) {
      failed.push(work.name);
      deps.log.error('due-work.failed', error, { work: work.name });
    }
  }
  const milliseconds = deps.clock.now().getTime() - began;
  deps.log.info('due-work.ran', { failed: failed.length, milliseconds });
  if (failed.length > 0) throw new Error(`Due work failed: ${failed.join(', ')}.`);
}
