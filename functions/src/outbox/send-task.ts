import type { Task } from '../jobs/tasks.ts';
import { POLICIES, type Origin } from './origin.ts';

/** The task that sends an entry, in the lane of its origin. */
export function sendTask({ id, origin }: { id: string; origin: Pick<Origin, 'kind'> }): Task {
  return { lane: POLICIES[origin.kind].lane, payload: { kind: 'send', version: 1, messageId: id } };
}
