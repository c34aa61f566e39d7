import { AppError } from '../../platform/errors.ts';
import type { AnswerKind } from './kinds.ts';
import type { Turn } from './turn.ts';

type Chunk = Uint8Array<ArrayBuffer>;

/**
 * A stream that asks its source for the next chunk when the last one has been sent, so that memory stays flat however
 * slowly somebody reads. It ends with the source, with a reader who goes away, or with the turn's deadline; then the
 * source is told to return, and the turn is over.
 */
function pulled(
  source: AsyncIterator<Chunk>,
  first: IteratorResult<Chunk>,
  turn: Turn,
  failed: (error: unknown) => void,
): ReadableStream<Chunk> {
  let next: IteratorResult<Chunk> | null = first;
  let over = false;
  const end = () => {
    over = true;
    turn.end();
  };
  const stop = () => {
    end();
    // A source that waits for something returns when that has come; nobody waits for it.
    source.return?.().catch(failed);
  };
  return new ReadableStream<Chunk>(
    {
      start(controller) {
        const cut = () => {
          if (over) return;
          stop();
          const reason: unknown = turn.signal.reason;
          if (reason instanceof AppError) failed(reason);
          controller.error(reason);
        };
        if (turn.signal.aborted) cut();
        else turn.signal.addEventListener('abort', cut, { once: true });
      },
      async pull(controller) {
        try {
          const chunk = next ?? (await source.next());
          next = null;
          if (over) return;
          if (chunk.done !== true) return controller.enqueue(chunk.value);
          end();
          controller.close();
        } catch (error) {
          if (over) return;
          end();
          failed(error);
          controller.error(error);
        }
      },
      cancel: stop,
    },
    { highWaterMark: 0 },
  );
}

/**
 * An answer that is sent as it comes, of any length. What fails before the first chunk is answered like any error; after
 * that only the connection can be cut. Numbers in it are shown as the handler wrote them.
 */
export function streamOut(type: string): AnswerKind<AsyncIterable<Chunk>> {
  return {
    content: { [type]: { schema: { type: 'string', format: 'binary' } } },
    async write(chunks, { turn, failed }) {
      const source = chunks[Symbol.asyncIterator]();
      const body = pulled(source, await source.next(), turn, failed);
      // Tells the bridge to send it as it comes (handler.ts), and is true of it.
      return { body, headers: { 'Content-Type': type, 'Transfer-Encoding': 'chunked' }, streams: true };
    },
  };
}
