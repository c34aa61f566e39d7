import { join } from 'node:path';
import { Firestore } from '@google-cloud/firestore';
import { startCarrier } from '../../functions/cli/lib/carrier.ts';
import { startInstance, type Instance } from '../../functions/cli/lib/instance.ts';
import { root } from '../../functions/cli/lib/paths.ts';
import { freePorts } from '../../functions/cli/lib/ports.ts';
import { seedOnce } from '../../functions/cli/lib/seed-once.ts';
import { buildWeb } from '../../functions/cli/lib/web-build.ts';

/** An isolated stack for the bench, with the functions to compare with and the demo data, on free ports. */
export interface BenchStack {
  readonly instance: Instance;
  readonly db: Firestore;
  stop(): Promise<void>;
}

export async function startBenchStack(kind: string): Promise<BenchStack> {
  const name = `bench-${kind}-${String(process.pid)}`;
  const ports = await freePorts();
  const instance = await startInstance({ name, ports, entry: join(root, 'tests', 'bench', 'functions.ts') });
  const { directory, settings } = instance;
  const carrier = await startCarrier({ directory, ports, settings, dueWorkEverySeconds: 0 });
  await seedOnce(instance);
  await buildWeb({ destination: join(directory, 'web'), logFile: join(directory, 'logs', 'web.log') });
  const db = new Firestore({
    projectId: 'demo-parley',
    host: new URL(instance.urls.firestore).host,
    ssl: false,
  });
  return {
    instance,
    db,
    async stop() {
      await carrier?.stop(2_000);
      await instance.stop();
    },
  };
}

/** Signs in as the demo owner; returns the cookie. */
export async function signIn({ instance }: BenchStack): Promise<string> {
  const response = await fetch(`${instance.urls.api}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'owner@example.com', password: 'parley-demo-2026' }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!response.ok || cookie === undefined) throw new Error(`Sign-in answered ${String(response.status)}.`);
  return cookie;
}
