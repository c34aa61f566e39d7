import { parseArgs } from 'node:util';
import { runChecks } from '../src/health/run-checks.ts';
import { createLog } from '../src/platform/log.ts';
import { gatherChecks } from './lib/doctor/gather-checks.ts';
import { printed } from './lib/doctor/print-findings.ts';
import { hasGoogleCredentials, withSecrets } from './lib/doctor/read-secrets.ts';
import { deployedTarget, localTarget } from './lib/doctor/target.ts';
import { printProblem } from './lib/problem.ts';

// npm run doctor                             this machine, and the Parley that runs on it
// npm run doctor -- --project my-project     a deployed one
// npm run doctor -- --json                   for programs
// The exit code is 1 when anything is wrong; a warning is nothing wrong.
const { values } = parseArgs({
  options: {
    project: { type: 'string' },
    json: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    instance: { type: 'string', default: 'start' },
  },
});

// Google's client libraries would otherwise ask the network, for a second or two, whether they run in its cloud.
process.env['METADATA_SERVER_DETECTION'] ??= 'none';

const log = createLog((line) => void (values.verbose && console.error(line)));
// Google's client rejects a promise of its own besides ours where there are no credentials; ours is the finding.
process.on('unhandledRejection', (error) => log.error('doctor.stray', error));

try {
  const deployed = values.project === undefined ? null : deployedTarget(values.project, process.env);
  const google = deployed === null || (await hasGoogleCredentials());
  const target =
    deployed === null
      ? await localTarget(values.instance, process.env)
      : google
        ? await withSecrets(deployed)
        : deployed;
  if (target.emulators !== null) {
    process.env['FIREBASE_AUTH_EMULATOR_HOST'] = target.emulators.auth;
    process.env['FIRESTORE_EMULATOR_HOST'] = target.emulators.firestore;
  }
  const findings = await runChecks(gatherChecks(target, process.env, google), log);
  const checkedAt = new Date().toISOString();
  console.log(values.json ? JSON.stringify({ checkedAt, findings }, null, 2) : printed(findings));
  // Connections that are still open, or a check that hangs, must not keep the process.
  process.exit(findings.some(({ level }) => level === 'error') ? 1 : 0);
} catch (error) {
  printProblem(error);
  process.exit(1);
}
