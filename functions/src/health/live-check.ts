import type { LiveAccess } from '../platform/live-access.ts';
import { fine, wrong, type Check } from './check.ts';

/** Whether custom tokens can be signed, without which the console shows no new entries by itself (OP-9). */
export function liveCheck(live: Pick<LiveAccess, 'token'>): Check {
  return {
    id: 'live-tokens',
    title: 'Live updates',
    async run() {
      try {
        // Of a session that does not exist and is over since 1970; it is dropped at once.
        await live.token('health-check', { role: 'viewer', sid: 'health-check', end: 0 });
        return fine('Tokens for live updates can be signed.');
      } catch {
        return wrong(
          'Tokens for live updates cannot be signed: pages show new messages only after a reload.',
          'Give the service account parley-api the role Service Account Token Creator on itself: see functions/docs/deploy.md.',
        );
      }
    },
  };
}
