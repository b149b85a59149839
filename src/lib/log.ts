import { type Logger, pino } from 'pino';
import { redactPatterns } from './secret-patterns.ts';

/** From the least to the most severe. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type Fields = Readonly<Record<string, unknown>>;

/**
 * A structured log. It is passed in, never imported as a singleton. `event` is `noun.participle`, such as `note.added`.
 * No tokens anywhere, and no note text above `debug`.
 */
export interface Log {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
  /** The same log with fields that are added to every line. */
  with(fields: Fields): Log;
}

/** For tests, and for parts without a log. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, with: () => silentLog };

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: 'json' | 'pretty';
  /** Tokens and other values that must never be written. They are replaced wherever they occur. */
  readonly secrets: readonly string[];
  /** Writes one line, without a line feed. */
  readonly write: (line: string) => void;
  readonly now: () => Date;
  /** The sentence that `pretty` shows for an event, and the fields it already contains. An empty text hides the line. */
  readonly messageFor?: MessageFor;
}

export type MessageFor = (
  event: string,
  fields: Fields,
) => { readonly text: string; readonly usedFields: ReadonlySet<string> } | undefined;

/**
 * Writes one line per event: a JSON object for machines, or a sentence for people. pino builds the JSON, and `pretty`
 * is made from it, so that both carry the same. Secrets are redacted last, in the finished line.
 */
export function createLog({ level, format, secrets, write, now, messageFor }: LogOptions): Log {
  const finish = (json: string): string =>
    format === 'json' ? json.trimEnd() : prettyLine(JSON.parse(json) as JsonLine, messageFor);
  return fromPino(
    pino(
      {
        level,
        base: null,
        messageKey: 'event',
        timestamp: () => `,"at":"${now().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }), log: withErrorsAsFields },
      },
      {
        write(json) {
          const line = finish(json);
          if (line) write(redact(line, secrets));
        },
      },
    ),
  );
}

const fromPino = (logger: Logger): Log => ({
  debug: (event, fields = {}) => logger.debug(fields, event),
  info: (event, fields = {}) => logger.info(fields, event),
  warn: (event, fields = {}) => logger.warn(fields, event),
  error: (event, fields = {}) => logger.error(fields, event),
  with: (fields) => fromPino(logger.child(fields)),
});

const withErrorsAsFields = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? errorFields(value) : value]),
  );

/** An error with its causes. Only the innermost has a stack: that is where the fault is. */
function errorFields(error: Error): Fields {
  const { cause } = error;
  const base = { name: error.name, message: error.message };
  return cause instanceof Error ? { ...base, cause: errorFields(cause) } : { ...base, stack: error.stack };
}

interface JsonLine extends Fields {
  readonly at: string;
  readonly level: LogLevel;
  readonly event: string;
}

/** Empty if people don't need to read it. */
function prettyLine(
  { at, level, event, ...fields }: JsonLine,
  messageFor: MessageFor = () => undefined,
): string {
  const message = messageFor(event, fields);
  if (message?.text === '') return '';
  const rest = Object.entries(fields)
    .filter(([key]) => !message?.usedFields.has(key))
    .map(([key, value]) => `${key}=${prettyValue(value)}`);
  const head = message ? [message.text, ` event=${event}`] : [event];
  return [new Date(at).toTimeString().slice(0, 8), level.toUpperCase().padEnd(5), ...head, ...rest]
    .join(' ')
    .replace(CONTROL_CHARACTERS, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function prettyValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return isErrorFields(value) ? `${value.name}: ${value.message}` : JSON.stringify(value);
}

/** Whether a field of a JSON line was an error. */
export const isErrorFields = (value: unknown): value is { readonly name: string; readonly message: string } =>
  typeof value === 'object' && value !== null && 'message' in value && ('stack' in value || 'cause' in value);

/** Text from strangers must not start a line of its own, or move or colour anything on a terminal. */
const CONTROL_CHARACTERS = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** Replaces the secrets, as they are and percent-encoded. */
export const redactValues = (text: string, secrets: readonly string[]): string =>
  secrets.flatMap(formsOf).reduce((rest, form) => rest.replaceAll(form, '[secret]'), text);

/** Replaces the secrets, and anything that looks like one: credentials in addresses, Nostr's secret keys. */
export const redact = (text: string, secrets: readonly string[]): string =>
  redactPatterns(redactValues(text, secrets));

/** A Telegram token is a public id and a secret half, with a colon between. A half this long is no ordinary word. */
const MIN_HALF = 12;
/** Anything shorter isn't secret, and would black out half of every sentence. */
const MIN_SECRET = 6;

function formsOf(secret: string): readonly string[] {
  const half = secret.slice(secret.indexOf(':') + 1);
  const forms = [secret, encodeURIComponent(secret), ...(half.length >= MIN_HALF ? [half] : [])];
  return forms.filter((form) => form.length >= MIN_SECRET);
}
