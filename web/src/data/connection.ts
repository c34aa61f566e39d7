import { Store } from '../store.ts';

/** Whether the server can be reached, as far as is known: the device says so, or the last request got no answer. */
export const online = new Store(navigator.onLine);

/** Calls `again` when the server can be reached once more; for what failed for lack of it. Returns how to stop. */
export function whenBackOnline(again: () => void): () => void {
  return online.subscribe((reachable) => {
    if (reachable) again();
  });
}

window.addEventListener('offline', () => {
  online.set(false);
});
window.addEventListener('online', () => {
  online.set(true);
});

/** Whether new entries arrive on their own. `paused`: what is shown may be behind, and the pages say so. */
export type LiveState = 'off' | 'connecting' | 'live' | 'paused';
export const liveState = new Store<LiveState>('off');

/** Counts changes: rows that arrived live, and requests that changed something. Sums are asked for again. */
export const changes = new Store(0);

export function noteChange(): void {
  changes.set(changes.value + 1);
}
