import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from './paths.ts';
import { host, type InnerPorts, type Ports } from './ports.ts';

const Header = z.object({ key: z.string(), value: z.string() });
const RootConfig = z.looseObject({
  functions: z.array(z.looseObject({ source: z.string(), predeploy: z.unknown() })).min(1),
  hosting: z.looseObject({ headers: z.array(z.looseObject({ headers: z.array(Header) })) }),
});

/**
 * Derives a run's firebase.json from the project's, so that what is tried locally is what is deployed: the same
 * rewrites and headers, on this run's ports and folders. The one addition is that the console may also connect to the
 * emulators of this run.
 */
export function writeFirebaseConfig(directory: string, ports: Ports, inner: InnerPorts): void {
  const config = RootConfig.parse(JSON.parse(readFileSync(join(root, 'firebase.json'), 'utf8')));
  const functions = config.functions.map(({ predeploy: _predeploy, ...rest }) => ({
    ...rest,
    source: 'functions',
  }));
  const hosting = {
    ...config.hosting,
    public: 'web',
    headers: config.hosting.headers.map((rule) => ({
      ...rule,
      headers: rule.headers.map((header) => allowEmulators(header, ports)),
    })),
  };
  const derived = {
    ...config,
    functions,
    hosting,
    emulators: {
      auth: { host, port: ports.auth },
      functions: { host, port: ports.functions },
      firestore: { host, port: ports.firestore, websocketPort: inner.websocket },
      hosting: { host, port: ports.hosting },
      tasks: { host, port: ports.tasks },
      eventarc: { host, port: inner.eventarc },
      hub: { host, port: inner.hub },
      logging: { host, port: inner.logging },
      ui: { enabled: false },
      singleProjectMode: true,
    },
  };
  mkdirSync(join(directory, 'web'), { recursive: true });
  writeFileSync(join(directory, 'firebase.json'), `${JSON.stringify(derived, null, 2)}\n`);
  for (const name of ['firestore.rules', 'firestore.indexes.json'])
    copyFileSync(join(root, name), join(directory, name));
}

function allowEmulators({ key, value }: z.infer<typeof Header>, ports: Ports): z.infer<typeof Header> {
  if (key.toLowerCase() !== 'content-security-policy') return { key, value };
  const places = [ports.auth, ports.firestore].flatMap((port) => [
    `http://${host}:${port}`,
    `ws://${host}:${port}`,
  ]);
  return {
    key,
    value: value.replace(/connect-src [^;]*/, (directive) => `${directive} ${places.join(' ')}`),
  };
}
