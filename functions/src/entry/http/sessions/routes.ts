import type { AddRoute } from '../route.ts';
import { changePasswordRoute } from './change-password.ts';
import { changePreferencesRoute } from './change-preferences.ts';
import { endSessionRoute } from './end-session.ts';
import { listSessionsRoute } from './list-sessions.ts';
import { readSessionRoute } from './read-session.ts';
import { signInRoute } from './sign-in.ts';
import { signOutRoute } from './sign-out.ts';

/** Sign-in, one's own session and password, and the live sessions. */
export const sessionsRoutes: readonly AddRoute[] = [
  signInRoute,
  readSessionRoute,
  changePreferencesRoute,
  signOutRoute,
  changePasswordRoute,
  listSessionsRoute,
  endSessionRoute,
];
