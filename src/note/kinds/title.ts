import { type Document, type Inline, inlineText } from '../document.ts';

const MAX_TITLE = 90;
const MAX_TITLE_WORDS = 14;
/**
 * A first line is only a headline if at least this much follows, in UTF-16 units; otherwise it is a short first sentence.
 */
const MIN_BODY = 160;

/**
 * Splits off the headline of a plain text: a short first line on its own that isn't a complete sentence, has no link or
 * hashtag, and is followed by enough text.
 */
export function splitTitle(body: Document): { readonly title?: string; readonly rest: Document } {
  const [first, ...rest] = body;
  if (first?.type !== 'paragraph' || rest.length === 0) return { rest: body };
  if (
    !first.children.every(
      (inline) => inline.type === 'emoji' || (inline.type === 'text' && !inline.placeholder),
    )
  )
    return { rest: body };
  const line = plainTitle(inlineText(first.children));
  const length = rest.reduce(
    (sum, block) => sum + (block.type === 'paragraph' ? wordsIn(block.children) : 0),
    0,
  );
  return isHeadline(line) && length >= MIN_BODY ? { title: line, rest } : { rest: body };
}

const HEADING = /^#{1,6}\s+(.+?)(?:\s+#+)?$/su;
const EMPHASISED = /^(\*{1,3}|_{1,3})(?=\S)(.+)(?<=\S)\1$/su;

/** A title without Markdown around it: `## Fog` and `**Fog**` are both "Fog". */
export function plainTitle(written: string): string {
  const title = written.trim();
  const [, heading] = HEADING.exec(title) ?? [];
  if (heading) return plainTitle(heading);
  const [, mark = '', emphasised] = EMPHASISED.exec(title) ?? [];
  // Two emphasised words with text in between: the marks don't enclose the whole title.
  return emphasised && !emphasised.includes(mark) ? plainTitle(emphasised) : title;
}

/** Length of the text. Links don't count: a short comment with a long URL stays a comment. */
function wordsIn(children: readonly Inline[]): number {
  return inlineText(children.filter((inline) => inline.type !== 'link')).length;
}

/** Whether a line could be a headline: short, not a complete sentence, and with words in it. */
export function isHeadline(line: string): boolean {
  return (
    line.length <= MAX_TITLE &&
    line.split(/\s+/u).length <= MAX_TITLE_WORDS &&
    !line.includes('\n') &&
    /\p{L}/u.test(line) &&
    !/[.。,，;；:：…]$/u.test(line)
  );
}
