/** A Nostr event in its frame has four levels; profiles and directories have a few more. */
const MAX_DEPTH = 16;
/** More than an event with 2,500 tags of six values each has. */
const MAX_VALUES = 20_000;
/** What a value takes in memory besides its characters, in bytes: an empty array takes 16, and its slot 8. */
const BYTES_PER_VALUE = 24;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** Setting this bit turns `[` into `{`, and `]` into `}`. */
const BRACE = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/**
 * Estimates how many bytes a stranger's JSON takes once it is parsed. Undefined if it is nested more deeply, or has more
 * values, than anything honest. It isn't parsed for that, and time is linear in its length; parsing a megabyte of brackets
 * would take three hundred times as long.
 */
export function parsedBytes(json: Buffer): number | undefined {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) at = endOfString(json, at);
    else if (byte === COMMA) values += 1;
    else if ((byte | BRACE) === CLOSING) depth -= 1;
    else if ((byte | BRACE) === OPENING) {
      depth += 1;
      values += 1;
      if (depth > MAX_DEPTH) return undefined;
    }
    if (values > MAX_VALUES) return undefined;
  }
  return json.length + BYTES_PER_VALUE * values;
}

/** The index where the string that starts there ends, or the length of the text if it doesn't end. */
function endOfString(json: Buffer, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** `JSON.parse` for strangers' JSON. Throws a `SyntaxError` if it is nested too deeply or has too many values, too. */
export function parseBoundedJson(text: string): unknown {
  if (parsedBytes(Buffer.from(text)) === undefined)
    throw new SyntaxError('Nested too deep, or too many values');
  return JSON.parse(text);
}
