import { hasVisibleText } from '../contract/visible-text.ts';
import { AppError } from './errors.ts';
import { decodeKey, parseKeyRing, type KeyRing } from './key-ring.ts';
import { LOCAL_DEFAULTS } from './local-defaults.ts';

export const SMS_MODES = ['disabled', 'simulation', 'live'] as const;
export type SmsMode = (typeof SMS_MODES)[number];

export const SECRET_NAMES = ['TWILIO_AUTH_TOKEN', 'PHONE_KEYS', 'PHONE_HASH_KEY', 'SESSION_KEYS'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

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
  /** Secrets are checked when they are first used, since each function has only its own. */
  secrets: {
    twilioAuthToken(): string;
    phoneKeys(): KeyRing;
    phoneHashKey(): Buffer;
    sessionKeys(): KeyRing;
  };
}

/** What is wrong with the settings, one line each; the doctor shows all of them, a function refuses to run with any. */
export class ConfigProblems extends AppError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('UNAVAILABLE', { cause: new Error(`Settings: ${problems.join(' ')}`) });
    this.problems = problems;
  }
}

function httpUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  return (text.split('#')[0] ?? '').replace(/\/+$/, '');
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
  need(httpUrl(raw.TWILIO_API_URL) !== null, 'TWILIO_API_URL is an http(s) address.');
  if (raw.SMS_MODE === 'disabled') return problems;
  need(
    /^AC[0-9a-fA-F]{32}$/.test(raw.TWILIO_ACCOUNT_SID),
    'TWILIO_ACCOUNT_SID is AC and 32 hexadecimal digits.',
  );
  need(
    emulator || raw.TWILIO_ACCOUNT_SID !== LOCAL_DEFAULTS.TWILIO_ACCOUNT_SID,
    'TWILIO_ACCOUNT_SID is the local default.',
  );
  need(httpUrl(raw.WEBHOOK_URL) !== null, 'WEBHOOK_URL is an http(s) address.');
  need(emulator || raw.WEBHOOK_URL.startsWith('https://'), 'WEBHOOK_URL is an https address.');
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

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** Checks and freezes the settings. Throws ConfigProblems with every problem at once. */
export function parseConfig(raw: RawSettings, place: { projectId: string; emulator: boolean }): Config {
  const problems = problemsOf(raw, place.emulator);
  if (problems.length > 0) throw new ConfigProblems(problems);
  const secret = (name: SecretName): string => {
    const text = raw.secret(name);
    if (text === '') throw new ConfigProblems([`The secret ${name} is not set.`]);
    if (!place.emulator && text === LOCAL_DEFAULTS[name])
      throw new ConfigProblems([`The secret ${name} is the local default.`]);
    return text;
  };
  return Object.freeze({
    ...place,
    smsMode: SMS_MODES.find((mode) => mode === raw.SMS_MODE) ?? 'disabled',
    twilioAccountSid: raw.TWILIO_ACCOUNT_SID,
    sender: findSender(raw),
    twilioApiUrl: httpUrl(raw.TWILIO_API_URL) ?? '',
    webhookUrl: httpUrl(raw.WEBHOOK_URL) ?? '',
    defaultCountry: raw.DEFAULT_COUNTRY,
    ackText: raw.ACK_TEXT,
    autoRepliesPerHour: Number(raw.AUTO_REPLIES_PER_HOUR),
    secrets: Object.freeze({
      twilioAuthToken: once(() => secret('TWILIO_AUTH_TOKEN')),
      phoneKeys: once(() => parseKeyRing('PHONE_KEYS', secret('PHONE_KEYS'))),
      phoneHashKey: once(() => decodeKey('PHONE_HASH_KEY', secret('PHONE_HASH_KEY'))),
      sessionKeys: once(() => parseKeyRing('SESSION_KEYS', secret('SESSION_KEYS'))),
    }),
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
