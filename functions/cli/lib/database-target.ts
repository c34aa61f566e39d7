import { Firestore } from '@google-cloud/firestore';
import { environmentSettings, parseConfig, type Config } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/firestore.ts';
import { LOCAL_DEFAULTS } from '../../src/platform/local-defaults.ts';
import { project as localProject } from './local-settings.ts';
import { host, portsFrom } from './ports.ts';
import { Problem } from './problem.ts';

/** The database that a command works on: that of `npm start`, or that of a project. */
export interface DatabaseTarget {
  db: Database;
  config: Pick<Config, 'secrets'>;
  projectId: string;
  /** For people. */
  name: string;
  /** Where the console is. */
  consoleUrl: string;
}

/** Secrets that only some commands need. */
export type AlsoNeeded = 'PHONE_KEYS' | 'AUDIT_KEY';

const PATIENCE_MILLISECONDS = 15_000;

/**
 * Opens the database of a project with application default credentials, or with null the emulator of `npm start` (or
 * the one that FIRESTORE_EMULATOR_HOST names). PHONE_HASH_KEY, and the secrets in `also`, come from the environment, else out of the project's
 * Secret Manager.
 */
export async function openTarget(
  project: string | null,
  environment: NodeJS.ProcessEnv,
  also: readonly AlsoNeeded[] = [],
): Promise<DatabaseTarget> {
  // As Google names projects; anything else would only be found out by a question to somebody else's address.
  if (project !== null && !/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project))
    throw new Problem(
      `There is no project "${project}".`,
      'A project id is 6 to 30 small letters, digits and dashes.',
    );
  return project === null || project.startsWith('demo-')
    ? emulatorTarget(project ?? localProject, environment)
    : projectTarget(project, environment, also);
}

async function emulatorTarget(projectId: string, environment: NodeJS.ProcessEnv): Promise<DatabaseTarget> {
  const ports = portsFrom(environment);
  const address = environment['FIRESTORE_EMULATOR_HOST'] ?? `${host}:${ports.firestore}`;
  try {
    await fetch(`http://${address}/`, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
  } catch (cause) {
    throw new Problem(
      `No Firestore emulator answers at ${address}.`,
      'Run `npm start` first, or name a project with --project.',
      { cause },
    );
  }
  // Else the client looks for Google's metadata server, which no laptop has.
  environment['METADATA_SERVER_DETECTION'] ??= 'none';
  const db = new Firestore({
    projectId,
    host: address,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  const settings = environmentSettings({ ...LOCAL_DEFAULTS, ...given(environment) });
  const config = parseConfig(settings, { projectId, emulator: true });
  return {
    db,
    config,
    projectId,
    name: `the emulator's project ${projectId}`,
    consoleUrl: `http://${host}:${ports.hosting}`,
  };
}

/** Settings that the environment really sets. */
function given(environment: NodeJS.ProcessEnv): Record<string, string> {
  const names = Object.keys(LOCAL_DEFAULTS);
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}

async function projectTarget(
  projectId: string,
  environment: NodeJS.ProcessEnv,
  also: readonly AlsoNeeded[],
): Promise<DatabaseTarget> {
  if (environment['FIRESTORE_EMULATOR_HOST'] !== undefined) {
    throw new Problem(
      'A project is named, but FIRESTORE_EMULATOR_HOST is set.',
      'Unset it, or leave --project out.',
    );
  }
  await requireCredentials(projectId);
  const names = ['PHONE_HASH_KEY', ...also];
  const secrets = await Promise.all(
    names.map(async (name) => [name, environment[name] ?? (await readSecret(projectId, name))] as const),
  );
  const settings = environmentSettings({
    ...LOCAL_DEFAULTS,
    SMS_MODE: 'disabled',
    TWILIO_API_URL: 'https://api.twilio.com',
    WEBHOOK_URL: '',
    ...Object.fromEntries(secrets),
  });
  const config = parseConfig(settings, { projectId, emulator: false });
  return {
    db: new Firestore({ projectId }),
    config,
    projectId,
    name: `the project ${projectId}`,
    consoleUrl: `https://${projectId}.web.app`,
  };
}

/** Asked before anything else: the Firestore client ends the process where there are none. */
async function requireCredentials(projectId: string): Promise<void> {
  const { applicationDefault } = await import('firebase-admin/app');
  try {
    await applicationDefault().getAccessToken();
  } catch (cause) {
    throw new Problem(
      `There are no credentials for ${projectId}.`,
      'Sign in with `gcloud auth application-default login`.',
      { cause },
    );
  }
}

export async function readSecret(projectId: string, name: string): Promise<string> {
  const remedy = `Sign in with \`gcloud auth application-default login\` as somebody who may read the secret, or set ${name}.`;
  try {
    const { applicationDefault } = await import('firebase-admin/app');
    const { access_token: token } = await applicationDefault().getAccessToken();
    const url = `https://secretmanager.googleapis.com/v1/projects/${projectId}/secrets/${name}/versions/latest:access`;
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
    if (!answer.ok) throw new Error(`Secret Manager answered ${answer.status}.`);
    const { payload } = (await answer.json()) as { payload: { data: string } };
    return Buffer.from(payload.data, 'base64').toString('utf8');
  } catch (cause) {
    throw new Problem(`The secret ${name} of ${projectId} cannot be read.`, remedy, { cause });
  }
}
