import type { QueryDocumentSnapshot } from '@google-cloud/firestore';

/** All that a run left in the database. */
export interface Documents {
  outgoing: QueryDocumentSnapshot[];
  incoming: QueryDocumentSnapshot[];
  conversations: QueryDocumentSnapshot[];
  audit: QueryDocumentSnapshot[];
  users: QueryDocumentSnapshot[];
  counters: QueryDocumentSnapshot[];
}
