import { REGION } from './region.ts';
import type { Carrier } from '../carrier/carrier.ts';
import type { Bcrypt } from '../platform/bcrypt.ts';
import { parseConfig, runtimePlace, type Config } from '../platform/config.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import { openFirestore, type Database } from '../platform/firestore.ts';
import { randomIds, type Ids } from '../platform/ids.ts';
import { createLiveAccess, type LiveAccess } from '../platform/live-access.ts';
import { standardLog, type Log } from '../platform/log.ts';
import { createPhoneVault, type PhoneVault } from '../platform/phone-vault.ts';
import type { PasswordGate } from '../team/password-gate.ts';
import { runtimeSettings } from '../platform/settings.ts';
import { createTaskQueue, type TaskQueue } from '../jobs/task-queue.ts';
import { twilioCarrier } from '../twilio/twilio-carrier.ts';

/** What the outside world is to the use cases. Each of them declares the few of these that it needs. */
export interface Deps {
  config: Config;
  clock: Clock;
  ids: Ids;
  log: Log;
  db: Database;
  vault: PhoneVault;
  tasks: TaskQueue;
  carrier: Carrier;
}

/** What the API's routes get. */
export interface ApiDeps extends Deps {
  /** Passwords are hashed away from the requests of everybody else, and only so many at once. */
  bcrypt: Bcrypt;
  passwordGate: PasswordGate;
  /** How signed-in browsers read Firestore (OP-9). */
  live: LiveAccess;
}

let made: Deps | null = null;

/** The composition root of the deployed functions: made on the first request, then kept for the life of the process. */
export function runtimeDeps(): Deps {
  if (made !== null) return made;
  const config = parseConfig(runtimeSettings(), runtimePlace());
  config.secrets.refuseWeak();
  made = {
    config,
    clock: systemClock,
    ids: randomIds,
    log: standardLog,
    db: openFirestore(config.projectId),
    vault: createPhoneVault(config.secrets.phoneKeys, config.secrets.phoneHashKey),
    tasks: createTaskQueue(REGION, config.projectId),
    carrier: twilioCarrier(config),
  };
  return made;
}

/** The same for the API function, which alone signs tokens for live reading. */
export function runtimeApiDeps(): Omit<ApiDeps, 'bcrypt' | 'passwordGate'> {
  const deps = runtimeDeps();
  return { ...deps, live: createLiveAccess(deps.config.projectId) };
}
