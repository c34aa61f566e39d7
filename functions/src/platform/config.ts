import { hasVisibleText } from '../contract/visible-text.ts';
import { ConfigProblems } from './config-problems.ts';
import { LOCAL_DEFAULTS } from './local-defaults.ts';
import { secretsOf, type SecretName, type Secrets } from './secrets.ts';

const SMS_MODES = ['disabled', 'simulation', 'live'] as const;
export type SmsMode = (typeof SMS_MODES)[number];

export const STRING_NAMES = [
  'SMS_MODE',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_FROM_NUMBER',
  'TWILIO_MESSAGING_SERVICE_SID',
  'TWILIO_API_URL',
  'WEBHOOK_URL',
  'DEFAULT_COUNTRY',
  'ACK_TEXT',
  'AUTO_REPLIES_PER_HOUR',
  'EXTRA_STOP_WORDS',
  'CONSOLE_HOSTS',
] as const;

/** Settings as they are written: text, unchecked. */
export type RawSettings = Record<(typeof STRING_NAMES)[number], string> & {
  secret(name: SecretName): string;
};

export interface Config {
  projectId: string;
  /** Whether this runs on the emulators: only there are the local defaults and the simulated carrier accepted. */
  emulator: boolean;
  smsMode: SmsMode;
  twilioAccountSid: string;
  /** The sender: a number or a messaging service, one of the two; null where sending is disabled. */
  sender: { kind: 'number' | 'service'; value: string } | null;
  twilioApiUrl: string;
  /** Without fragment and without a slash at its end. */
  webhookUrl: string;
  defaultCountry: string;
  ackText: string;
  autoRepliesPerHour: number;
  /** Words of other languages that opt out as STOP does (IN-7). */
  extraStopWords: readonly string[];
  /** Hosts of the console besides the project's own, in lower case; `'any'`: the API answers direct calls too. */
  consoleHosts: readonly string[] | 'any';
  /** Secrets are checked when they are first used, since each function has only its own. */
  secrets: Secrets;
}

/** Hosts of this machine itself: what goes there leaves nothing to be read on the way. */
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** An address without fragment and last slash; null unless it is https, or on the emulators this machine's own. */
function safeUrl(text: string, emulator: boolean): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, username, password } = new URL(text);
  const safe = emulator
    ? isLocalOrHttps(protocol, hostname)
    : protocol === 'https:' && !LOOPBACK.has(hostname);
  if (!safe || username !== '' || password !== '') return null;
  return (text.trim().split('#')[0] ?? '').replace(/\/+$/, '');
}

function isLocalOrHttps(protocol: string, hostname: string): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

