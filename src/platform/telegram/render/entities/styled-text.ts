/**
 * What a stretch of text is on Telegram (Bot API, `MessageEntity`). `url`, `hashtag` and `bot_command` are never sent: the
 * server finds those by itself, and they stand here because they count. An `address`, shown as it is, goes as a `text_link`.
 */
export type MarkType =
  | 'bold'
  | 'italic'
  | 'strikethrough'
  | 'spoiler'
  | 'code'
  | 'pre'
  | 'text_link'
  | 'blockquote'
  | 'expandable_blockquote'
  | 'url'
  | 'address'
  | 'hashtag'
  | 'bot_command';

/** One mark; `offset` and `length` in UTF-16 units, like JavaScript's own strings. */
export interface Mark {
  readonly type: MarkType;
  readonly offset: number;
  readonly length: number;
  /** Of a `text_link`, a `url`, an `address`. */
  readonly url?: string;
  /** Of a `pre`. */
  readonly language?: string;
}

/** Text with its marks, which keep Telegram's nesting rules. */
export interface StyledText {
  readonly text: string;
  readonly marks: readonly Mark[];
}

export const endOf = (mark: Mark): number => mark.offset + mark.length;

/** Text as the server keeps it: no control characters, no direction overrides, no half surrogate pairs. */
export function plain(written: string): StyledText {
  const text = written
    .toWellFormed()
    .replace(/\r|[\u2028-\u202e]|\u0333|\u033f|\u030a/g, '')
    // oxlint-disable-next-line no-control-regex -- they are what is replaced
    .replace(/[\u0000-\u0009\u000b-\u001f]+/g, (run) => ' '.repeat(run.length));
  return { text, marks: [] };
}

/** The same mark so much farther on. What does not move stays the same object: while a text is cut, marks are asked for many times. */
export const movedBy = (distance: number, mark: Mark): Mark =>
  distance === 0 ? mark : { ...mark, offset: mark.offset + distance };

/** One after the other, with `between` in between. */
export function join(parts: readonly StyledText[], between = ''): StyledText {
  let text = '';
  const marks: Mark[] = [];
  parts.forEach((part, index) => {
    if (index > 0) text += between;
    for (const mark of part.marks) marks.push(movedBy(text.length, mark));
    text += part.text;
  });
  return { text, marks };
}

/** With `words` put in at those places, in order; a mark that begins at one moves, and none ends later for it. */
export function insert(styled: StyledText, places: readonly number[], words: string): StyledText {
  if (places.length === 0) return styled;
  const moved = (at: number, inclusive: boolean): number =>
    at + words.length * countUpTo(places, inclusive ? at : at - 1);
  const marks = styled.marks.map((mark) => {
    const offset = moved(mark.offset, true);
    return { ...mark, offset, length: moved(endOf(mark), false) - offset };
  });
  const pieces = [0, ...places].map((place, index) => styled.text.slice(place, places[index]));
  return { text: pieces.join(words), marks };
}

/** How many of ascending numbers are at most that one. */
export function countUpTo(ascending: readonly number[], most: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What may not stand inside a mark of that type; there it becomes plain. */
const EXCLUDED: Readonly<Partial<Record<MarkType, readonly MarkType[]>>> = {
  // The server takes a spoiler off code rather than the code out of the spoiler: hidden text would show.
  spoiler: ['code', 'pre', 'spoiler'],
  text_link: ['code', 'text_link', 'url', 'hashtag', 'bot_command'],
  bold: ['bold'],
  italic: ['italic'],
  strikethrough: ['strikethrough'],
};
const QUOTES: readonly MarkType[] = ['blockquote', 'expandable_blockquote'];
const LITERAL: readonly MarkType[] = ['code', 'pre'];

/** The whole of `styled` under one more mark. A quote in a quote turns italic; looks leave code alone. */
export function wrap(
  type: MarkType,
  styled: StyledText,
  more: { readonly url?: string; readonly language?: string } = {},
): StyledText {
  const { text } = styled;
  if (text === '') return styled;
  if (QUOTES.includes(type)) {
    const isQuote = (mark: Mark): boolean => QUOTES.includes(mark.type);
    const inner = styled.marks.filter(isQuote).flatMap((mark) => gaps(mark, styled.marks, 'italic'));
    const kept = styled.marks.filter((mark) => !isQuote(mark));
    return { text, marks: [{ type, offset: 0, length: text.length }, ...kept, ...inner] };
  }
  const kept = styled.marks.filter((mark) => !EXCLUDED[type]?.includes(mark.type));
  const whole: Mark = { type, offset: 0, length: text.length, ...more };
  const isLook = type === 'bold' || type === 'italic' || type === 'strikethrough';
  return { text, marks: [...(isLook ? gaps(whole, kept, type) : [whole]), ...kept] };
}

/** A mark of that type over what code leaves of `whole`: code combines with nothing. */
function gaps(whole: Mark, marks: readonly Mark[], type: MarkType): readonly Mark[] {
  const found: Mark[] = [];
  let offset = whole.offset;
  const add = (end: number): void => {
    if (end > offset) found.push({ type, offset, length: end - offset });
  };
  const literal = marks.filter((mark) => LITERAL.includes(mark.type));
  for (const mark of literal.sort((a, b) => a.offset - b.offset)) {
    if (endOf(mark) <= whole.offset || mark.offset >= endOf(whole)) continue;
    add(mark.offset);
    offset = endOf(mark);
  }
  add(endOf(whole));
  return found;
}

/** Without the white space at both ends, which the server would cut off (and move the offsets by it). */
export function trim(styled: StyledText): StyledText {
  const text = styled.text.trim();
  const start = styled.text.length - styled.text.trimStart().length;
  const marks = styled.marks.flatMap((mark) => {
    const offset = Math.max(mark.offset - start, 0);
    const length = Math.min(endOf(mark) - start, text.length) - offset;
    return length > 0 ? [{ ...mark, offset, length }] : [];
  });
  return { text, marks };
}
