import { Worker } from 'node:worker_threads';
import { getRounds, hashSync } from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { threadBcrypt } from '../../functions/src/platform/bcrypt.ts';

const quick = hashSync('correct horse battery', 4);

const url = new URL('../../functions/src/platform/bcrypt-worker.ts', import.meta.url);

describe('hashing in a thread', () => {
  test('OP-1: compares and hashes as bcrypt does', async () => {
    const bcrypt = threadBcrypt();
    expect(await bcrypt.compare('correct horse battery', quick)).toBe(true);
    expect(await bcrypt.compare('wrong horse battery', quick)).toBe(false);
    const hash = await bcrypt.hash('correct horse battery', 5);
    expect(getRounds(hash)).toBe(5);
    expect(await bcrypt.compare('correct horse battery', hash)).toBe(true);
  });

  test('OP-1: leaves the event loop free: a timer fires while a hash of cost 12 is under way', async () => {
    const bcrypt = threadBcrypt();
    const order: string[] = [];
    // The thread is up.
    await bcrypt.compare('', quick);
    const hashed = bcrypt.hash('correct horse battery', 12).then(() => order.push('hashed'));
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    order.push('served');
    await hashed;
    expect(order).toEqual(['served', 'hashed']);
  });

  test('OP-1: starts one thread, with the first task, for all of them', async () => {
    const started: Worker[] = [];
    const bcrypt = threadBcrypt(() => {
      const worker = new Worker(url);
      started.push(worker);
      return worker;
    });
    expect(started).toHaveLength(0);
    const answers = await Promise.all(
      ['correct horse battery', 'a', 'correct horse battery', 'b'].map((each) => bcrypt.compare(each, quick)),
    );
    expect(answers).toEqual([true, false, true, false]);
    expect(started).toHaveLength(1);
  });

  test('OP-1: a thread that dies fails its tasks, and the next task has another', async () => {
    const sources = [() => new Worker('throw new Error("no memory")', { eval: true }), () => new Worker(url)];
    const bcrypt = threadBcrypt(() => (sources.shift() ?? (() => new Worker(url)))());
    const answers = await Promise.allSettled([bcrypt.compare('a', quick), bcrypt.hash('a', 4)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await bcrypt.compare('correct horse battery', quick)).toBe(true);
  });
});
