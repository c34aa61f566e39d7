import type {
  PreferencesPatch,
  SessionAnswer,
  SignIn,
  SignInAnswer,
} from '../../../functions/src/contract/team.ts';
import { call } from './http.ts';

export const getSession = (): Promise<SessionAnswer> => call('GET /session');

export const startSession = (attempt: SignIn): Promise<SignInAnswer> =>
  call('POST /session', { body: attempt });

/** One's own preferences; answers the session with them. */
export const changePreferences = (patch: PreferencesPatch): Promise<SessionAnswer> =>
  call('PATCH /session', { body: patch });

export const deleteSession = (): Promise<null> => call('DELETE /session');

/** Sets the password of someone who was invited. */
export const acceptInvitation = (token: string, password: string): Promise<unknown> =>
  call('POST /operators/invitation', { body: { token, password } });

/** Changes one's own password; every session of the operator ends. */
export const changePassword = (currentPassword: string, newPassword: string): Promise<unknown> =>
  call('POST /session/password', { body: { currentPassword, newPassword } });
