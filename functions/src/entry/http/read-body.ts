import { AppError } from '../../platform/errors.ts';

/** The largest body that any route reads; the longest legal one (a person with notes and fields) is a quarter of it. */
const MAX_BODY_BYTES = 64 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** A key that JSON makes an own property but that assignments would take for the prototype. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__ is no field');
  return value;
}

/**
 * Reads a JSON body once. Throws BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE (another type, or any content encoding) or
 * NOT_JSON (invalid UTF-8, invalid JSON, nested beyond reason); what it returns is still unchecked.
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  const encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase();
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES)
    throw new AppError('BODY_TOO_LARGE');
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > MAX_BODY_BYTES) throw new AppError('BODY_TOO_LARGE');
  if (type !== 'application/json' || (encoding !== '' && encoding !== 'identity'))
    throw new AppError('UNSUPPORTED_MEDIA_TYPE');
  try {
    return JSON.parse(utf8.decode(bytes), refusePrototype) as unknown;
  } catch (cause) {
    throw new AppError('NOT_JSON', { cause });
  }
}
