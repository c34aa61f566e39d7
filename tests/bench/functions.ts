import { onRequest } from 'firebase-functions/https';
import { onTaskDispatched } from 'firebase-functions/tasks';

// What the bench runs on its emulators: Parley's functions, and beside them two that do nothing, to compare with.
export * from '../../functions/src/index.ts';

export const empty = onRequest({ region: 'us-central1' }, (_request, response) => {
  response.status(200).send('');
});

export const emptyTask = onTaskDispatched(
  { region: 'us-central1', rateLimits: { maxConcurrentDispatches: 50 } },
  () => {},
);
