/** Where a browser on this machine finds the emulators; null outside them. */
export interface EmulatorHosts {
  auth: string;
  firestore: string;
}

/** From what the emulator suite sets. Null unless both are there: half an emulator would talk to a real project. */
export function emulatorHosts(env: Record<string, string | undefined> = process.env): EmulatorHosts | null {
  const auth = env['FIREBASE_AUTH_EMULATOR_HOST'];
  const firestore = env['FIRESTORE_EMULATOR_HOST'];
  return auth === undefined || firestore === undefined ? null : { auth, firestore };
}
