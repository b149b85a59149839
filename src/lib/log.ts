import { messageFor } from '../log-messages.ts';
import { redactPatterns } from './secret-patterns.ts';

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
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, with: () => silentLog };

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: 'json' | 'pretty';
  /** Words that must never be written: tokens. They are blacked out wherever they occur. */
  readonly secrets: readonly string[];
  readonly write: (line: string) => void;
  readonly now: () => Date;
}

/** A log that writes one line an event: JSON for machines; for people a sentence, then the event and what else it carries. */
export function createLog(options: LogOptions, fields: Fields = {}): Log {
  const at =
    (level: LogLevel) =>
    (event: string, more: Fields = {}): void => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(options.level)) return;
      const line = LINES[options.format](level, event, { ...fields, ...more }, options.now());
      if (line) options.write(redact(line, options.secrets));
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (more) => createLog(options, { ...fields, ...more }),
  };
}

function jsonLine(level: LogLevel, event: string, fields: Fields, now: Date): string {
  return JSON.stringify({ at: now.toISOString(), level, event, ...fields }, (_key, value: unknown) =>
    value instanceof Error ? described(value) : value,
  );
}

/** Empty where people need not read it. */
function prettyLine(level: LogLevel, event: string, fields: Fields, now: Date): string {
  const sentence = messageFor(event, fields);
  if (sentence?.words === '') return '';
  const shown = Object.entries(fields)
    .filter(([key, value]) => value !== undefined && !sentence?.told.has(key))
    .map(
      ([key, value]) =>
        `${key}=${value instanceof Error ? `${value.name}: ${value.message}` : typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
  const head = sentence ? [sentence.words, ` event=${event}`] : [event];
  return [now.toTimeString().slice(0, 8), level.toUpperCase().padEnd(5), ...head, ...shown]
    .join(' ')
    .replace(COMMANDS_TO_TERMINALS, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const LINES = { json: jsonLine, pretty: prettyLine } as const;

/** What strangers wrote is to begin no line of its own, and to move or colour nothing. */
const COMMANDS_TO_TERMINALS = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** An error with what caused it; the stack of the innermost only, where the fault is. */
function described(error: Error): Fields {
  const { cause } = error;
  const base = { name: error.name, message: error.message };
  return cause instanceof Error ? { ...base, cause: described(cause) } : { ...base, stack: error.stack };
}

/** The text without any of the secrets, as they are and as they may be written in an address. */
export const redactValues = (text: string, secrets: readonly string[]): string =>
  secrets.flatMap(formsOf).reduce((rest, form) => rest.replaceAll(form, '[secret]'), text);

/** The text without any of the secrets, and without what is secret by its form, whosever it is. */
export const redact = (text: string, secrets: readonly string[]): string =>
  redactPatterns(redactValues(text, secrets));

/** Telegram's tokens are a public id and what is secret, with a colon between. As long as this, it is no word by chance. */
const MIN_HALF = 12;
/** What is shorter keeps nothing secret, and would black out half of every sentence. */
const MIN_SECRET = 6;

function formsOf(secret: string): readonly string[] {
  const half = secret.slice(secret.indexOf(':') + 1);
  const forms = [secret, encodeURIComponent(secret), ...(half.length >= MIN_HALF ? [half] : [])];
  return forms.filter((form) => form.length >= MIN_SECRET);
}
