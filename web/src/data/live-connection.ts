import type { LiveAnswer } from '../../../functions/src/contract/team.ts';
import type * as Sdk from './firebase-sdk.ts';
import type { Stop } from './live-controller.ts';

/** The line to Firestore: opened once a session, shared by all listeners. */
export interface Connection {
  sdk: typeof Sdk;
  db: Sdk.Firestore;
  close: () => void;
}

let connection = Promise.withResolvers<Connection>();
/** What is being listened to: all of it must stop before the line is closed. */
const listening = new Set<Stop>();

/** Resolved by the first page that has its rows and wants live updates. */
let wanted = Promise.withResolvers<void>();

/** The line of the present session, for who opens it; listeners wait for it. */
export function line(): PromiseWithResolvers<Connection> {
  return connection;
}

/** Whoever listens next, listens on the line of the next session. */
export function nextLine(): void {
  connection = Promise.withResolvers<Connection>();
  wanted = Promise.withResolvers<void>();
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when the page stands, painted and ready for the reader's first move: only then is the SDK loaded. */
export async function standing(): Promise<void> {
  // A page without live rows does not ask; the session's end is watched from there as well.
  await Promise.race([wanted.promise, after(3000)]);
  await after(300);
}

/** The project's public web key: the emulator takes any, Hosting serves the real one beside the console. */
async function webKey(live: LiveAnswer): Promise<string> {
  if (live.emulator) return 'emulator';
  const answer: unknown = await (await fetch('/__/firebase/init.json')).json();
  if (
    typeof answer === 'object' &&
    answer !== null &&
    'apiKey' in answer &&
    typeof answer.apiKey === 'string'
  )
    return answer.apiKey;
  throw new Error('Hosting serves no web configuration.');
}

/** `http://127.0.0.1:8080` and `127.0.0.1:8080` alike. */
function hostAndPort(address: string): [host: string, port: number] {
  const url = new URL(address.includes('://') ? address : `http://${address}`);
  return [url.hostname, Number(url.port)];
}

/** Loads the SDK, signs it in by the session's token. */
export async function connect(live: LiveAnswer): Promise<Connection> {
  const [sdk, apiKey] = await Promise.all([import('./firebase-sdk.ts'), webKey(live)]);
  // Lost lines are shown as such on the page; the console need not be filled with them.
  sdk.setLogLevel('silent');
  const app = sdk.initializeApp({ projectId: live.projectId, apiKey });
  const auth = sdk.initializeAuth(app, { persistence: sdk.inMemoryPersistence });
  const db = sdk.initializeFirestore(app, { localCache: sdk.memoryLocalCache() });
  if (live.emulator) {
    sdk.connectAuthEmulator(auth, `http://${hostAndPort(live.emulator.auth).join(':')}`, {
      disableWarnings: true,
    });
    sdk.connectFirestoreEmulator(db, ...hostAndPort(live.emulator.firestore));
  }
  await sdk.signInWithCustomToken(auth, live.token);
  return {
    sdk,
    db,
    close: () =>
      void close(
        () => sdk.terminate(db),
        () => sdk.deleteApp(app),
      ),
  };
}

/** Listeners, then Firestore, then the app: were they ended at once, the one would ask the other for a token. */
async function close(...steps: (() => Promise<void>)[]): Promise<void> {
  for (const stop of [...listening]) stop();
  for (const step of steps) await step().catch(() => undefined);
}

/** Keeps count of a listener; stopping it twice is stopping it once. */
export function counted(unsubscribe: Stop): Stop {
  const stop = (): void => {
    if (listening.delete(stop)) unsubscribe();
  };
  listening.add(stop);
  return stop;
}

/** Runs `open` once there is a line; the returned function stops it, also before. */
export function whenConnected(open: (connection: Connection) => Stop): Stop {
  let stop: Stop | undefined;
  let stopped = false;
  wanted.resolve();
  connection.promise.then(
    (line) => {
      if (!stopped) stop = counted(open(line));
    },
    () => undefined,
  );
  return () => {
    stopped = true;
    stop?.();
  };
}
