import { DEFAULT_UNDO_SECONDS } from '../../functions/src/contract/limits.ts';
import { may, type Permission } from '../../functions/src/contract/permissions.ts';
import type { SessionAnswer, SignInAnswer } from '../../functions/src/contract/team.ts';
import { notify } from './announce.ts';
import { resetWords } from './components/reset-words.ts';
import { ApiProblem } from './data/api-problem.ts';
import { whenRefused } from './data/http.ts';
import { changePreferences, deleteSession, getSession, startSession } from './data/session.ts';
import { knownDevices, rememberDevice } from './devices.ts';
import { forgetDrafts } from './drafts.ts';
import { Store } from './store.ts';

/** Why there is no session (any more). */
export type EndReason = 'expired' | 'ended' | 'signed-out' | 'unreachable';

export type SessionState =
  | { phase: 'asking' }
  | { phase: 'in'; answer: SessionAnswer }
  | { phase: 'out'; reason: EndReason | null; problem?: ApiProblem };

export const session = new Store<SessionState>({ phase: 'asking' });

/**
 * When the session of this browser ends; no secret. Tells a first visitor, for whom nothing need be asked, from one who
 * comes back, and keeps the tabs of one browser in step.
 */
const MARK = 'parley.session-ends';

/** How long before its end a session says so. */
const WARN_MS = 5 * 60_000;
let warned = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let live: Promise<{ stop: () => void }> | undefined;

/** Who is signed in, or null. */
export function currentOperator(): SessionAnswer['operator'] | null {
  return session.value.phase === 'in' ? session.value.answer.operator : null;
}

/** Whether whoever is signed in may do this; drives what the console shows, while the server decides. */
export function allowed(permission: Permission): boolean {
  const operator = currentOperator();
  return operator !== null && may(operator.role, permission);
}

/** How long a send of whoever is signed in can be undone (OUT-9). */
export function ownUndoSeconds(): number {
  return session.value.phase === 'in' ? session.value.answer.settings.undoSeconds : DEFAULT_UNDO_SECONDS;
}

/** Chooses it for every send from now on. */
export async function chooseUndoSeconds(undoSeconds: number): Promise<void> {
  const { settings } = await changePreferences({ undoSeconds });
  if (session.value.phase === 'in')
    session.set({ phase: 'in', answer: { ...session.value.answer, settings } });
}

function enter(answer: SessionAnswer): void {
  warned = false;
  localStorage.setItem(MARK, answer.endsAt);
  forgetDrafts(localStorage, answer.operator.id, Date.now());
  session.set({ phase: 'in', answer });
  watchEnd();
  live = import('./data/session-watch.ts').then((module) =>
    module.startLive(answer, () => void confirmEnd()),
  );
  // Without live updates the pages still work and say so.
  live.catch(() => undefined);
}

/** Something says that the session may be over: the server knows, and its 401 goes to `whenRefused`. */
export async function confirmEnd(): Promise<void> {
  if (session.value.phase === 'in') await getSession().catch(() => undefined);
}

function stopLive(): void {
  void live
    ?.then((started) => {
      started.stop();
    })
    .catch(() => undefined);
  live = undefined;
}

/** Forgets the session on this side: the page with its data goes, listeners stop. */
function leave(reason: EndReason | null): void {
  clearTimeout(timer);
  localStorage.removeItem(MARK);
  stopLive();
  session.set({ phase: 'out', reason });
}

/** Leaves at the very end of the session; a sleeping laptop's timers stand still, so waking checks as well. */
function watchEnd(): void {
  clearTimeout(timer);
  if (session.value.phase !== 'in') return;
  const left = Date.parse(session.value.answer.endsAt) - Date.now();
  if (left <= 0) {
    leave('expired');
    return;
  }
  if (left <= WARN_MS && !warned) {
    warned = true;
    notify('info', 'Your session ends in 5 minutes. Finish what you are writing, then sign in again.');
  }
  timer = setTimeout(watchEnd, Math.min(left, 30_000));
}

/** Whether this browser seems to have a session, before the server was asked. */
export function seemsSignedIn(): boolean {
  return localStorage.getItem(MARK) !== null;
}

/** At start: asks the server whose session this is, unless there plainly is none. */
export async function openSession(pathname: string): Promise<void> {
  const mark = localStorage.getItem(MARK);
  if (mark === null && (pathname === '/' || pathname === '/sign-in' || pathname === '/join')) {
    session.set({ phase: 'out', reason: null });
    return;
  }
  try {
    enter(await getSession());
  } catch (thrown) {
    // A 401 has been dealt with by `whenRefused`; anything else leaves the question open.
    if (session.value.phase === 'asking') session.set({ phase: 'out', reason: 'unreachable' });
    if (!(thrown instanceof Error)) throw thrown;
  }
}

/** While others are signing in, it waits and tries again by itself, so often. */
const BUSY_TRIES = 5;

/** Signs in; throws ApiProblem (`CREDENTIALS_WRONG`, `SIGN_IN_LOCKED`, …). */
export async function signIn(email: string, password: string): Promise<void> {
  const { device, ...answer } = await startPatiently(email, password);
  rememberDevice(localStorage, answer.operator.id, device);
  enter(answer);
  const told = resetWords(answer.resets);
  // It stays until it is dismissed, and is there again at the next sign-in.
  if (told !== null) notify('bad', told);
}

async function startPatiently(email: string, password: string): Promise<SignInAnswer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startSession({ email, password, devices: knownDevices(localStorage) });
    } catch (thrown) {
      const busy = thrown instanceof ApiProblem && thrown.errorCode === 'SIGN_IN_BUSY';
      if (!busy || tries === BUSY_TRIES) throw thrown;
      const seconds = (thrown.retryAfterSeconds ?? 1) * (1 + Math.random());
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }
}

/** Ends the session here and, where it can be reached, at the server. */
export async function signOut(): Promise<void> {
  // First, or the listener would tell of the end that is being made here.
  stopLive();
  try {
    await deleteSession();
  } finally {
    forgetDrafts(localStorage, null, Date.now());
    leave('signed-out');
  }
}

/** Takes over a session that the server has ended, e.g. after a change of password. */
export function sessionEnded(reason: EndReason): void {
  leave(reason);
}

/** Clocks differ a little, and the cookie goes by another's. */
const NEARLY_MS = 5000;

/**
 * Why the server sees no session: as it says, or as this browser remembers, since the cookie goes when the session ends
 * and the server then knows of none.
 */
function reasonOf(problem: ApiProblem): EndReason | null {
  if (problem.errorCode === 'SESSION_EXPIRED') return 'expired';
  if (problem.errorCode === 'SESSION_ENDED') return 'ended';
  const mark = localStorage.getItem(MARK);
  if (mark !== null && Date.parse(mark) <= Date.now() + NEARLY_MS) return 'expired';
  return mark !== null || session.value.phase === 'in' ? 'ended' : null;
}

whenRefused((problem) => {
  // Calls that were on their way together are refused together; the first has told why.
  if (session.value.phase !== 'out') leave(reasonOf(problem));
});

document.addEventListener('visibilitychange', watchEnd);

window.addEventListener('storage', (event) => {
  if (event.key !== MARK) return;
  if (event.newValue === null && session.value.phase === 'in') leave('signed-out');
  if (event.newValue !== null && session.value.phase === 'out') void openSession('');
});
