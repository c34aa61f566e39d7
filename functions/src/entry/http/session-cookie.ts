/** The only cookie that Firebase Hosting forwards to a function. */
const SESSION_COOKIE = '__session';

const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Strict';

function sessionCookies(header: string | null): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`))
    .map((pair) => pair.slice(SESSION_COOKIE.length + 1));
}

/** Whether a Cookie header holds a session token, or what is put in its place. */
export function carriesSessionCookie(header: string | null): boolean {
  return sessionCookies(header).some((value) => value !== '');
}

/** The session token of a Cookie header; null when there is none, or more than one, which no browser of ours sends. */
export function readSessionCookie(header: string | null): string | null {
  const values = sessionCookies(header);
  const [value] = values;
  return values.length === 1 && value !== undefined && value !== '' ? value : null;
}

/** Set-Cookie for a session (OP-2): the browser drops it when the session ends, at the latest. */
export function sessionCookie(token: string, endsAt: Date, now: Date): string {
  const seconds = Math.max(0, Math.floor((endsAt.getTime() - now.getTime()) / 1000));
  return `${SESSION_COOKIE}=${token}; ${ATTRIBUTES}; Max-Age=${String(seconds)}`;
}

/** Set-Cookie that takes the session away. */
export const NO_SESSION_COOKIE = `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
