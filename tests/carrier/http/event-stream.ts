import type { ServerResponse } from 'node:http';
import { CarrierError } from '../carrier-error.ts';

const MAX_LISTENERS = 32;
const MAX_BEHIND_BYTES = 1024 * 1024;

/** Server-sent events to the pages that listen. A page that does not keep up is let go; it asks again by itself. */
export class EventStream {
  readonly #listeners = new Set<ServerResponse>();

  /** @throws CarrierError 503 when too many listen. */
  open(response: ServerResponse): void {
    if (this.#listeners.size >= MAX_LISTENERS) throw new CarrierError(503, 20503, 'Too many pages listen.');
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.write('retry: 1000\n\n');
    this.#listeners.add(response);
    response.on('close', () => this.#listeners.delete(response));
  }

  send(event: string, data: unknown): void {
    for (const listener of this.#listeners) {
      if (listener.writableLength > MAX_BEHIND_BYTES) listener.destroy();
      else listener.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  }

  close(): void {
    for (const listener of this.#listeners) listener.end();
    this.#listeners.clear();
  }
}
