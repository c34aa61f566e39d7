import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STRING_NAMES } from '../../src/platform/config.ts';
import { LOCAL_DEFAULTS } from '../../src/platform/local-defaults.ts';
import { SECRET_NAMES } from '../../src/platform/secrets.ts';
import { host, type Ports } from './ports.ts';

/** The Firebase project of every local run. The prefix keeps firebase-tools from ever asking Google about it. */
export const project = 'demo-parley';
export const region = 'us-central1';

export type Settings = Readonly<
  Record<(typeof STRING_NAMES)[number] | (typeof SECRET_NAMES)[number], string>
>;

/** The settings of a local run: what `environment` sets, else the local default on this run's ports. */
export function localSettings(ports: Ports, environment: NodeJS.ProcessEnv): Settings {
  const defaults = {
    ...LOCAL_DEFAULTS,
    TWILIO_API_URL: `http://${host}:${ports.carrier}`,
    WEBHOOK_URL: `http://${host}:${ports.functions}/${project}/${region}/webhook`,
  };
  const strings = STRING_NAMES.map((name) => [name, environment[name] ?? defaults[name]]);
  // An empty secret would send the emulator to Secret Manager, so empty counts as not set.
  const secrets = SECRET_NAMES.map((name) => [name, environment[name] || defaults[name]]);
  return Object.fromEntries([...strings, ...secrets]) as Settings;
}

/**
 * Writes the settings where the functions emulator takes them. It lays `.env.local` and `.secret.local` over its own
 * environment, so a variable that is left over in a shell cannot slip in beside them.
 */
export function writeSettings(settings: Settings, functionsDirectory: string): void {
  mkdirSync(functionsDirectory, { recursive: true });
  const lines = (names: readonly (keyof Settings)[]) =>
    names.map((name) => `${name}=${quoted(settings[name])}\n`).join('');
  writeFileSync(join(functionsDirectory, '.env.local'), lines(STRING_NAMES));
  writeFileSync(join(functionsDirectory, '.secret.local'), lines(SECRET_NAMES), { mode: 0o600 });
}

function quoted(value: string): string {
  const escaped = value
    .replace(/[\\"]/g, '\\$&')
    .replace(/\r/g, '\\r')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t');
  return `"${escaped}"`;
}
