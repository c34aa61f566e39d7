/**
 * Structured logs (OPS-3): one JSON object a line, which Cloud Logging indexes. A line is a named event with stable
 * fields. Bodies and numbers have no field here, and whatever a field holds is scrubbed, wherever it comes from.
 */
export type LogFields = Record<string, string | number | boolean | null | undefined>;
type Severity = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

export interface Log {
  info(event: string, fields?: LogFields): void;
  warning(event: string, fields?: LogFields): void;
  /** With the name, code, message and stack of `error`, all scrubbed. */
  error(event: string, error: unknown, fields?: LogFields): void;
  /** A log whose lines all carry `fields`, such as the request id. */
  with(fields: LogFields): Log;
}

/** What is written with many digits and is no number: times, addresses of machines, and ids of Parley and of Twilio. */
const KEPT = [
  String.raw`\d{4}-\d\d-\d\d(?!\d)(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?`,
  String.raw`(?<!\w)[A-Z]{2}[0-9a-f]{32}(?!\w)`,
  String.raw`(?<!\w)[0-9a-f]{32,64}(?!\w)`,
  String.raw`(?<!\w)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!\w)`,
  String.raw`(?<!\w)[a-z]{1,3}_[\w-]{24,34}(?![\w-])`,
  String.raw`(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]*\d)`,
].join('|');
/** A digit of any script, or a percent-encoded one. */
const DIGIT = String.raw`(?:\p{Nd}|%3\d)`;
/** What stands between the digits of one number, as people and URLs write it. */
const BETWEEN = String.raw`(?:[\s()[\].,*_/·•~–—-]|%(?!3\d)[\da-fA-F]{2}){0,3}`;
const NUMBER = new RegExp(`(${KEPT})|(?:[+＋]|%2[bB])?${DIGIT}(?:${BETWEEN}${DIGIT}){6,}`, 'gu');

/**
 * Takes phone numbers out of a text that somebody else wrote, such as a path or a carrier's error: whatever has seven
 * digits or more, also with signs between them, and is not known to be something else.
 */
export function scrub(text: string): string {
  return text.replace(NUMBER, (_found, kept: string | undefined) => kept ?? '[number]');
}

/** No count, status or duration of a line comes near this; a phone number does. */
const LEAST_NUMBER = 1_000_000_000;

function scrubbed(value: LogFields[string]): LogFields[string] {
  if (typeof value === 'string') return scrub(value);
  return typeof value === 'number' && Math.abs(value) >= LEAST_NUMBER ? '[number]' : value;
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
    const entry: LogFields = { severity, message: event, event };
    for (const [name, value] of Object.entries({ ...base, ...fields })) entry[name] = scrubbed(value);
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
