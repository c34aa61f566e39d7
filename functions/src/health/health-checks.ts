import type { Carrier } from '../carrier/carrier.ts';
import type { Config } from '../platform/config.ts';
import type { LiveAccess } from '../platform/live-access.ts';
import type { KeyName } from '../platform/secrets.ts';
import type { Check } from './check.ts';
import { indexCheck, type IndexFile } from './index-check.ts';
import { keysInUseCheck } from './key-checks.ts';
import { liveCheck } from './live-check.ts';
import { schemaCheck } from './schema-check.ts';
import { deliveryCheck, stuckCheck } from './send-checks.ts';
import { authTokenCheck, modeCheck, secretsCheck } from './settings-checks.ts';
import { auditCheck, firestoreCheck, integrityCheck, type StoreDeps } from './store-checks.ts';
import { twilioChecks } from './twilio-checks.ts';

export interface HealthDeps extends StoreDeps {
  config: Pick<Config, 'emulator' | 'smsMode' | 'sender' | 'webhookUrl' | 'secrets'>;
  carrier: Pick<Carrier, 'codes' | 'inquiry'>;
  indexes: Pick<IndexFile, 'indexes'>;
  /** Null where it is not this process that signs them. */
  live: Pick<LiveAccess, 'token'> | null;
  /** The keys that this process should have; those of the API unless given. */
  keys?: readonly KeyName[];
}

/** How many people and numbers are looked at when somebody opens the health page: at most five reads for each. */
const PAGE_SAMPLE = 20;

/** What can be looked at from inside a running Parley, from the settings outwards (OPS-2). */
export function healthChecks(deps: HealthDeps, sample = PAGE_SAMPLE): Check[] {
  const { config, db } = deps;
  return [
    modeCheck(config),
    secretsCheck(config, deps.keys),
    authTokenCheck(config),
    ...twilioChecks(config, deps.carrier),
    firestoreCheck(deps),
    indexCheck(db, config, deps.indexes),
    ...(deps.live === null ? [] : [liveCheck(deps.live)]),
    integrityCheck(deps, sample),
    keysInUseCheck(deps),
    schemaCheck(deps),
    stuckCheck(deps),
    deliveryCheck(deps),
    auditCheck(deps),
  ];
}
