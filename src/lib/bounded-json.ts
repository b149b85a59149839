/** An event in a frame has four levels; profiles and directories have a few more. */
const MAX_DEPTH = 16;
/** An event of 2,500 tags with six values each has fewer. */
const MAX_VALUES = 20_000;
/** What a value takes in memory beside its characters, in bytes: an empty array takes 16 and its place 8. */
const BYTES_PER_VALUE = 24;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** Setting this bit makes `[` and `{` the same, and `]` and `}`. */
const BRACE = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/**
 * What a stranger's JSON takes in memory once it is parsed, in bytes and roughly; `undefined` where it is nested deeper
 * or has more values than anything honest. Told without parsing it, in time in proportion to its length: a megabyte of
 * brackets would take three hundred times that.
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

/** Where the string that begins there ends; the end of the text where it does not. */
function endOfString(json: Buffer, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** `JSON.parse` for what strangers wrote. Throws a `SyntaxError` also for what is too deep or has too many values. */
export function parseBoundedJson(text: string): unknown {
  if (parsedBytes(Buffer.from(text)) === undefined)
    throw new SyntaxError('Nested too deep, or too many values');
  return JSON.parse(text);
}
