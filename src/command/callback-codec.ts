import type { Callback, Select } from '../note/document.ts';
import type { CommandInput } from './request.ts';

/**
 * Telegram's `callback_data` holds 64 bytes, less than Discord's `custom_id`; two go to the version and the response
 * mode.
 */
export const MAX_CALLBACK_BYTES = 62;

/** The content of a button's token. */
export interface DecodedCallback {
  /** The command's name when the button was made. */
  readonly command: string;
  readonly input: CommandInput | StoredInput;
  readonly responseMode: 'replace' | 'add';
}

/**
 * Input too long for a button, stored under this name (`callback-store`): options, or a typed line of an older
 * version.
 */
export interface StoredInput {
  readonly stored: string;
  readonly as: 'options' | 'line';
}

/** A token starts with its version, so buttons of unknown versions fail politely. */
const VERSION = '2';
/** Buttons of the first version held a line as a user would type it. */
const LINE_VERSION = '1';
const RESPONSE_MODES = { r: 'replace', a: 'add' } as const;

/**
 * A callback as a token for `custom_id` or `callback_data`, at most 64 bytes of UTF-8. Discord requires unique ids in a
 * message: `nth` (from 0) tells equal callbacks apart and adds up to three bytes.
 */
export function encodeCallback(
  callback: Callback,
  responseMode: DecodedCallback['responseMode'],
  nth = 0,
): string {
  const written = formatCallback(callback);
  if (Buffer.byteLength(written) > MAX_CALLBACK_BYTES)
    throw new RangeError(`Cannot encode callback "${written}": more than ${MAX_CALLBACK_BYTES} bytes`);
  const token = `${VERSION}${responseMode === 'replace' ? 'r' : 'a'}${written}`;
  return nth === 0 ? token : `${token}&${nth}`;
}

/**
 * Decodes a token of any version; `undefined` if it is invalid. `selected`: the selected values, for a select's
 * token.
 */
export function decodeCallback(token: string, selected?: readonly string[]): DecodedCallback | undefined {
  const responseMode = RESPONSE_MODES[token[1] as keyof typeof RESPONSE_MODES];
  const written = token.slice(2);
  if (!responseMode) return undefined;
  if (token.startsWith(LINE_VERSION)) {
    const [command = '', ...words] = [...written.split(' '), ...valuesOf(selected)];
    return { command, input: lineInput(words.join(' ')), responseMode };
  }
  const callback = token.startsWith(VERSION) ? parseCallback(written) : undefined;
  if (!callback) return undefined;
  const { command } = callback;
  if ('storedKey' in callback)
    return { command, input: { stored: callback.storedKey, as: 'options' }, responseMode };
  return { command, input: { named: withSelected(callback.options, selected) }, responseMode };
}

function lineInput(line: string): CommandInput | StoredInput {
  const [, stored] = /^~([0-9a-f]{24})$/u.exec(line) ?? [];
  return stored === undefined ? { line } : { stored, as: 'line' };
}

/** The callback for one value of a choice, on platforms that show each value as a button. */
export function callbackForValue({ callback, amount, selected }: Select, value: string): Callback {
  if ('storedKey' in callback) throw new TypeError('A stored callback has no option to add a value to');
  if (amount !== 'any') return { ...callback, options: withSelected(callback.options, [value]) };
  // A button can't say which others are chosen, so it adds its value or removes it.
  const others = Object.entries(callback.options).slice(0, -1);
  return {
    ...callback,
    options: { ...Object.fromEntries(others), [selected.includes(value) ? 'remove' : 'add']: value },
  };
}

/** Stands for an empty selection. */
const NOTHING = 'none';

const valuesOf = (selected: readonly string[] | undefined): readonly string[] =>
  selected?.length === 0 ? [NOTHING] : (selected ?? []);

/** The options with the selected values appended to the last one. */
function withSelected(
  options: Readonly<Record<string, string>>,
  selected: readonly string[] | undefined,
): Readonly<Record<string, string>> {
  const [name, words] = Object.entries(options).at(-1) ?? [];
  if (name === undefined || selected === undefined) return options;
  return { ...options, [name]: [words, ...valuesOf(selected)].filter(Boolean).join(' ') };
}

/** The number at the end only tells equal callbacks apart. */
const FORM = /^([a-z0-9_]{1,32})(?:~([0-9a-f]+)|\?(.*?))?(?:&\d+)?$/su;

/** A callback as a string: `latest?count=5&page=2`, or `search~1f…` where the options are stored. */
export function formatCallback(callback: Callback): string {
  if ('storedKey' in callback) return `${callback.command}~${callback.storedKey}`;
  const options = formatOptions(callback.options);
  return options === '' ? callback.command : `${callback.command}?${options}`;
}

function parseCallback(written: string): Callback | undefined {
  const [, command, storedKey, options = ''] = FORM.exec(written) ?? [];
  if (command === undefined) return undefined;
  return storedKey === undefined ? { command, options: parseOptions(options) } : { command, storedKey };
}

/** Options as a string. Only `%` and `&` are encoded, since a button holds few bytes. */
export function formatOptions(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${value.replace(/[%&]/gu, encodeURIComponent)}`)
    .join('&');
}

/** Parses the output of `formatOptions`. Invalid pairs are skipped. */
export function parseOptions(written: string): Readonly<Record<string, string>> {
  const pairs = written.split('&').flatMap((pair): [string, string][] => {
    const [, name, value = ''] = /^([a-z]+)=(.*)$/su.exec(pair) ?? [];
    return name === undefined ? [] : [[name, value.replace(/%2[56]/gu, decodeURIComponent)]];
  });
  return Object.fromEntries(pairs);
}
