import { Firestore } from '@google-cloud/firestore';

export type Database = Firestore;

/** The one Firestore handle of a process; it connects on first use, and to the emulator where FIRESTORE_EMULATOR_HOST is set. */
export function openFirestore(projectId: string): Database {
  return new Firestore({ projectId });
}
