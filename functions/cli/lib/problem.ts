/**
 * Something that the person at the keyboard can fix. It is printed without a stack: `message` says what is wrong,
 * `remedy` what to do, with the command where there is one.
 */
export class Problem extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Problem';
    this.remedy = remedy;
  }
}

/** Prints an error for a person: a `Problem` in two short paragraphs, anything else with its stack. */
export function printProblem(error: unknown): void {
  if (error instanceof Problem) console.error(`\n${error.message}\n${error.remedy}\n`);
  else console.error(error);
}
