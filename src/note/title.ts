import { type Document, type Inline, inlineText } from './document.ts';

const MAX_TITLE = 90;
const MAX_TITLE_WORDS = 14;
/** So much must follow a first line before it is a headline and not just a short first sentence. */
const MIN_BODY = 160;

/**
 * The headline of a plain text: a short first line that stands alone, says no whole sentence, holds no link or
 * hashtag, and is followed by a piece of some length. `rest` is the text without it.
 */
export function splitTitle(body: Document): { readonly title?: string; readonly rest: Document } {
  const [first, ...rest] = body;
  if (first?.type !== 'paragraph' || rest.length === 0) return { rest: body };
  if (first.children.some((inline) => inline.type !== 'text' && inline.type !== 'emoji'))
    return { rest: body };
  const line = inlineText(first.children).trim();
  const length = rest.reduce(
    (sum, block) => sum + (block.type === 'paragraph' ? wordsIn(block.children) : 0),
    0,
  );
  return isHeadline(line) && length >= MIN_BODY ? { title: line, rest } : { rest: body };
}

/** Addresses say nothing by their length: a comment on a long link stays a comment. */
function wordsIn(children: readonly Inline[]): number {
  return inlineText(children.filter((inline) => inline.type !== 'link')).length;
}

/** Whether a line could stand over a piece: short, no whole sentence, and made of words. */
export function isHeadline(line: string): boolean {
  return (
    line.length <= MAX_TITLE &&
    line.split(/\s+/u).length <= MAX_TITLE_WORDS &&
    !line.includes('\n') &&
    /\p{L}/u.test(line) &&
    !/[.。,，;；:：…]$/u.test(line)
  );
}

/**
 * What a recurring piece has in common with the others of its kind: the title without date or number, lower-case
 * ("China Morning Missive – 12 March 2025" → "china morning missive").
 */
export function seriesOf(title: string): string {
  return seriesTitle(title).toLowerCase();
}

/** The same as its author writes it ("China Morning Missive"). */
export function seriesTitle(title: string): string {
  const plain = title.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  const [name = ''] = plain.split(/\s*(?:[–—|#([·•]|\s-\s|[,:，：](?=.*\d)|\bno\.\s*\d)/iu, 1);
  const undated = name.replace(/[\s\d./-]+$/u, '').trim();
  return undated || plain;
}
