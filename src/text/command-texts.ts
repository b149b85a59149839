/** What the platforms' menus say of one command, by option where it has some. */
export interface CommandTexts {
  readonly description: string;
  readonly options?: Readonly<Record<string, string>>;
}
