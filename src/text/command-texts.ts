/** What the platforms' menus say of one command, by option where it has some. */
export interface CommandTexts {
  readonly description: string;
  /** A line that works, for those who left out what is required. */
  readonly example?: string;
  readonly options?: Readonly<Record<string, string>>;
}
