import { may } from '../../../functions/src/contract/permissions.ts';
import type { SessionAnswer } from '../../../functions/src/contract/team.ts';
import { liveState } from './connection.ts';
import { connect, counted, line, nextLine, standing, type Connection } from './live-connection.ts';
import type { Stop } from './live-controller.ts';
import { hideDigits } from './watch-query.ts';

/**
 * Opens the line for this session, once the page stands, and watches the session's own document: `onEnded` is called
 * when it seems to be over (signed out elsewhere, deactivated), for the session store to ask the server.
 */
export function startLive(answer: SessionAnswer, onEnded: () => void): { stop: Stop } {
  let stopped = false;
  hideDigits(!may(answer.operator.role, 'people:lookup'));
  // Nobody may be listening when it fails; those who are get their own rejection.
  const { promise, resolve, reject } = line();
  promise.catch(() => undefined);
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
      nextLine();
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
