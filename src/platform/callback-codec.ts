import { MAX_CALLBACK_BYTES } from '../command/callback-store.ts';
import { formatCallback, parseCallback } from '../command/callback-text.ts';
import { canonicalName } from '../command/command-aliases.ts';
import type { CommandInput } from '../command/invocation.ts';
import type { Callback, Choice } from '../note/document.ts';

/** What a button brings back when it is pressed. */
export interface DecodedCallback {
  readonly command: string;
  readonly input: CommandInput;
  readonly responseMode: 'replace' | 'add';
}

/** The first character of every token says how the rest is to be read: buttons of an older program fail politely. */
const VERSION = '2';
/** The rest was a line, to be read as if it had been typed. */
const LINE_VERSION = '1';
const RESPONSE_MODES = { r: 'replace', a: 'add' } as const;

/**
 * A button's press as a token for `custom_id` or `callback_data`, at most 64 bytes of UTF-8. Where a message may have
 * each token only once, `nth` (from 0) tells presses apart that ask the same; that takes up to three bytes more.
 */
export function encodeCallback(press: Callback, manner: DecodedCallback['responseMode'], nth = 0): string {
  const written = formatCallback(press);
  if (Buffer.byteLength(written) > MAX_CALLBACK_BYTES)
    throw new RangeError(`Cannot encode press "${written}": more than ${MAX_CALLBACK_BYTES} bytes`);
  const token = `${VERSION}${manner === 'replace' ? 'r' : 'a'}${written}`;
  return nth === 0 ? token : `${token}&${nth}`;
}

/**
 * The press in a token, by the command's present name, or `undefined` where the token is of no version we know.
 * `chosen`: what was chosen there, where it is the token of something to choose.
 */
export function decodeCallback(token: string, chosen?: readonly string[]): DecodedCallback | undefined {
  const responseMode = RESPONSE_MODES[token[1] as keyof typeof RESPONSE_MODES];
  const written = token.slice(2);
  if (!responseMode) return undefined;
  if (token.startsWith(LINE_VERSION)) {
    const [command = '', ...words] = [...written.split(' '), ...valuesOf(chosen)];
    return { command: canonicalName(command), input: { line: words.join(' ') }, responseMode };
  }
  const press = token.startsWith(VERSION) ? parseCallback(written) : undefined;
  if (!press) return undefined;
  const command = canonicalName(press.command);
  if ('kept' in press) return { command, input: { kept: press.kept }, responseMode };
  return { command, input: { named: withChosen(press.options, chosen) }, responseMode };
}

/** The press of one value of a choice, for platforms that show each as a button. */
export function callbackForValue({ callback, amount, chosen }: Choice, value: string): Callback {
  if ('kept' in callback) throw new TypeError('What is kept under a name has nothing behind it');
  const sign = amount !== 'any' ? '' : chosen.includes(value) ? '-' : '+';
  return { ...callback, options: withChosen(callback.options, [sign + value]) };
}

/** What is said where nothing is chosen. */
const NOTHING = 'none';

/** Of what is no choice, `undefined`. */
const valuesOf = (chosen: readonly string[] | undefined): readonly string[] =>
  chosen?.length === 0 ? [NOTHING] : (chosen ?? []);

function withChosen(
  options: Readonly<Record<string, string>>,
  chosen: readonly string[] | undefined,
): Readonly<Record<string, string>> {
  const [name, words] = Object.entries(options).at(-1) ?? [];
  if (name === undefined || chosen === undefined) return options;
  return { ...options, [name]: [words, ...valuesOf(chosen)].filter(Boolean).join(' ') };
}
