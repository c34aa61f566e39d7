import type { TaskQueue } from '../jobs/task-queue.ts';
import { AppError } from '../platform/errors.ts';
import type { Origin } from './origin.ts';
import { sendTask } from './send-task.ts';

/** Throws UNAVAILABLE when the queue did not take it; the entry is kept all the same, and the sweep finds it. */
export async function enqueueSend(
  { tasks }: { tasks: TaskQueue },
  entry: { id: string; origin: Pick<Origin, 'kind'> },
  at: Date | null,
): Promise<void> {
  try {
    await (at === null ? tasks.enqueue(sendTask(entry)) : tasks.enqueue(sendTask(entry), at));
  } catch (cause) {
    throw new AppError('UNAVAILABLE', {
      message: 'The message is kept, but the queue did not take it yet. Try again: it goes out once.',
      cause,
    });
  }
}
