import { AppError } from '../../platform/errors.ts';

/** The largest JSON body of a route that names no other size; the longest legal one of today is a quarter of it. */
export const MAX_BODY_BYTES = 64 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** A key that JSON makes an own property but that assignments would take for the prototype. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__ is no field');
  return value;
}

/**
 * Reads a body once, whole. Throws BODY_TOO_LARGE as soon as more than `maxBytes` have come, whatever the headers claim,
 * and reads no further.
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new AppError('BODY_TOO_LARGE');
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream.
  const body: AsyncIterable<Uint8Array> | null = request.body;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AppError('BODY_TOO_LARGE');
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.byteLength;
  }
  return bytes;
}

/** Throws UNSUPPORTED_MEDIA_TYPE for any type but these, and for any content encoding. Answers the type. */
export function refuseOtherTypes(request: Request, types: readonly string[]): string {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase();
  if (types.includes(type) && (encoding === '' || encoding === 'identity')) return type;
  if (types.includes('application/json')) throw new AppError('UNSUPPORTED_MEDIA_TYPE');
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', { message: `Send one of these: ${types.join(', ')}.` });
}

/** Throws NOT_JSON: invalid UTF-8, invalid JSON, nested beyond reason. What it returns is still unchecked. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes), refusePrototype) as unknown;
  } catch (cause) {
    throw new AppError('NOT_JSON', { cause });
  }
}
