/** Markup anywhere: emphasis, spoilers, code, masked links; with angle brackets mentions, timestamps, quotes, automatic links. */
const ANYWHERE = '\\*_~|`[]<>';
/** Markup at the start of a line: headings, small print, bullets. */
const AT_A_LINE = '#+-';

const PLAIN = 0;
const MARK = 1;
const LINE_MARK = 2;
const DOT = 3;
const COLON = 4;
/** By character code. Beyond ASCII there is no markup. */
const kinds = new Uint8Array(2 ** 16);
for (const mark of ANYWHERE) kinds[mark.charCodeAt(0)] = MARK;
for (const mark of AT_A_LINE) kinds[mark.charCodeAt(0)] = LINE_MARK;
kinds['.'.charCodeAt(0)] = DOT;
kinds[':'.charCodeAt(0)] = COLON;

const OTHER = 0;
const BREAK = 1;
const BLANK = 2;
const NAME = 3;
const DIGIT = 4;
/** By character code: line breaks, white space, and characters of emoji names, including digits. */
const around = Uint8Array.from({ length: 2 ** 16 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[\n\r\u2028\u2029]/.test(character)) return BREAK;
  if (/\s/.test(character)) return BLANK;
  if (/\d/.test(character)) return DIGIT;
  return /[\w+-]/.test(character) ? NAME : OTHER;
});

const BACKSLASH = 0x5c;
const HASH = 0x23;
const COLON_CODE = 0x3a;
const NOT_LATIN = /[^\0-\xff]/;

/** Buffers for the text, the positions of its markup, and the output. They grow as needed. */
let latin = Buffer.alloc(0);
let utf16 = Buffer.alloc(0);
let marks = new Uint32Array(0);
let output = Buffer.alloc(0);

/**
 * Puts a backslash before every character that Discord would read as markup at its position (Reference, Message Formatting). Reads
 * each character once, without regular expressions: splitting calls it very often, and text full of markup would take ten times as
 * long as plain text.
 */
export function backslashEscape(text: string): string {
  if (marks.length <= text.length) growBuffers(2 * text.length);
  // One byte per character if possible: the resulting strings are kept, and would otherwise take twice the memory.
  const isLatin = !NOT_LATIN.test(text);
  if (isLatin) latin.write(text, 'latin1');
  else utf16.write(text, 'utf16le');
  const codes = isLatin ? latin : new Uint16Array(utf16.buffer, utf16.byteOffset, text.length);
  const count = findMarks(codes, text.length);
  if (count === 0) return text;
  const length = text.length + count;
  if (isLatin) {
    insertBackslashes(codes, text.length, output);
    return output.toString('latin1', 0, length);
  }
  insertBackslashes(codes, text.length, new Uint16Array(output.buffer, output.byteOffset, length));
  return output.toString('utf16le', 0, 2 * length);
}

type Codes = Uint8Array | Uint16Array;

/** Fills `marks` and returns their count. */
function findMarks(codes: Codes, length: number): number {
  let count = 0;
  /** Hash signs before these positions end their line, or are known not to. */
  let lastHashes = 0;
  let otherHashes = 0;
  for (let at = 0; at < length; at += 1) {
    const code = codes[at] ?? 0;
    const kind = kinds[code];
    if (kind === PLAIN) continue;
    if (code === HASH && at >= lastHashes && at >= otherHashes) {
      const end = endOfHashes(codes, at, length);
      if (isLineEnd(codes, end, length)) lastHashes = end;
      else otherHashes = end;
    }
    if (
      kind === MARK ||
      (kind === LINE_MARK && (at < lastHashes || isLineStart(codes, at))) ||
      (kind === DOT && isNumbered(codes, at)) ||
      (kind === COLON && isNameBehind(codes, at, length))
    ) {
      marks[count] = at;
      count += 1;
    }
  }
  marks[count] = length;
  return count;
}

/** Discord drops hash signs at the end of a heading. */
function endOfHashes(codes: Codes, from: number, length: number): number {
  let end = from;
  while (end < length && codes[end] === HASH) end += 1;
  return end;
}

const aroundAt = (codes: Codes, at: number): number => around[codes[at] ?? 0] ?? OTHER;

function isLineEnd(codes: Codes, from: number, length: number): boolean {
  let at = from;
  while (at < length && aroundAt(codes, at) === BLANK) at += 1;
  return at === length || aroundAt(codes, at) === BREAK;
}

function isLineStart(codes: Codes, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && aroundAt(codes, before) === BLANK) before -= 1;
  return before < 0 || aroundAt(codes, before) === BREAK;
}

/** The dot after a list number. */
function isNumbered(codes: Codes, at: number): boolean {
  let before = at;
  while (before > 0 && aroundAt(codes, before - 1) === DIGIT) before -= 1;
  return before < at && isLineStart(codes, before);
}

/** Discord replaces names between two colons by emoji. */
function isNameBehind(codes: Codes, at: number, length: number): boolean {
  let end = at + 1;
  while (end < length && aroundAt(codes, end) >= NAME) end += 1;
  return end > at + 1 && end < length && codes[end] === COLON_CODE;
}

function growBuffers(length: number): void {
  marks = new Uint32Array(length + 1);
  latin = Buffer.alloc(length);
  utf16 = Buffer.alloc(2 * length);
  output = Buffer.alloc(4 * length);
}

function insertBackslashes(codes: Codes, length: number, into: Codes): void {
  let next = 0;
  let mark = marks[0];
  for (let at = 0; at < length; at += 1) {
    if (at === mark) {
      into[at + next] = BACKSLASH;
      next += 1;
      mark = marks[next];
    }
    into[at + next] = codes[at] ?? 0;
  }
}
