/** Mistakes of the operator, all at once, each starting with its variable. The command line prints them and exits with 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  /** Where to read more, in a sentence; may be empty. */
  readonly hint: string;
  constructor(problems: readonly string[], advice = '') {
    super(problems.join('\n'));
    this.problems = problems;
    this.hint = advice;
  }
}
