import { parentPort } from 'node:worker_threads';
import { compareSync, hashSync } from 'bcryptjs';
import type { BcryptTask } from './bcrypt.ts';

// The thread that hashes passwords (bcrypt.ts): one task after the other. A task that cannot be done ends the thread,
// and with it fails.
parentPort?.on('message', (task: BcryptTask) => {
  const result =
    task.kind === 'compare' ? compareSync(task.password, task.hash) : hashSync(task.password, task.cost);
  parentPort?.postMessage({ id: task.id, result });
});
