import { ConfigProblems } from './config-problems.ts';
import { decodeKey, parseKeyRing, type KeyRing } from './key-ring.ts';
import { isWeakToken, keyProblems, named, type NamedKey } from './key-strength.ts';
import { LOCAL_DEFAULTS } from './local-defaults.ts';

export const SECRET_NAMES = [
  'TWILIO_AUTH_TOKEN',
  'PHONE_KEYS',
  'PHONE_HASH_KEY',
  'SESSION_KEYS',
  'AUDIT_KEY',
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];
export type KeyName = Exclude<SecretName, 'TWILIO_AUTH_TOKEN'>;

/**
 * The secrets of one process. Each is checked when it is first used, since each function has only its own. Outside the
 * emulator none may be a local default, a key that nobody drew at random, or one key under two names: using any then
 * throws ConfigProblems, which name the setting and never its value.
 */
export interface Secrets {
  twilioAuthToken(): string;
  phoneKeys(): KeyRing;
  phoneHashKey(): Buffer;
  sessionKeys(): KeyRing;
  /** What the audit log is sealed with; only `runDueWork` and the command line have it. */
  auditKey(): Buffer;
  /** Throws ConfigProblems when a secret that this process has may not be used, before anything is done with it. */
  refuseWeak(): void;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

export function secretsOf(raw: { secret(name: SecretName): string }, emulator: boolean): Secrets {
  const given = (name: SecretName): string => {
    const text = raw.secret(name);
    if (text === '') throw new ConfigProblems([`The secret ${name} is not set.`]);
    if (!emulator && text === LOCAL_DEFAULTS[name])
      throw new ConfigProblems([`The secret ${name} is the local default.`]);
    return text;
  };
  const ring = (name: KeyName) => parseKeyRing(name, given(name));
  const single = (name: KeyName) => decodeKey(name, given(name));
  const keys: Readonly<Record<KeyName, () => NamedKey[]>> = {
    PHONE_KEYS: () => named('PHONE_KEYS', ring('PHONE_KEYS')),
    PHONE_HASH_KEY: () => [{ name: 'PHONE_HASH_KEY', bytes: single('PHONE_HASH_KEY') }],
    SESSION_KEYS: () => named('SESSION_KEYS', ring('SESSION_KEYS')),
    AUDIT_KEY: () => [{ name: 'AUDIT_KEY', bytes: single('AUDIT_KEY') }],
  };
  const strong = once(() => {
    if (emulator) return;
    const readable = Object.values(keys).flatMap((read) => readOrNone(read));
    const problems = keyProblems(readable);
    if (problems.length > 0) throw new ConfigProblems(problems);
  });
  /** A key, once all of them are known to be good. */
  const checked = <T>(make: () => T): (() => T) =>
    once(() => {
      const value = make();
      strong();
      return value;
    });
  const twilioAuthToken = once(() => {
    const token = given('TWILIO_AUTH_TOKEN');
    if (!emulator && isWeakToken(token))
      throw new ConfigProblems(['The secret TWILIO_AUTH_TOKEN is too short or too uniform to be one.']);
    return token;
  });
  return Object.freeze({
    twilioAuthToken,
    phoneKeys: checked(() => ring('PHONE_KEYS')),
    phoneHashKey: checked(() => single('PHONE_HASH_KEY')),
    sessionKeys: checked(() => ring('SESSION_KEYS')),
    auditKey: checked(() => single('AUDIT_KEY')),
    refuseWeak() {
      strong();
      if (raw.secret('TWILIO_AUTH_TOKEN') !== '') twilioAuthToken();
    },
  });
}

/** The keys of a secret; none where this process has it not, or it cannot be read, which using it says. */
function readOrNone(read: () => NamedKey[]): NamedKey[] {
  try {
    return read();
  } catch {
    return [];
  }
}
