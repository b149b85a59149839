import type { MessageEntity } from 'grammy/types';
import { breakAutolinks, mostJoiners } from './autolink-guard.ts';
import { withExplicitLinks } from './explicit-links.ts';
import { type Mark, type MarkType, type StyledText, trim } from './styled-text.ts';

/** UTF-16 units of a text message after entity parsing (Bot API, `sendMessage`). */
export const MAX_TEXT = 4096;
/** UTF-16 units of a caption (Bot API, `sendPhoto`). */
export const MAX_CAPTION = 1024;
/** The server drops all entities after the first hundred, including those it detects. */
const MAX_ENTITIES = 100;
/** Bytes as JSON. The server answers `ENTITIES_TOO_LONG` at about 9,500 bytes of its own format. */
const MAX_ENTITY_BYTES = 9_000;

/** Marks that are dropped if there are too many, least valuable first. All others stay. */
const OPTIONAL_MARKS: readonly MarkType[] = [
  'italic',
  'bold',
  'strikethrough',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
];
/** Detected by the server, never sent by us. */
const AUTODETECTED: readonly MarkType[] = ['url', 'hashtag', 'bot_command'];

const isOptional = ({ type }: Mark): boolean => OPTIONAL_MARKS.includes(type);
const isAutodetected = ({ type }: Mark): boolean => AUTODETECTED.includes(type);

/** A text with its entities, as passed to the API. */
export interface EntityText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** A text ready to be sent. `fits`: Telegram accepts it without loss. */
export interface MeasuredText extends EntityText {
  readonly fits: boolean;
}

/** Prepares a text for sending: limits its marks, breaks accidental links, trims it. */
export function toEntityText(styled: StyledText, maxLength: number): MeasuredText {
  const sorted = sortedMarks(styled);
  const { detected } = sorted;
  const kept = keptOf(sorted);
  const { text, marks } = trim(breakAutolinks({ text: styled.text, marks: [...kept, ...detected] }));
  const entities = marks.filter((mark) => !isAutodetected(mark)).sort(byPlace);
  return {
    text,
    entities: entities.map(toEntity),
    fits: text.length <= maxLength && hasRoom(sorted) && isComplete(sorted, kept),
  };
}

/**
 * Whether Telegram accepts the text without loss. Mostly decided without building it: the text alone is too long, there are too
 * many marks, or there is room even for the most joiners possible.
 */
export function fitsMessage(styled: StyledText, maxLength: number): boolean {
  const { length } = styled.text.trim();
  if (length > maxLength || hasTooMany(styled)) return false;
  const sorted = sortedMarks(styled);
  if (!hasRoom(sorted)) return false;
  return length + mostJoiners(styled.text) <= maxLength
    ? isComplete(sorted, keptOf(sorted))
    : toEntityText(styled, maxLength).fits;
}

interface SortedMarks {
  readonly detected: readonly Mark[];
  /** Most important first, as are `decorations`. */
  readonly needed: readonly Mark[];
  readonly decorations: readonly Mark[];
}

function sortedMarks(styled: StyledText): SortedMarks {
  const { marks } = withExplicitLinks(styled);
  return {
    detected: marks.filter(isAutodetected),
    // Spoilers come first, so that they are never dropped.
    needed: marks
      .filter((mark) => !isAutodetected(mark) && !isOptional(mark))
      .sort((a, b) => Number(b.type === 'spoiler') - Number(a.type === 'spoiler')),
    decorations: marks
      .filter(isOptional)
      .sort((a, b) => OPTIONAL_MARKS.indexOf(b.type) - OPTIONAL_MARKS.indexOf(a.type)),
  };
}

function keptOf({ detected, needed, decorations }: SortedMarks): readonly Mark[] {
  const room = Math.max(MAX_ENTITIES - detected.length, needed.length);
  return withinBytes([...needed, ...decorations].slice(0, room));
}

const hasRoom = ({ detected, needed }: SortedMarks): boolean =>
  needed.length === 0 || needed.length + detected.length <= MAX_ENTITIES;

/** Whether only optional marks were dropped. */
const isComplete = ({ needed }: SortedMarks, kept: readonly Mark[]): boolean =>
  kept.filter((mark) => !isOptional(mark)).length === needed.length;

/** Doesn't count plain addresses: some are dropped later, and Telegram detects them anyway. */
const hasTooMany = ({ marks }: StyledText): boolean =>
  marks.length > MAX_ENTITIES && marks.filter(({ type }) => type === 'text_link').length > MAX_ENTITIES;

/** False for texts of spaces and invisible characters only, which the server refuses. */
export function isVisible(text: string): boolean {
  return /[^\s\p{C}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u.test(text);
}

function withinBytes(marks: readonly Mark[]): readonly Mark[] {
  let bytes = 0;
  return marks.filter((mark) => {
    const weight = weightOf(mark);
    if (bytes + weight > MAX_ENTITY_BYTES) return false;
    bytes += weight;
    return true;
  });
}

const FRAME = JSON.stringify({ type: '', offset: 0, length: 0 }).length - '00'.length;

/** Length as JSON, with a comma. Computed by hand for speed: splitting measures the same marks many times. */
function weightOf({ type, offset, length, url, language }: Mark): number {
  return (
    FRAME +
    type.length +
    String(offset).length +
    String(length).length +
    (url === undefined ? 0 : ',"url":'.length + quotedLength(url)) +
    (language === undefined ? 0 : ',"language":'.length + quotedLength(language)) +
    1
  );
}

const quotedLength = (words: string): number =>
  NEEDS_NO_ESCAPE.test(words) ? words.length + 2 : Buffer.byteLength(JSON.stringify(words));
const NEEDS_NO_ESCAPE = /^[ !#-[\]-~]*$/;

function byPlace(a: Mark, b: Mark): number {
  return a.offset - b.offset || b.length - a.length;
}

function toEntity({ type, offset, length, url, language }: Mark): MessageEntity {
  if (type === 'text_link' || type === 'address')
    return { type: 'text_link', offset, length, url: url ?? '' };
  if (type === 'pre') return { type, offset, length, ...(language && { language }) };
  return { type, offset, length };
}
