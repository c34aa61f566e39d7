import { may } from '../../../functions/src/contract/permissions.ts';
import { incomingFromDocument, outgoingFromDocument } from '../../../functions/src/contract/live.ts';
import { entryWithoutLastDigits } from '../../../functions/src/contract/masks.ts';
import type { IncomingItem, OutgoingItem } from '../../../functions/src/contract/messages.ts';
import type { LiveAnswer, SessionAnswer } from '../../../functions/src/contract/team.ts';
import { liveState, noteChange } from './connection.ts';
import type * as Sdk from './firebase-sdk.ts';
import type { Stop } from './live-controller.ts';

interface Connection {
  sdk: typeof Sdk;
  db: Sdk.Firestore;
  close: () => void;
}

/** At most this many newest entries are listened to; the rules allow 100. */
const WINDOW = 50;
/** Entries are stamped before they are committed, so one with an earlier time may come a little after a later one. */
const OVERLAP_MS = 30_000;

let connection = Promise.withResolvers<Connection>();
/** What is being listened to: all of it must stop before the line is closed. */
const listening = new Set<Stop>();

/** Resolved by the first page that has its rows and wants live updates. */
let wanted = Promise.withResolvers<void>();

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when the page stands, painted and ready for the reader's first move: only then is the SDK loaded. */
async function standing(): Promise<void> {
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

async function connect(live: LiveAnswer): Promise<Connection> {
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
function counted(unsubscribe: Stop): Stop {
  const stop = (): void => {
    if (listening.delete(stop)) unsubscribe();
  };
  listening.add(stop);
  return stop;
}

/**
 * Opens the line for this session, once the page stands, and watches the session's own document: `onEnded` is called
 * when it seems to be over (signed out elsewhere, deactivated), for the session store to ask the server.
 */
export function startLive(answer: SessionAnswer, onEnded: () => void): { stop: Stop } {
  let stopped = false;
  hidesDigits = !may(answer.operator.role, 'people:lookup');
  // Nobody may be listening when it fails; those who are get their own rejection.
  connection.promise.catch(() => undefined);
  const { resolve, reject } = connection;
  liveState.set('connecting');
  const opened = standing().then(() => {
    if (answer.live === null) throw new Error('The server could not sign a token for live updates.');
    return stopped ? undefined : connect(answer.live);
  });
  opened.then(
    (open) => {
      if (!open) return;
      if (stopped) {
        open.close();
        return;
      }
      resolve(open);
      watchSession(open, answer.sessionId, onEnded);
    },
    (thrown: unknown) => {
      liveState.set('paused');
      reject(thrown);
    },
  );
  return {
    stop: () => {
      stopped = true;
      // Whoever listens next, listens on the line of the next session.
      connection = Promise.withResolvers<Connection>();
      wanted = Promise.withResolvers<void>();
      liveState.set('off');
      void opened.then(
        (open) => {
          open?.close();
        },
        () => undefined,
      );
    },
  };
}

function watchSession({ sdk, db }: Connection, sessionId: string, onEnded: () => void): void {
  const unsubscribe = sdk.onSnapshot(
    sdk.doc(db, 'sessions', sessionId),
    { includeMetadataChanges: true },
    (snapshot) => {
      liveState.set(snapshot.metadata.fromCache ? 'paused' : 'live');
      const ended = snapshot.exists() && snapshot.get('endedAt') !== null;
      if (!snapshot.metadata.fromCache && (ended || !snapshot.exists())) onEnded();
    },
    () => {
      // The rules let go of a session at its end, which shows as a refusal.
      liveState.set('paused');
      onEnded();
    },
  );
  counted(unsubscribe);
}

/** Runs `open` once there is a line; the returned function stops it, also before. */
function whenConnected(open: (connection: Connection) => Stop): Stop {
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

type FromDocument<T> = (id: string, data: Record<string, unknown>) => T;

/** Whether labels are shown without the last digits of a number, as the API shows them to the same reader (PRIV-3). */
let hidesDigits = false;

/** A document that cannot be read is left out; the API reports it with its page of the log. */
function read<T>(from: FromDocument<T>, id: string, data: Record<string, unknown>): T[] {
  try {
    return [from(id, hidesDigits ? entryWithoutLastDigits(data) : data)];
  } catch {
    return [];
  }
}

/** `first` is true for what was there already when the listening began. */
export type OnRows<T> = (rows: T[], first: boolean) => void;

function watchNewest<T>(
  name: string,
  time: string,
  from: FromDocument<T>,
  newerThan: string | null,
  onRows: OnRows<T>,
): Stop {
  return whenConnected(({ sdk, db }) => {
    const since =
      newerThan === null
        ? []
        : [sdk.where(time, '>', sdk.Timestamp.fromMillis(Date.parse(newerThan) - OVERLAP_MS))];
    let first = true;
    const newest = sdk.query(
      sdk.collection(db, name),
      ...since,
      sdk.orderBy(time, 'desc'),
      sdk.limit(WINDOW),
    );
    return sdk.onSnapshot(
      newest,
      (snapshot) => {
        const changed = snapshot.docChanges().filter((change) => change.type !== 'removed');
        const rows = changed.flatMap((change) => read(from, change.doc.id, change.doc.data()));
        if (rows.length > 0) onRows(rows, first);
        if (rows.length > 0 && !first) noteChange();
        // The server's first answer ends the beginning; before it there is only the empty cache.
        if (!snapshot.metadata.fromCache) first = false;
      },
      () => {
        liveState.set('paused');
      },
    );
  });
}

/**
 * Incoming entries newer than a known one (its `receivedAt`), newest first, as they arrive. Entries never change, so
 * only new ones come, though a few may be known already: merge by id.
 */
export function watchIncoming(newerThan: string | null, onRows: OnRows<IncomingItem>): Stop {
  return watchNewest('incomingMessages', 'receivedAt', incomingFromDocument, newerThan, onRows);
}

/** The newest outgoing entries, and each again whenever its delivery moves: merge by id. */
export function watchOutgoing(onRows: OnRows<OutgoingItem>): Stop {
  return watchNewest('outgoingMessages', 'queuedAt', outgoingFromDocument, null, onRows);
}

/** One outgoing entry, however old, whenever its delivery moves. */
export function watchOutgoingEntry(id: string, onEntry: (entry: OutgoingItem) => void): Stop {
  return whenConnected(({ sdk, db }) =>
    sdk.onSnapshot(
      sdk.doc(db, 'outgoingMessages', id),
      (snapshot) => {
        const data = snapshot.data();
        if (data) read(outgoingFromDocument, snapshot.id, data).forEach(onEntry);
      },
      () => {
        liveState.set('paused');
      },
    ),
  );
}
