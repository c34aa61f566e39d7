import { parseArgs, type ParseArgsConfig } from 'node:util';

/**
 * The options of a command that runs for long. `--help` prints `usage` and ends the process with 0; an option that there is
 * not is named, with `usage`, and ends it with 2.
 */
export function readOptions<const Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    return refuse(error instanceof Error ? withoutAdvice(error.message) : String(error), usage);
  }
}

/** The names that are left of `--only a,b`; all of `known` where it was not given. One that is not known ends the process. */
export function readOnly(
  only: string | undefined,
  known: readonly string[],
  usage: string,
): readonly string[] {
  const names = only?.split(',') ?? known;
  const unknown = names.find((name) => !known.includes(name));
  return unknown === undefined
    ? names
    : refuse(`There is no "${unknown}". There are: ${known.join(', ')}.`, usage);
}

function refuse(problem: string, usage: string): never {
  console.error(`${problem}\n\n${usage}`);
  process.exit(2);
}

/** Node's advice on how to pass a dash as a word is of no use here. */
function withoutAdvice(message: string): string {
  return message.replace(/\. To specify a positional argument.*$/s, '.');
}
