import { Firestore, type Timestamp } from '@google-cloud/firestore';
import { z } from 'zod';
import { descendants, processTable } from '../../functions/cli/lib/processes.ts';
import type { TestStack } from '../../functions/cli/lib/test-stack.ts';
import { pollUntil } from './poll-until.ts';

/** A text in the carrier's memory, as far as the kill test looks at it. */
const carrierText = z.object({
  sid: z.string(),
  direction: z.string(),
  to: z.string(),
  body: z.string(),
  status: z.string(),
  statusCallback: z.string().nullable(),
  callbacks: z.array(z.object({ at: z.string(), answered: z.number().nullable() })),
});
export type CarrierText = z.infer<typeof carrierText>;

/** An outgoing entry as it is stored, as far as the kill test looks at it. */
export interface StoredEntry {
  readonly id: string;
  readonly status: string;
  readonly body: string;
  readonly providerId: string | null;
  readonly errorReason: string | null;
  readonly resends: number;
  readonly attention: { reason: string } | null;
  readonly checkAt: Timestamp | null;
  readonly history: readonly { status: string; at: Timestamp; source: string }[];
}

/** What can be seen of a stack from the outside while its functions are being killed. */
export interface Watch {
  readonly db: Firestore;
  /** The texts that the API took, oldest first, as the carrier has them. */
  atCarrier(): Promise<CarrierText[]>;
  /** The log's entries of messages that begin with `prefix`. */
  entries(): Promise<StoredEntry[]>;
  /** Resolves when no delivery and no callback is under way at the carrier. */
  carrierIdle(): Promise<void>;
  /** Runs the schedule as of an instant, as the dev clock does. */
  runDueWorkAt(instant: Date): Promise<void>;
}

export function watch(stack: TestStack, prefix: string): Watch {
  const { urls, projectId } = stack;
  const db = new Firestore({
    projectId,
    host: new URL(urls.firestore).host,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  const get = async (url: string): Promise<unknown> => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${String(response.status)}`);
    return response.json();
  };
  return {
    db,
    async atCarrier() {
      const answer = await get(`${urls.carrier}/messages`);
      const { messages } = z.object({ messages: z.array(carrierText) }).parse(answer);
      return messages.filter(({ direction }) => direction === 'outbound-api');
    },
    async entries() {
      const texts = db.collection('outgoingMessages').where('body', '>=', prefix);
      const { docs } = await texts.where('body', '<', `${prefix}\uffff`).get();
      return docs.map((each) => ({ ...(each.data() as StoredEntry), id: each.id }));
    },
    async carrierIdle() {
      await pollUntil(
        async () => z.object({ idle: z.boolean() }).parse(await get(`${urls.carrier}/idle`)).idle,
        { within: 60_000, what: 'the carrier to have reported everything' },
      );
    },
    async runDueWorkAt(instant) {
      const run = async () => {
        const response = await fetch(`${urls.carrier}/clock`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ jumpTo: instant.toISOString() }),
        });
        if (!response.ok) throw new Error(`The due work failed: ${await response.text()}`);
        return true;
      };
      // A run can meet the locks of a killed process, which the store keeps for a minute; the next one does not.
      await pollUntil(run, { within: 180_000, every: 1000, what: 'the due work to be done' });
    },
  };
}

/**
 * The processes that run the functions of this test's own emulators: below this process, so nobody else's. One serves
 * each function (functions/cli/lib/shared-workers.ts).
 */
export function functionsProcesses(): number[] {
  const below = new Set(descendants(process.pid));
  return processTable()
    .filter(({ pid, command }) => below.has(pid) && command.includes('functionsEmulatorRuntime'))
    .map(({ pid }) => pid);
}

/** `kill -9`, and waits until they are gone. */
export async function killNow(pids: readonly number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await pollUntil(() => !processTable().some(({ pid }) => pids.includes(pid)), {
    every: 5,
    what: 'the killed processes to be gone',
  });
}
