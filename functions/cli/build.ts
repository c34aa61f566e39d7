import { join } from 'node:path';
import { bundleFunctions } from './lib/functions-bundle.ts';
import { root } from './lib/paths.ts';
import { printProblem } from './lib/problem.ts';
import { buildWeb } from './lib/web-build.ts';

// What `firebase deploy` takes, in the folders that firebase.json names.
const functions = join(root, 'functions', 'dist');
const web = join(root, 'web', 'dist');
try {
  await Promise.all([
    bundleFunctions({ destination: functions }),
    buildWeb({ destination: web, logFile: join(root, '.parley', 'build', 'web.log') }),
  ]);
  console.log('Built functions/dist and web/dist.');
} catch (error) {
  printProblem(error);
  process.exitCode = 1;
}
