import type { BenchStack } from './stack.ts';

/** Puts a task into the emulator's queue as Cloud Tasks' API takes it. */
export async function enqueue({ instance }: BenchStack, queue: string, data: unknown): Promise<void> {
  const url = `${instance.urls.tasks}/projects/demo-parley/locations/us-central1/queues/${queue}/tasks`;
  const body = Buffer.from(JSON.stringify({ data })).toString('base64');
  const handler = `${instance.urls.functions}/demo-parley/us-central1/${queue}`;
  const task = {
    httpRequest: { url: handler, httpMethod: 'POST', headers: { 'Content-Type': 'application/json' }, body },
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ task }),
  });
  if (!response.ok)
    throw new Error(`The queue answered ${String(response.status)}: ${await response.text()}`);
  await response.arrayBuffer();
}

/** How many tasks of a queue have not been done. */
export async function waiting({ instance }: BenchStack, queue: string): Promise<number> {
  const response = await fetch(`${instance.urls.tasks}/queueStats`);
  const stats = (await response.json()) as Record<string, { numberOfTasks: number } | undefined>;
  const found = Object.entries(stats).find(([name]) => name.endsWith(queue));
  return found?.[1]?.numberOfTasks ?? 0;
}
