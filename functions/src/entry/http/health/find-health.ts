import indexes from '../../../../../firestore.indexes.json' with { type: 'json' };
import type { Finding } from '../../../contract/health.ts';
import { healthChecks } from '../../../health/health-checks.ts';
import { indexFile } from '../../../health/index-check.ts';
import { runChecks } from '../../../health/run-checks.ts';
import type { Log } from '../../../platform/log.ts';
import type { ApiDeps } from '../../deps.ts';

/** Every finding about the running Parley, each within its time; at most about 300 reads. */
export async function findHealth(deps: ApiDeps, log: Log): Promise<Finding[]> {
  return runChecks(healthChecks({ ...deps, indexes: indexFile.parse(indexes) }), log);
}
