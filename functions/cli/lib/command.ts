import { ConfigProblems } from '../../src/platform/config-problems.ts';
import { AppError } from '../../src/platform/errors.ts';
import { printProblem, Problem } from './problem.ts';

/**
 * Runs a command: what is wrong is printed in words, without a stack where the person at the keyboard can mend it, and
 * the exit code is 1. `--help` prints `usage` and does nothing.
 */
export async function runCommand(usage: string, main: () => Promise<void>): Promise<void> {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(usage);
    return;
  }
  try {
    await main();
  } catch (error) {
    printProblem(inWords(error, usage));
    process.exitCode = 1;
  }
}

function inWords(error: unknown, usage: string): unknown {
  if (error instanceof ConfigProblems)
    return new Problem(error.problems.join('\n'), 'Set it in the environment.');
  // The API tells nobody which setting is broken; whoever runs a command has to know.
  if (
    error instanceof AppError &&
    error.cause instanceof Error &&
    error.cause.message.startsWith('The setting ')
  )
    return new Problem(
      error.cause.message,
      'Set it right where it comes from: the environment, or the secret.',
    );
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!(error instanceof Error) || !code.startsWith('ERR_PARSE_ARGS')) return error;
  // Node's advice on how to pass a dash as a word is of no use here.
  return new Problem(error.message.replace(/\. To specify a positional argument.*$/s, '.'), usage);
}
