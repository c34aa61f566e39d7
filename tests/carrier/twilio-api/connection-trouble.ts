import type { ServerResponse } from 'node:http';

/** A caller that is left without an answer is let go after this long at the latest; the twilio SDK gives up after 30 s. */
const MAX_HELD_MS = 120_000;

/** Breaks the connection instead of answering. */
export function breakConnection(
  response: ServerResponse,
  kind: 'timeout' | 'reset' | 'cut',
  body: unknown,
): void {
  if (kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (kind === 'timeout') {
    const timer = setTimeout(() => response.destroy(), MAX_HELD_MS);
    timer.unref();
    response.on('close', () => clearTimeout(timer));
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(201, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
  });
  response.write(text.slice(0, text.length / 2), () => response.socket?.destroySoon());
}
