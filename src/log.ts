export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Structured log, passed in and never imported as a singleton. `event` is `noun.participle` (`note.archived`);
 * fields are words of the glossary. Never tokens; never the text of a note above debug.
 */
export interface Log {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
  /** The same log with fields that every line carries. */
  with(fields: Fields): Log;
}

/** Says nothing: for tests and for parts that have no log. */
export const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, with: () => silent };
