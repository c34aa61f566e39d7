/**
 * What the console remembers of each step of the browser's history, so that Back brings back what was there: how far the
 * page was scrolled, and what must not stand in an address. In memory only, and forgotten when the session ends.
 */

interface Visit {
  scroll: number;
  /** Searches by phone number and the like, by the page that asked. */
  readonly secrets: Map<string, unknown>;
}

/** Older ones are forgotten. */
const MOST = 50;
const visits = new Map<string, Visit>();
let current = '';
let back = false;

function visitOf(id: string): Visit {
  const known = visits.get(id) ?? { scroll: 0, secrets: new Map<string, unknown>() };
  visits.delete(id);
  visits.set(id, known);
  const [oldest] = visits.keys();
  if (visits.size > MOST && oldest !== undefined) visits.delete(oldest);
  return known;
}

/** The state that `history` keeps of a step: a name for it, and nothing else. */
function nameIn(state: unknown): string | null {
  return typeof state === 'object' && state !== null && 'visit' in state && typeof state.visit === 'string'
    ? state.visit
    : null;
}

/** Whether the reader came here by Back or Forward. */
export function cameBack(): boolean {
  return back;
}

/** The page asks for something else without a step of its own, and is no longer what Back had brought. */
export function changeVisit(): void {
  back = false;
}

/** Leaves the present step, and begins a new one; answers the state for `history.pushState`. */
export function beginVisit(): { visit: string } {
  if (current !== '') visitOf(current).scroll = window.scrollY;
  current = crypto.randomUUID();
  back = false;
  visitOf(current);
  return { visit: current };
}

/** Leaves the present step for one that is known by `state`; answers how far that was scrolled. */
export function returnTo(state: unknown): number {
  if (current !== '') visitOf(current).scroll = window.scrollY;
  current = nameIn(state) ?? '';
  back = true;
  return current === '' ? 0 : visitOf(current).scroll;
}

/** Keeps something of the present step that must not stand in an address. */
export function keepSecret(name: string, value: unknown): void {
  if (current !== '') visitOf(current).secrets.set(name, value);
}

/** What was kept of the present step; undefined for nothing. */
export function secretOf(name: string): unknown {
  return current === '' ? undefined : visitOf(current).secrets.get(name);
}

/** At the end of a session: nothing of it is brought back. */
export function forgetVisits(): void {
  visits.clear();
  back = false;
  for (const forget of forgetting) forget();
}

const forgetting = new Set<() => void>();

/** Calls `forget` at the end of a session as well. */
export function whenForgotten(forget: () => void): void {
  forgetting.add(forget);
}

const MOVES = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;
const PATIENCE_MS = 3000;

/** Scrolls to where a step was left, as soon as the page is long enough again, unless the reader moves first. */
export function scrollBack(to: number): void {
  const visit = current;
  const until = performance.now() + PATIENCE_MS;
  const moved = new AbortController();
  for (const move of MOVES)
    window.addEventListener(move, () => moved.abort(), { once: true, passive: true, signal: moved.signal });
  const attempt = (): void => {
    if (moved.signal.aborted || visit !== current) return;
    window.scrollTo(0, to);
    if (Math.abs(window.scrollY - to) > 1 && performance.now() < until) requestAnimationFrame(attempt);
    else moved.abort();
  };
  attempt();
  requestAnimationFrame(attempt);
}
