import { z } from 'zod';

const names = z.record(z.string(), z.string()).optional();
const lockedPackage = z.looseObject({
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.looseObject({ optional: z.boolean().optional() })).optional(),
});
const lockFile = z.looseObject({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), lockedPackage),
});
type Locked = z.infer<typeof lockedPackage>;

/** The package.json of the deployed folder, as far as a lock file repeats it. */
export interface DeployedManifest {
  name: string;
  version: string;
  engines: Record<string, string>;
  dependencies: Record<string, string>;
}

/**
 * The lock file of the deployed folder, cut out of the repository's: the very versions that were tested, with what they
 * need in turn, and nothing that only development needs. Throws when the repository's lock lacks one of them.
 */
export function deployedLock(rootLock: unknown, manifest: DeployedManifest): object {
  const { packages } = lockFile.parse(rootLock);
  const { name, version, engines, dependencies } = manifest;
  const required = reach(packages, Object.keys(dependencies), false);
  const all = reach(packages, Object.keys(dependencies), true);
  const kept = [...all].sort().map((path) => {
    const { dev: _dev, devOptional: _devOptional, optional: _optional, ...locked } = packages[path] ?? {};
    return [path, required.has(path) ? locked : { ...locked, optional: true }] as const;
  });
  return {
    name,
    version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name, version, dependencies, engines }, ...Object.fromEntries(kept) },
  };
}

/** Paths of what `roots` lead to; with or without what npm may leave out on some machines. */
function reach(
  packages: Readonly<Record<string, Locked>>,
  roots: readonly string[],
  withOptional: boolean,
): Set<string> {
  const found = new Set<string>();
  const waiting = roots.map((name) => resolved(packages, '', name, false));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (path === null || found.has(path)) continue;
    found.add(path);
    for (const [name, optional] of needsOf(packages[path] ?? {}))
      if (withOptional || !optional) waiting.push(resolved(packages, path, name, optional));
  }
  return found;
}

/** What a package needs, by name, and whether it does without. Optional peers are nobody's to install. */
function needsOf(locked: Locked): Map<string, boolean> {
  const {
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
    peerDependenciesMeta,
  } = locked;
  const peers = Object.keys(peerDependencies).filter(
    (name) => peerDependenciesMeta?.[name]?.optional !== true,
  );
  return new Map([
    ...[...Object.keys(dependencies), ...peers].map((name) => [name, false] as const),
    ...Object.keys(optionalDependencies).map((name) => [name, true] as const),
  ]);
}

/** Where Node finds `name` from a package: beside it, or in a folder further up. */
function resolved(
  packages: Readonly<Record<string, Locked>>,
  from: string,
  name: string,
  optional: boolean,
): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (path in packages) return path;
    if (folder === '') break;
  }
  if (optional) return null;
  throw new Error(`package-lock.json has no ${name}: run npm install.`);
}
