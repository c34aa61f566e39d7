import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { declaredParams } from 'firebase-functions/params';
import { z } from 'zod';
import { STRING_NAMES, type RawSettings } from '../../../src/platform/config.ts';
// Declares the settings with their defaults.
import '../../../src/platform/settings.ts';
import { localSettings, project } from '../local-settings.ts';
import { instanceDirectory, root } from '../paths.ts';
import { host, listens, portsFrom } from '../ports.ts';
import { Problem } from '../problem.ts';

/** The Parley that the doctor looks at. */
export interface Target {
  settings: RawSettings;
  projectId: string;
  /** The settings' place in words, for a finding. */
  where: string;
  /** Hosts of the emulators that run; null with `local` when none do. */
  emulators: { firestore: string; auth: string } | null;
  local: boolean;
}

const emulatorsOf = z.object({
  emulators: z.object({ firestore: z.object({ port: z.number() }), auth: z.object({ port: z.number() }) }),
});

/**
 * The local run in `.parley/<name>` with the settings that it was started with; where it does not run, the settings
 * that `npm start` would take now.
 */
export async function localTarget(name: string, environment: NodeJS.ProcessEnv): Promise<Target> {
  const running = await runningInstance(instanceDirectory(name));
  if (running !== null) return { ...running, projectId: project, local: true };
  const settings = localSettings(portsFrom(environment), environment);
  return {
    settings: { ...settings, secret: (secret) => settings[secret] },
    projectId: project,
    where: 'the environment',
    emulators: null,
    local: true,
  };
}

async function runningInstance(
  directory: string,
): Promise<Pick<Target, 'settings' | 'where' | 'emulators'> | null> {
  const files = {
    config: 'firebase.json',
    strings: 'functions/.env.local',
    secrets: 'functions/.secret.local',
  };
  const [config, strings, secrets] = Object.values(files).map((file) => join(directory, file));
  if (config === undefined || strings === undefined || secrets === undefined) return null;
  if (![config, strings, secrets].every((file) => existsSync(file))) return null;
  const { firestore, auth } = emulatorsOf.parse(JSON.parse(readFileSync(config, 'utf8'))).emulators;
  if (!(await listens(firestore.port))) return null;
  const values = new Map([...readWritten(strings), ...readWritten(secrets)]);
  return {
    settings: settingsFrom((setting) => values.get(setting) ?? ''),
    where: 'the environment of `npm start`',
    emulators: { firestore: `${host}:${String(firestore.port)}`, auth: `${host}:${String(auth.port)}` },
  };
}

/** What local-settings.ts has written: `NAME="value"`, quoted as in JSON. */
function readWritten(file: string): [string, string][] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line): [string, string][] => {
      const match = /^(\w+)=(".*")$/.exec(line);
      return match?.[1] === undefined || match[2] === undefined
        ? []
        : [[match[1], z.string().parse(JSON.parse(match[2]))]];
    });
}

/**
 * A deployed project: the settings are in the files that `firebase deploy` reads, the secrets in `environment`, where
 * somebody has put those that should be looked at.
 */
export function deployedTarget(
  projectId: string,
  environment: NodeJS.ProcessEnv,
  folder = join(root, 'functions'),
): Target {
  const files = ['.env', `.env.${projectId}`];
  const present = files.filter((file) => existsSync(join(folder, file)));
  if (present.length === 0) {
    throw new Problem(
      `There are no settings for ${projectId}: in functions/ there is neither ${files.join(' nor ')}.`,
      'functions/docs/deploy.md says what goes into it.',
    );
  }
  const values = Object.assign(
    {},
    ...present.map((file) => parseEnv(readFileSync(join(folder, file), 'utf8'))),
  ) as NodeJS.Dict<string>;
  const settings = settingsFrom((name) => values[name] ?? declaredDefault(name));
  return {
    settings: { ...settings, secret: (name) => environment[name] ?? '' },
    projectId,
    where: present.map((file) => `functions/${file}`).join(' and '),
    emulators: null,
    local: false,
  };
}

/** What a setting that no file names is deployed with, as platform/settings.ts declares it. */
function declaredDefault(name: string): string {
  const declared = declaredParams
    .map((param) => withDefault.safeParse(param).data)
    .find((param) => param?.name === name);
  return declared?.options.default ?? '';
}

const withDefault = z.object({ name: z.string(), options: z.object({ default: z.string() }) });

function settingsFrom(read: (name: string) => string): RawSettings {
  const strings = Object.fromEntries(STRING_NAMES.map((name) => [name, read(name)])) as Record<
    (typeof STRING_NAMES)[number],
    string
  >;
  return { ...strings, secret: read };
}
