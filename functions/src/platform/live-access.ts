import type { Role } from '../contract/permissions.ts';
import { emulatorHosts, type EmulatorHosts } from './emulator-hosts.ts';
import { AppError } from './errors.ts';

/** What the rules check of a live reader (OP-9): each of them against the session's own record. */
export interface LiveClaims {
  role: Role;
  sid: string;
  /** The session's end in Unix seconds. */
  end: number;
}

/** How a browser may listen to Firestore. */
export interface LiveAccess {
  readonly projectId: string;
  readonly emulator: EmulatorHosts | null;
  /** A Firebase custom token for one operator. Throws UNAVAILABLE when it cannot be signed. */
  token(operatorId: string, claims: LiveClaims): Promise<string>;
}

/** By firebase-admin, which is imported at the first token, since only sign-in and `GET session` need it. */
export function createLiveAccess(projectId: string): LiveAccess {
  return {
    projectId,
    emulator: emulatorHosts(),
    async token(operatorId, claims) {
      const [{ getApps, initializeApp }, { getAuth }] = await Promise.all([
        import('firebase-admin/app'),
        import('firebase-admin/auth'),
      ]);
      try {
        return await getAuth(getApps()[0] ?? initializeApp({ projectId })).createCustomToken(
          operatorId,
          claims,
        );
      } catch (cause) {
        // Deployed, this is a missing permission: the runbook names the role that the service account needs.
        const message =
          'Sign-in works, but live reading is not set up: the service account may not sign tokens.';
        throw new AppError('UNAVAILABLE', { message, cause });
      }
    },
  };
}
