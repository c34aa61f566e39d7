import { runChecks, typeChecks } from './lib/checks.ts';

process.exitCode = (await runChecks(typeChecks())) ? 0 : 1;
