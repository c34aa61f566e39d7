import { lintChecks, runChecks } from './lib/checks.ts';

process.exitCode = (await runChecks(lintChecks())) ? 0 : 1;
