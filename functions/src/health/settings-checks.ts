import { ConfigProblems } from '../platform/config-problems.ts';
import type { Config } from '../platform/config.ts';
import { named, type NamedKey } from '../platform/key-strength.ts';
import type { KeyName } from '../platform/secrets.ts';
import { fine, warning, wrong, type Check, type Verdict } from './check.ts';

const SET_SECRET =
  'Before anybody is registered: make fresh ones with `npm run keys`, set each with `npx firebase functions:secrets:set NAME --project PROJECT`, and deploy. ' +
  'After that, put a new key in front of a ring, and never change PHONE_HASH_KEY: see functions/docs/deploy.md.';

/** Whether messages can be sent at all (OPS-1). */
export function modeCheck(config: Pick<Config, 'smsMode' | 'sender'>): Check {
  return {
    id: 'sms-mode',
    title: 'Sending',
    run() {
      const { smsMode, sender } = config;
      if (smsMode === 'disabled') {
        return warning(
          'Sending is disabled. Everything else works.',
          'Set SMS_MODE to live, with the TWILIO_ settings, and deploy.',
        );
      }
      const from = sender?.kind === 'service' ? 'a messaging service' : 'one number';
      return fine(`${capital(smsMode)} mode, sending from ${from}.`);
    },
  };
}

/** The keys that the API has itself; AUDIT_KEY is not one of them. */
export const API_KEYS: readonly KeyName[] = ['PHONE_KEYS', 'PHONE_HASH_KEY', 'SESSION_KEYS'];

/** Whether each of `names` is there, of the right shape, random, and no other's twin. */
export function secretsCheck(
  { secrets, emulator }: Pick<Config, 'secrets' | 'emulator'>,
  names: readonly KeyName[] = API_KEYS,
): Check {
  const read: Readonly<Record<KeyName, () => NamedKey[]>> = {
    PHONE_KEYS: () => named('PHONE_KEYS', secrets.phoneKeys()),
    PHONE_HASH_KEY: () => [{ name: 'PHONE_HASH_KEY', bytes: secrets.phoneHashKey() }],
    SESSION_KEYS: () => named('SESSION_KEYS', secrets.sessionKeys()),
    AUDIT_KEY: () => [{ name: 'AUDIT_KEY', bytes: secrets.auditKey() }],
  };
  return {
    id: 'secrets',
    title: 'Secrets',
    run() {
      // A weak key is reported by each key that it is read with, and so more than once.
      const problems = new Set<string>();
      let count = 0;
      for (const name of names) {
        try {
          count += read[name]().length;
        } catch (error) {
          for (const problem of problemsIn(error)) problems.add(problem);
        }
      }
      if (problems.size > 0) return wrong([...problems].join(' '), SET_SECRET);
      // The local defaults are typed text on purpose, so that nobody takes them for secrets.
      return fine(
        emulator
          ? `${String(count)} keys, in the right form; on the emulators they need not be secret.`
          : `${String(count)} keys, all random and different.`,
      );
    },
  };
}

/** Whether there is an auth token that looks like one of Twilio's. What it is worth, only Twilio can say. */
export function authTokenCheck({ secrets, smsMode }: Pick<Config, 'secrets' | 'smsMode'>): Check {
  return {
    id: 'auth-token',
    title: 'Twilio auth token',
    run(): Verdict {
      if (smsMode === 'disabled') return fine('Not needed while sending is disabled.');
      try {
        const looksRight = smsMode === 'simulation' || /^[0-9a-f]{32}$/.test(secrets.twilioAuthToken());
        if (looksRight) return fine('It is set.');
        return warning(
          'It is set, but it is not 32 hexadecimal digits as Twilio makes them.',
          'Copy it again from the Twilio console, without spaces or line ends: `npx firebase functions:secrets:set TWILIO_AUTH_TOKEN --project PROJECT`.',
        );
      } catch (error) {
        return wrong(
          problemsIn(error).join(' '),
          'Copy it from the Twilio console: `npx firebase functions:secrets:set TWILIO_AUTH_TOKEN --project PROJECT`.',
        );
      }
    },
  };
}

const capital = (text: string): string => (text[0] ?? '').toUpperCase() + text.slice(1);

/** What is wrong with a secret, in the words of platform/, which name the setting and never its value. */
function problemsIn(error: unknown): readonly string[] {
  if (error instanceof ConfigProblems) return error.problems;
  if (error instanceof Error && error.cause instanceof Error) return [error.cause.message];
  throw error;
}
