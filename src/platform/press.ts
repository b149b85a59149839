import { MAX_PRESS_BYTES } from '../command/presses.ts';

/** What a button brings back when it is pressed. */
export interface Press {
  readonly line: string;
  readonly manner: 'replace' | 'add';
}

/** The first character of every token: buttons of an older program fail politely. */
const VERSION = '1';
const MANNERS = { r: 'replace', a: 'add' } as const;

/** A button's press as a token for `custom_id` or `callback_data`, at most 64 bytes of UTF-8. */
export function encodePress(press: Press): string {
  const token = `${VERSION}${press.manner === 'replace' ? 'r' : 'a'}${press.line}`;
  if (Buffer.byteLength(press.line) > MAX_PRESS_BYTES)
    throw new RangeError(`Cannot encode press "${press.line}": more than ${MAX_PRESS_BYTES} bytes`);
  return token;
}

/** The press in a token, or `undefined` where the token is not of this version. */
export function decodePress(token: string): Press | undefined {
  const manner = MANNERS[token[1] as keyof typeof MANNERS];
  return token[0] === VERSION && manner ? { line: token.slice(2), manner } : undefined;
}
