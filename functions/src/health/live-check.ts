import type { LiveAccess } from '../platform/live-access.ts';
import { fine, wrong, type Check } from './check.ts';

/** Whether custom tokens can be signed, without which the console shows no new entries by itself (OP-9). */
export function liveCheck(live: Pick<LiveAccess, 'token'>): Check {
  return {
    id: 'live-tokens',
    title: 'Live reading',
    async run() {
      try {
        // Of a session that does not exist and is over since 1970; it is dropped at once.
        await live.token('health-check', { role: 'viewer', sid: 'health-check', end: 0 });
        return fine('Tokens for live reading can be signed.');
      } catch {
        return wrong(
          'Tokens for live reading cannot be signed: pages show new entries only when they are loaded again.',
          'Give the service account of the functions the role Service Account Token Creator on itself: see functions/docs/deploy.md.',
        );
      }
    },
  };
}
