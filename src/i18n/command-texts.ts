/** What the platforms' menus say of one command, by option where it has some. */
export interface CommandTexts {
  readonly description: string;
  /** A line that works, for those who left out what is required. */
  readonly example?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** Where what is required is asked for. */
  readonly form?: {
    /** Above the form, 1–45 characters. */
    readonly title: string;
    /** Above its field, 1–45 characters. */
    readonly label: string;
    /** Stands in the field while it is empty, 1–64 characters. */
    readonly hint: string;
    /** What is asked where there is no form; `example`: a code that would do, where the archive has a post. */
    readonly question: (author: string, example?: string) => string;
  };
}
