import { AppError } from '../../platform/errors.ts';
import { within } from '../../platform/retry.ts';

/** Hosting gives up after 60 s; by then the caller should have been told. */
const DEADLINE_MILLISECONDS = 30_000;

/** What a route may take of an instance. */
export interface RouteLimits {
  /** From the request to the end of its answer; 30 s unless the route says otherwise. */
  deadlineMilliseconds?: number;
  /** How many calls of this route one instance answers at once; what comes beyond gets ROUTE_BUSY. */
  concurrency?: number;
}

/** One call's stay. */
export interface Turn {
  /** Aborted at the deadline, and when the caller goes away. */
  signal: AbortSignal;
  /** Fails with UNAVAILABLE at the deadline. */
  within<T>(work: Promise<T>): Promise<T>;
  /** Makes room for the next call; more than once changes nothing. */
  end(): void;
}

/** Lets calls of one route in. */
export function turnstile({
  deadlineMilliseconds = DEADLINE_MILLISECONDS,
  concurrency = Infinity,
}: RouteLimits): (caller: AbortSignal) => Turn {
  let inside = 0;
  return (caller) => {
    if (inside >= concurrency) throw new AppError('ROUTE_BUSY', { details: { retryAfterSeconds: 1 } });
    inside += 1;
    const controller = new AbortController();
    const gone = () => controller.abort(caller.reason);
    const late = () => controller.abort(new AppError('UNAVAILABLE', { cause: new Error('deadline passed') }));
    const timer = setTimeout(late, deadlineMilliseconds);
    if (caller.aborted) gone();
    caller.addEventListener('abort', gone, { once: true });
    let over = false;
    return {
      signal: controller.signal,
      within: (work) => within(deadlineMilliseconds, work),
      end() {
        if (over) return;
        over = true;
        inside -= 1;
        clearTimeout(timer);
        caller.removeEventListener('abort', gone);
      },
    };
  };
}
