/** Where everything runs: Firestore, the functions, and the queue. */
export const REGION = 'us-central1';
