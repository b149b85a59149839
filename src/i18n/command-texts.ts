/** A command as described in the platforms' menus, with its options. */
export interface CommandTexts {
  readonly description: string;
  /** An example to type, for people who left out a required option. */
  readonly example?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** The form that asks for a required option. */
  readonly form?: {
    /** Title of the form, 1–45 characters. */
    readonly title: string;
    /** Label of its field, 1–45 characters. */
    readonly label: string;
    /** Placeholder of the field, 1–64 characters. */
    readonly hint: string;
    /** The question on platforms without forms; `example`: a code to answer with, if the archive has a post. */
    readonly question: (author: string, example?: string) => string;
  };
}
