/**
 * Structured logs (OPS-3): one JSON object a line, which Cloud Logging indexes. A line is a named event with stable
 * fields; bodies and numbers have no field here, and what slips into a text is scrubbed.
 */
export type LogFields = Record<string, string | number | boolean | null | undefined>;
type Severity = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

export interface Log {
  info(event: string, fields?: LogFields): void;
  warning(event: string, fields?: LogFields): void;
  /** `error` is told by name, code, message and stack, all scrubbed. */
  error(event: string, error: unknown, fields?: LogFields): void;
  /** A log whose lines all carry `fields`, such as the request id. */
  with(fields: LogFields): Log;
}

/** E.164 numbers, also percent-encoded, and bare runs of 10 to 15 digits that are not part of a longer word. */
const NUMBER = /(?:\+|%2B)\d{7,15}|(?<![\w.-])\d{10,15}(?![\w-])/gi;

/** Takes phone numbers out of a text that somebody else wrote, such as a provider's error message. */
export function scrub(text: string): string {
  return text.replace(NUMBER, '[number]');
}

function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorMessage: scrub(String(error)) };
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : null;
  const cause = error.cause instanceof Error ? scrub(`${error.cause.name}: ${error.cause.message}`) : null;
  return {
    errorName: error.name,
    errorCode: code,
    errorMessage: scrub(error.message),
    cause,
    stack: scrub(error.stack ?? ''),
  };
}

export function createLog(write: (line: string) => void, base: LogFields = {}): Log {
  const line = (severity: Severity, event: string, fields: LogFields) => {
    const entry: LogFields = { severity, message: event, event, ...base };
    for (const [name, value] of Object.entries(fields))
      entry[name] = typeof value === 'string' ? scrub(value) : value;
    write(JSON.stringify(entry));
  };
  return {
    info: (event, fields = {}) => line('INFO', event, fields),
    warning: (event, fields = {}) => line('WARNING', event, fields),
    error: (event, error, fields = {}) => line('ERROR', event, { ...describe(error), ...fields }),
    with: (fields) => createLog(write, { ...base, ...fields }),
  };
}

export const standardLog: Log = createLog((text) => process.stdout.write(text + '\n'));