function stopWords(raw: RawSettings): string[] {
  return raw.EXTRA_STOP_WORDS.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function findSender(raw: RawSettings): Config['sender'] {
  if (raw.TWILIO_MESSAGING_SERVICE_SID !== '')
    return { kind: 'service', value: raw.TWILIO_MESSAGING_SERVICE_SID };
  return raw.TWILIO_FROM_NUMBER === '' ? null : { kind: 'number', value: raw.TWILIO_FROM_NUMBER };
}

function problemsOf(raw: RawSettings, emulator: boolean): string[] {
  const problems: string[] = [];
  const need = (fine: boolean, problem: string) => void (fine || problems.push(problem));
  need(
    SMS_MODES.some((mode) => mode === raw.SMS_MODE),
    'SMS_MODE is disabled, simulation or live.',
  );
  need(emulator || raw.SMS_MODE !== 'simulation', 'SMS_MODE simulation exists in the emulator only.');
  need(/^[A-Z]{2}$/.test(raw.DEFAULT_COUNTRY), 'DEFAULT_COUNTRY is two capital letters, such as US.');
  need(hasVisibleText(raw.ACK_TEXT) && raw.ACK_TEXT.length <= 1600, 'ACK_TEXT has 1 to 1,600 characters.');
  need(
    /^\d{1,3}$/.test(raw.AUTO_REPLIES_PER_HOUR) && Number(raw.AUTO_REPLIES_PER_HOUR) <= 100,
    'AUTO_REPLIES_PER_HOUR is 0 to 100.',
  );
  need(
    stopWords(raw).every((word) => /^(?=.*\p{L}.*\p{L})[\p{L}\p{M}\p{N} '-]{2,30}$/u.test(word)),
    'EXTRA_STOP_WORDS are words of 2 to 30 letters with commas between them.',
  );
  need(
    !stopWords(raw).some((word) => /^(?:start|yes|unstop|help|info)$/i.test(word)),
    'EXTRA_STOP_WORDS holds a word that opts in or asks for help.',
  );
  need(safeUrl(raw.TWILIO_API_URL, emulator) !== null, 'TWILIO_API_URL is an https address.');
  need(
    raw.WEBHOOK_URL === '' || safeUrl(raw.WEBHOOK_URL, emulator) !== null,
    'WEBHOOK_URL is an https address.',
  );
  need(
    parseHosts(raw.CONSOLE_HOSTS) !== null,
    'CONSOLE_HOSTS is host names with commas between them, or * for any.',
  );
  if (raw.SMS_MODE === 'disabled') return problems;
  need(
    /^AC[0-9a-fA-F]{32}$/.test(raw.TWILIO_ACCOUNT_SID),
    'TWILIO_ACCOUNT_SID is AC and 32 hexadecimal digits.',
  );
  need(
    emulator || raw.TWILIO_ACCOUNT_SID !== LOCAL_DEFAULTS.TWILIO_ACCOUNT_SID,
    'TWILIO_ACCOUNT_SID is the local default.',
  );
  need(raw.WEBHOOK_URL !== '', 'WEBHOOK_URL is an https address.');
  const sender = findSender(raw);
  need(sender !== null, 'Set TWILIO_FROM_NUMBER or TWILIO_MESSAGING_SERVICE_SID.');
  if (sender?.kind === 'number')
    need(/^\+[1-9]\d{6,14}$/.test(sender.value), 'TWILIO_FROM_NUMBER is in E.164 form.');
  if (sender?.kind === 'service')
    need(
      /^MG[0-9a-fA-F]{32}$/.test(sender.value),
      'TWILIO_MESSAGING_SERVICE_SID is MG and 32 hexadecimal digits.',
    );
  return problems;
}

function parseHosts(text: string): Config['consoleHosts'] | null {
  if (text.trim() === '*') return 'any';
  const hosts = text.split(',').flatMap((host) => host.trim().toLowerCase() || []);
  return hosts.every((host) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host)) ? hosts : null;
}

/** Checks and freezes the settings. Throws ConfigProblems with every problem at once. */
export function parseConfig(raw: RawSettings, place: { projectId: string; emulator: boolean }): Config {
  const problems = problemsOf(raw, place.emulator);
  if (problems.length > 0) throw new ConfigProblems(problems);
  return Object.freeze({
    ...place,
    smsMode: SMS_MODES.find((mode) => mode === raw.SMS_MODE) ?? 'disabled',
    twilioAccountSid: raw.TWILIO_ACCOUNT_SID,
    sender: findSender(raw),
    twilioApiUrl: safeUrl(raw.TWILIO_API_URL, place.emulator) ?? '',
    webhookUrl: safeUrl(raw.WEBHOOK_URL, place.emulator) ?? '',
    defaultCountry: raw.DEFAULT_COUNTRY,
    ackText: raw.ACK_TEXT,
    autoRepliesPerHour: Number(raw.AUTO_REPLIES_PER_HOUR),
    extraStopWords: Object.freeze(stopWords(raw)),
    consoleHosts: parseHosts(raw.CONSOLE_HOSTS) ?? [],
    secrets: secretsOf(raw, place.emulator),
  });
}

/** Where this process runs, from what the functions runtime and the emulator suite set. */
export function runtimePlace(env: Record<string, string | undefined> = process.env): {
  projectId: string;
  emulator: boolean;
} {
  const named = env['GCLOUD_PROJECT'] ?? env['GOOGLE_CLOUD_PROJECT'] ?? 'demo-parley';
  return { projectId: named, emulator: env['FUNCTIONS_EMULATOR'] === 'true' };
}

/** Settings out of environment variables, for the command line and for tests. */
export function environmentSettings(env: Record<string, string | undefined>): RawSettings {
  const read = (name: string) => env[name] ?? '';
  const strings = Object.fromEntries(STRING_NAMES.map((name) => [name, read(name)])) as Record<
    (typeof STRING_NAMES)[number],
    string
  >;
  return { ...strings, secret: read };
}
