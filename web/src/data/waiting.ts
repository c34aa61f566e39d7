import type { WaitingAnswer } from '../../../functions/src/contract/waiting.ts';
import { Store } from '../store.ts';
import { changes } from './connection.ts';
import { getWaiting } from './messages.ts';

/** What waits for an operator's decision; null while it is not known. */
export const waiting = new Store<WaitingAnswer | null>(null);

const EVERY_MS = 60_000;
/** Changes come in bursts, and the first of them is not yet the whole. */
const SETTLE_MS = 1500;

async function ask(): Promise<void> {
  if (document.visibilityState !== 'visible') return;
  // What was known stays where it cannot be asked for.
  const answer = await getWaiting().catch(() => null);
  if (answer) waiting.set(answer);
}

/** Keeps `waiting` up to date, at every change and every minute, until the returned function is called. */
export function watchWaiting(): () => void {
  let soon: ReturnType<typeof setTimeout> | undefined;
  const onReturn = (): void => void ask();
  const timer = setInterval(onReturn, EVERY_MS);
  const stop = changes.subscribe(() => {
    clearTimeout(soon);
    soon = setTimeout(onReturn, SETTLE_MS);
  });
  document.addEventListener('visibilitychange', onReturn);
  void ask();
  return () => {
    clearInterval(timer);
    clearTimeout(soon);
    stop();
    document.removeEventListener('visibilitychange', onReturn);
    waiting.set(null);
  };
}
