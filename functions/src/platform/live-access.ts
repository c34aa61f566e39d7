import type { Role } from '../contract/permissions.ts';
import { emulatorHosts, type EmulatorHosts } from './emulator-hosts.ts';

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
  /** A Firebase custom token for one operator. Throws when it cannot be signed: deployed, mostly for lack of a permission. */
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
      // Not any app: that of the task queue signs as another account.
      const app = getApps().find(({ name }) => name === '[DEFAULT]');
      return getAuth(app ?? initializeApp({ projectId })).createCustomToken(operatorId, claims);
    },
  };
}
