/**
 * The parts of the Firebase SDK that live updates need, and nothing else, so that the rest is left out of the build.
 * Only `live.ts` imports this, lazily: it weighs more than the rest of the console.
 */
export { deleteApp, initializeApp } from 'firebase/app';
export {
  connectAuthEmulator,
  inMemoryPersistence,
  initializeAuth,
  signInWithCustomToken,
} from 'firebase/auth';
export {
  collection,
  connectFirestoreEmulator,
  doc,
  initializeFirestore,
  limit,
  memoryLocalCache,
  onSnapshot,
  orderBy,
  query,
  setLogLevel,
  terminate,
  Timestamp,
  where,
} from 'firebase/firestore';
export type { Firestore } from 'firebase/firestore';
