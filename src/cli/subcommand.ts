import type { ReadStream, WriteStream } from 'node:tty';

/** Exit codes. A supervisor restarts the program after `failed`, and not after `misused`. */
export const EXIT = {
  ok: 0,
  failed: 1,
  /** A mistake of the operator, in the configuration or on the command line: trying again doesn't help. */
  misused: 2,
  /** As shells report a program that Ctrl-C ended. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where a sub-command runs. What it returns goes to `stdout`, what it says meanwhile to `stderr`. */
export interface Terminal {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  /** Environment variables. Those of `.env` are added when a sub-command reads it (`readEnvFile`). */
  readonly env: Record<string, string | undefined>;
  /** Postrider's version. */
  readonly version: string;
}

/** Returns to column 0 and clears the line, for what replaces a line of progress. */
export const CLEAR_LINE = '\r\u001b[K';

/** How a sub-command was called: with as many operands as the table asks for, and only with options that it lists. */
export interface Invocation {
  readonly operands: readonly string[];
  readonly options: ReadonlySet<string>;
  readonly terminal: Terminal;
}

/** A word or option, as the help lists it; `summary` is a clause without a full stop. */
interface Term {
  readonly name: string;
  readonly summary: string;
}

/** An option is a flag, written `--name`. */
export interface Option extends Term {
  /** One letter, written `-x`. */
  readonly short?: string;
}

/** A row of the table of sub-commands. */
export interface Subcommand extends Term {
  /** What has to follow, in order, in capital letters. */
  readonly operands: readonly Term[];
  readonly options: readonly Option[];
  /** More for its own help, in paragraphs. */
  readonly details: readonly string[];
  /** Imports what it needs only when it's called: `health` has to be quick. */
  run(call: Invocation): Promise<ExitCode>;
}

/** A sub-command couldn't do its work; the message is for the operator, who needs no stack trace. */
export class SubcommandError extends Error {
  override readonly name = 'SubcommandError';
}
