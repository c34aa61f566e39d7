import { SECRET_NAMES } from '../../../src/platform/secrets.ts';
import { readSecret } from '../database-target.ts';
import { Problem } from '../problem.ts';
import type { Target } from './target.ts';

/**
 * Adds the secrets that nobody gave out of the project's Secret Manager. One that cannot be read stays unknown, and
 * what needs it is not looked at.
 */
export async function withSecrets(target: Target): Promise<Target> {
  const { settings, projectId } = target;
  const read = await Promise.all(
    SECRET_NAMES.map(async (name): Promise<[string, string]> => [
      name,
      settings.secret(name) || (await orNone(projectId, name)),
    ]),
  );
  const secrets = new Map(read);
  return { ...target, settings: { ...settings, secret: (name) => secrets.get(name) ?? '' } };
}

async function orNone(projectId: string, name: string): Promise<string> {
  try {
    return await readSecret(projectId, name);
  } catch (error) {
    if (error instanceof Problem) return '';
    throw error;
  }
}

/** Whether this machine has credentials for Google's APIs. */
export async function hasGoogleCredentials(): Promise<boolean> {
  const { applicationDefault } = await import('firebase-admin/app');
  return applicationDefault()
    .getAccessToken()
    .then(
      () => true,
      () => false,
    );
}
