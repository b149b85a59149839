import type { MessageEntity } from 'grammy/types';
import { breakAutolinks, mostJoiners } from './autolink-guard.ts';
import { withExplicitLinks } from './explicit-links.ts';
import { type Mark, type MarkType, type StyledText, trim } from './styled-text.ts';

/** UTF-16 units of a message's text, after entity parsing (Bot API, `sendMessage`). */
export const MAX_TEXT = 4096;
/** UTF-16 units of a caption (Bot API, `sendPhoto`). */
export const MAX_CAPTION = 1024;
/** Of more than a hundred entities the server honours the first hundred, found ones included. */
const MAX_ENTITIES = 100;
/** Bytes as JSON. The server says `ENTITIES_TOO_LONG` at about 9,500 of its own. */
const MAX_ENTITY_BYTES = 9_000;

/** What goes without loss to the words when there are too many marks, first the least valuable. The rest stays. */
const OPTIONAL_MARKS: readonly MarkType[] = [
  'italic',
  'bold',
  'strikethrough',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
];
/** Found by the server, not sent by us. */
const AUTODETECTED: readonly MarkType[] = ['url', 'hashtag', 'bot_command'];

const isOptional = ({ type }: Mark): boolean => OPTIONAL_MARKS.includes(type);
const isAutodetected = ({ type }: Mark): boolean => AUTODETECTED.includes(type);

/** A text as the API is told it. */
export interface EntityText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** A text ready to be sent, and whether Telegram takes it at that length. */
export interface MeasuredText extends EntityText {
  readonly fits: boolean;
}

/** Brings a text into the form in which it is sent: few enough marks, nothing clickable by accident, trimmed. */
export function toEntityText(styled: StyledText, maxLength: number): MeasuredText {
  const sorted = sortedMarks(styled);
  const { found } = sorted;
  const kept = keptOf(sorted);
  const { text, marks } = trim(breakAutolinks({ text: styled.text, marks: [...kept, ...found] }));
  const entities = marks.filter((mark) => !isAutodetected(mark)).sort(byPlace);
  return {
    text,
    entities: entities.map(toEntity),
    fits: text.length <= maxLength && hasRoom(sorted) && isComplete(sorted, kept),
  };
}

/**
 * Whether Telegram takes it at that length. Most is seen without measuring: the words alone are too long, the marks too many for
 * none to get lost, or there is room for as many joiners as there may be.
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
  readonly found: readonly Mark[];
  /** Most important first, like looks. */
  readonly needed: readonly Mark[];
  readonly looks: readonly Mark[];
}

function sortedMarks(styled: StyledText): SortedMarks {
  const { marks } = withExplicitLinks(styled);
  return {
    found: marks.filter(isAutodetected),
    // What is hidden stays hidden, whatever else goes.
    needed: marks
      .filter((mark) => !isAutodetected(mark) && !isOptional(mark))
      .sort((a, b) => Number(b.type === 'spoiler') - Number(a.type === 'spoiler')),
    looks: marks
      .filter(isOptional)
      .sort((a, b) => OPTIONAL_MARKS.indexOf(b.type) - OPTIONAL_MARKS.indexOf(a.type)),
  };
}

function keptOf({ found, needed, looks }: SortedMarks): readonly Mark[] {
  const room = Math.max(MAX_ENTITIES - found.length, needed.length);
  return withinBytes([...needed, ...looks].slice(0, room));
}

const hasRoom = ({ found, needed }: SortedMarks): boolean =>
  needed.length === 0 || needed.length + found.length <= MAX_ENTITIES;

/** Whether nothing gets lost but looks. */
const isComplete = ({ needed }: SortedMarks, kept: readonly Mark[]): boolean =>
  kept.filter((mark) => !isOptional(mark)).length === needed.length;

/** Plain addresses apart: some are dropped, and where there is nothing else Telegram finds as many as it likes. */
const hasTooMany = ({ marks }: StyledText): boolean =>
  marks.length > MAX_ENTITIES && marks.filter(({ type }) => type === 'text_link').length > MAX_ENTITIES;

/** Whether a reader would see anything at all: the server refuses texts of spaces and invisible characters. */
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

/** As JSON and with the comma behind it. Put together by hand: splitting weighs the same marks many times over. */
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
