import { AppError } from './errors.ts';

/** What is wrong with the settings, one line each; the doctor shows all of them, a function refuses to run with any. */
export class ConfigProblems extends AppError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('UNAVAILABLE', { cause: new Error(`Settings: ${problems.join(' ')}`) });
    this.problems = problems;
  }
}
