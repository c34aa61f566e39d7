import type { BenchStack } from './stack.ts';

/** Watches what the carrier accepts, as it accepts it: one clock for every way of sending. */
export interface CarrierTap {
  /** Resolves when the carrier has accepted this many different messages that begin with `prefix`. Fails after four minutes. */
  taken(prefix: string, count: number): Promise<void>;
  /** Messages that it accepted more than once: bodies that came under two ids. */
  doubles(): number;
  close(): void;
}

const PATIENCE_MILLISECONDS = 240_000;

interface TextEvent {
  text?: { sid: string; direction: string; body: string };
}

/** Listens to the carrier's events, as its handsets page does. */
export async function tapCarrier({ instance }: BenchStack): Promise<CarrierTap> {
  const ended = new AbortController();
  const response = await fetch(`${instance.urls.carrier}/events`, { signal: ended.signal });
  if (response.body === null) throw new Error('The carrier sends no events.');
  const sids = new Map<string, Set<string>>();
  const watchers = new Set<(body: string) => void>();
  const read = async (lines: AsyncIterable<string>) => {
    for await (const line of lines) {
      if (!line.startsWith('data: ')) continue;
      const { text } = JSON.parse(line.slice('data: '.length)) as TextEvent;
      if (text?.direction !== 'received') continue;
      const known = sids.get(text.body);
      known?.add(text.sid);
      if (known !== undefined) continue;
      sids.set(text.body, new Set([text.sid]));
      for (const watch of watchers) watch(text.body);
    }
  };
  // Ends with the tap; a carrier that lets go of it shows as texts that never come.
  read(linesOf(response.body)).catch(() => undefined);
  return {
    taken: (prefix, wanted) =>
      new Promise((resolve, reject) => {
        let count = 0;
        const settle = (end: () => void) => {
          clearTimeout(timer);
          watchers.delete(watch);
          end();
        };
        const watch = (body: string) => {
          if (body.startsWith(prefix) && (count += 1) === wanted) settle(resolve);
        };
        const timer = setTimeout(() => {
          const problem = `The carrier has ${String(count)} of ${String(wanted)} texts "${prefix}".`;
          settle(() => reject(new Error(problem)));
        }, PATIENCE_MILLISECONDS);
        watchers.add(watch);
        for (const body of sids.keys()) watch(body);
      }),
    doubles: () => [...sids.values()].filter((each) => each.size > 1).length,
    close: () => ended.abort(),
  };
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
