/** The only cookie that Firebase Hosting forwards to a function. */
export const SESSION_COOKIE = '__session';

const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Strict';

/** The session token of a Cookie header; null when there is none, or more than one, which no browser of ours sends. */
export function readSessionCookie(header: string | null): string | null {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`))
    .map((pair) => pair.slice(SESSION_COOKIE.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && value !== '' ? value : null;
}

/**
 * A day: the token in it is dead after its 4 hours, but a browser that still sends it can be told that its session
 * ended, and not only that there is none.
 */
const KEPT_SECONDS = 24 * 60 * 60;

/** Set-Cookie for a new session (OP-2). */
export function sessionCookie(token: string): string {
  return `${SESSION_COOKIE}=${token}; ${ATTRIBUTES}; Max-Age=${String(KEPT_SECONDS)}`;
}

/** Set-Cookie that takes the session away. */
export const NO_SESSION_COOKIE = `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
