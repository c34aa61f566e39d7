import { expect, test } from 'vitest';
import { z } from 'zod';
import { handles, runTask } from '../../functions/src/entry/tasks/handle-task.ts';
import { QUEUES } from '../../functions/src/jobs/queues.ts';
import { TASKS } from '../../functions/src/jobs/tasks.ts';
import { createLog } from '../../functions/src/platform/log.ts';

const world = () => {
  const lines: string[] = [];
  return { lines, log: createLog((line) => lines.push(line)), counted: [] as string[] };
};
type World = ReturnType<typeof world>;

// A kind of task that does not exist yet, of which two versions are in the queue.
const handlers = {
  count: handles<World, { version: 1 | 2; listId: string }>(
    z.discriminatedUnion('version', [
      z.strictObject({ kind: z.literal('count'), version: z.literal(1), listId: z.string() }),
      z.strictObject({
        kind: z.literal('count'),
        version: z.literal(2),
        listId: z.string(),
        part: z.number(),
      }),
    ]),
    async ({ counted }, { listId, version }) => void counted.push(`${listId} ${String(version)}`),
  ),
};

test('OUT-3: a task is run by its kind, in each version that may still be in a queue', async () => {
  const deps = world();
  await runTask(handlers, deps, { kind: 'count', version: 1, listId: 'l_1' });
  await runTask(handlers, deps, { kind: 'count', version: 2, listId: 'l_2', part: 3 });
  expect(deps.counted).toEqual(['l_1 1', 'l_2 2']);
  expect(deps.lines).toEqual([]);
});

test.each([
  null,
  'count',
  {},
  { kind: 'other', version: 1, listId: 'l_1' },
  { kind: 'toString', version: 1 },
  { kind: 'count', version: 3, listId: 'l_1' },
  { kind: 'count', version: 1, listId: 'l_1', body: 'Hello' },
])('OUT-3: what is no task of ours is logged and done: %j', async (data) => {
  const deps = world();
  await runTask(handlers, deps, data);
  expect(deps.counted).toEqual([]);
  expect(deps.lines.map((line) => z.object({ event: z.string() }).parse(JSON.parse(line)).event)).toEqual([
    'send.bad_task',
  ]);
});

test('OUT-3: what passes is thrown, so that the queue tries again', async () => {
  const failing = { count: handles(z.unknown(), () => Promise.reject(new Error('down'))) };
  await expect(runTask(failing, world(), { kind: 'count' })).rejects.toThrow('down');
});

test('OUT-3: tasks of the version before are still read', () => {
  const before = { kind: 'send', version: 1, messageId: 'm_abc-DEF_012' };
  expect(TASKS.send.payload.parse(before)).toEqual(before);
});

test('OUT-6: a run ends before its lease, and each kind has a queue for each lane', () => {
  for (const { queues } of Object.values(TASKS)) {
    expect(queues.interactive).not.toBe(queues.bulk);
    for (const name of Object.values(queues))
      expect(QUEUES[name].timeoutSeconds).toBeLessThan(QUEUES[name].leaseSeconds);
  }
});
