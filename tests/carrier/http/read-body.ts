import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { CarrierError, badRequest } from '../carrier-error.ts';

const MAX_BODY_BYTES = 256 * 1024;

/** @throws CarrierError 415, 413, or 400 where it is not a form in UTF-8. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  expectType(request, 'application/x-www-form-urlencoded');
  return new URLSearchParams(await readText(request));
}

/** @throws CarrierError 415, 413, or 400 naming what does not fit the schema. */
export async function readJson<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.output<Schema>> {
  expectType(request, 'application/json');
  const text = await readText(request);
  const result = schema.safeParse(parseJson(text));
  if (result.success) return result.data;
  throw badRequest(describe(result.error));
}

/** What is wrong, where, in one sentence. */
function describe(error: z.ZodError): string {
  return error.issues
    .map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': '))
    .join('; ');
}

function expectType(request: IncomingMessage, wanted: string): void {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== wanted) throw new CarrierError(415, 20415, `Send ${wanted}.`);
}

async function readText(request: IncomingMessage): Promise<string> {
  const bytes = await readBytes(request);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badRequest('The body is not UTF-8.');
  }
}

/** Leaving a `for await` early would destroy the socket, and with it the answer; so what is too much is only paused. */
function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= MAX_BODY_BYTES) return;
      request.pause();
      reject(new CarrierError(413, 20413, 'The body is larger than 256 KiB.'));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The body is not valid JSON.');
  }
}
