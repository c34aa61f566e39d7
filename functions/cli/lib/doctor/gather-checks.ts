import { Firestore } from '@google-cloud/firestore';
import { warning, wrong, type Check } from '../../../src/health/check.ts';
import { healthChecks } from '../../../src/health/health-checks.ts';
import { API_KEYS } from '../../../src/health/settings-checks.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import type { Config } from '../../../src/platform/config.ts';
import { randomIds } from '../../../src/platform/ids.ts';
import { createLiveAccess } from '../../../src/platform/live-access.ts';
import { createPhoneVault } from '../../../src/platform/phone-vault.ts';
import type { KeyName, SecretName } from '../../../src/platform/secrets.ts';
import { carrierOf } from '../carrier-in-use.ts';
import { root } from '../paths.ts';
import { configCheck, usableConfig } from './config-check.ts';
import { readIndexes, sourceChecks } from './source-checks.ts';
import type { Target } from './target.ts';
import { toolchainChecks } from './toolchain-checks.ts';

/** The doctor has more time than a page that somebody waits for: so many people and numbers are looked at. */
const SAMPLE = 200;

const ALL_KEYS: readonly KeyName[] = [...API_KEYS, 'AUDIT_KEY'];

/** What a check cannot do without. */
const NEEDS: Readonly<Record<string, readonly SecretName[]>> = {
  secrets: ALL_KEYS,
  'auth-token': ['TWILIO_AUTH_TOKEN'],
  'twilio-account': ['TWILIO_AUTH_TOKEN'],
  'twilio-sender': ['TWILIO_AUTH_TOKEN'],
  'twilio-webhook': ['TWILIO_AUTH_TOKEN'],
  data: ['PHONE_KEYS', 'PHONE_HASH_KEY'],
  'keys-in-use': ['PHONE_KEYS'],
};

/** The checks of the settings alone; the others ask a running Parley. */
const WITHOUT_ASKING = ['sms-mode', 'secrets', 'auth-token'];
const OF_THE_STORE = [
  'firestore',
  'indexes',
  'data',
  'keys-in-use',
  'schema',
  'stuck-texts',
  'delivery',
  'audit',
];
/** They judge a mode, which settings that do not parse have none of. */
const OF_THE_MODE = ['sms-mode', 'auth-token', 'twilio-account', 'twilio-sender', 'twilio-webhook'];

/**
 * All that can be looked at from the command line, the things that others rest on first (OPS-2). `google`: whether there
 * are credentials for the project.
 */
export function gatherChecks(target: Target, environment: NodeJS.ProcessEnv, google = true): Check[] {
  const place = { projectId: target.projectId, emulator: target.local };
  const { config, whole } = usableConfig(target.settings, place);
  const inside = insideChecks(target, config)
    .filter(({ id }) => whole || !OF_THE_MODE.includes(id))
    .filter(({ id }) => google || !OF_THE_STORE.includes(id));
  return [
    ...(target.local ? toolchainChecks(environment) : []),
    ...sourceChecks(root),
    configCheck(target.settings, place, target.where),
    ...(google ? [] : [noCredentials]),
    ...(target.local && target.emulators === null
      ? [notRunning, ...inside.filter(({ id }) => WITHOUT_ASKING.includes(id))]
      : inside),
  ];
}

const notRunning: Check = {
  id: 'running',
  title: 'Running',
  run: () =>
    warning(
      'Parley is not running here, so it could not be checked.',
      '`npm start`, then `npm run doctor` in a second terminal.',
    ),
};

const noCredentials: Check = {
  id: 'google',
  title: 'Google credentials',
  run: () =>
    wrong(
      'There are none here, so the project itself could not be checked.',
      '`gcloud auth application-default login`',
    ),
};

function insideChecks(target: Target, config: Config): Check[] {
  const { secrets } = config;
  const checks = healthChecks(
    {
      config,
      db: databaseOf(target),
      clock: systemClock,
      ids: randomIds,
      vault: createPhoneVault(secrets.phoneKeys, secrets.phoneHashKey),
      // Deployed, it is the service account of the functions that signs; only they can tell.
      live: target.local ? createLiveAccess(target.projectId) : null,
      carrier: carrierOf(config),
      indexes: readIndexesOrNone(),
      keys: ALL_KEYS,
    },
    SAMPLE,
  );
  return checks.map((check) => orNotGiven(check, target));
}

/** A secret of a deployment that may not be read from here is no mistake; the health page looks at it. */
function orNotGiven(check: Check, { settings, local }: Target): Check {
  const missing = (NEEDS[check.id] ?? []).filter((name) => settings.secret(name) === '');
  if (local || missing.length === 0) return check;
  const detail = `Not checked: ${missing.join(', ')} cannot be read from here.`;
  return {
    ...check,
    run: () =>
      warning(
        detail,
        'The Health page of the console checks it; or `gcloud auth application-default login` as somebody who may read the secrets.',
      ),
  };
}

function databaseOf({ projectId, emulators }: Target): Firestore {
  if (emulators === null) return new Firestore({ projectId });
  const [host = '', port] = emulators.firestore.split(':');
  return new Firestore({
    projectId,
    host,
    port: Number(port),
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
}

/** A file that cannot be read is a finding of its own. */
function readIndexesOrNone() {
  try {
    return readIndexes(root);
  } catch {
    return { indexes: [] };
  }
}
