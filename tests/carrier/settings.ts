/** The carrier's settings, fixed when it starts. The defaults are Parley's local ones; nothing here is a real secret. */
export interface CarrierSettings {
  /** 0 picks a free port. */
  readonly port: number;
  readonly accountSid: string;
  readonly authToken: string;
  /** The number that Parley rents from this carrier, in E.164. */
  readonly fromNumber: string;
  readonly messagingServiceSid: string | null;
  /** Base of Parley's webhook: `/inbound` is added; a `#rc=…&rp=…` fragment sets the retries, as it does at Twilio. */
  readonly webhookUrl: string;
  /** How long a webhook may take in all, retries included; Twilio's limit unless a test shortens it. */
  readonly webhookTimeoutMs: number;
  /** The functions emulator's address of the scheduled function. */
  readonly dueWorkUrl: string;
  /** Runs due work this often by itself; 0 leaves it to `POST /clock`. */
  readonly dueWorkEverySeconds: number;
  /** Whose handset is whose, for the page. */
  readonly phoneBook: readonly { number: string; name: string }[];
  /** Where memory is read at start and written at a graceful stop; null keeps nothing. */
  readonly memoryFile: string | null;
}

/** Twilio gives a webhook 15 s in all, retries included. */
const TWILIO_TIMEOUT_MS = 15_000;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment.
 * @throws Error naming the variable, where one cannot be used.
 */
export function readSettings(env: Environment): CarrierSettings {
  const functionsPort = whole(env, 'PARLEY_PORT_FUNCTIONS', 5001);
  const emulator = `http://127.0.0.1:${String(functionsPort)}`;
  return {
    port: whole(env, 'PARLEY_PORT_CARRIER', 5010),
    accountSid: matching(
      env,
      'TWILIO_ACCOUNT_SID',
      'AC00000000000000000000000000000001',
      /^AC[0-9a-fA-F]{32}$/,
    ),
    authToken: text(env, 'TWILIO_AUTH_TOKEN', 'parley-local-auth-token'),
    fromNumber: matching(env, 'TWILIO_FROM_NUMBER', '+15005550006', /^\+[1-9]\d{6,14}$/),
    messagingServiceSid: text(env, 'TWILIO_MESSAGING_SERVICE_SID', '') || null,
    webhookUrl: url(env, 'WEBHOOK_URL', `${emulator}/demo-parley/us-central1/webhook`),
    webhookTimeoutMs: TWILIO_TIMEOUT_MS,
    dueWorkUrl: url(
      env,
      'PARLEY_DUE_WORK_URL',
      `${emulator}/functions/projects/demo-parley/triggers/us-central1-runDueWork-0`,
    ),
    dueWorkEverySeconds: whole(env, 'PARLEY_DUE_WORK_EVERY_SECONDS', 0),
    phoneBook: [],
    memoryFile: text(env, 'PARLEY_CARRIER_MEMORY', '') || null,
  };
}

function text(env: Environment, name: string, otherwise: string): string {
  const value = env[name];
  return value === undefined || value === '' ? otherwise : value;
}

function matching(env: Environment, name: string, otherwise: string, pattern: RegExp): string {
  const value = text(env, name, otherwise);
  if (!pattern.test(value)) throw new Error(`${name} does not look right: it must match ${String(pattern)}.`);
  return value;
}

function whole(env: Environment, name: string, otherwise: number): number {
  const value = Number(text(env, name, String(otherwise)));
  if (!Number.isInteger(value) || value < 0 || value > 65535)
    throw new Error(`${name} must be a whole number, 0 to 65535.`);
  return value;
}

function url(env: Environment, name: string, otherwise: string): string {
  const value = text(env, name, otherwise);
  if (!URL.canParse(value) || !/^https?:/.test(value))
    throw new Error(`${name} must be an http or https address.`);
  return value;
}
