import { type Block, type Document, inlineText } from '../document.ts';
import { trimRun } from '../parse/parse-text.ts';
import { joinLines, type Line, splitLines } from '../visit.ts';
import { isHeadline, plainTitle } from './title.ts';

/** Shorter first lines are exclamations ("Look!"), not headlines of the linked page. */
const MIN_HEADLINE = 12;

/**
 * Turns a comment on a page into a link card and the comment: if the first line is a headline and the only URL is on a
 * line of its own (with nothing but hashtags), the headline becomes the link, with the page's site. Other texts stay
 * unchanged.
 */
export function withHeadline(body: Document): Document {
  const paragraphs = body.map((block) =>
    block.type === 'paragraph' ? splitLines(block.children) : undefined,
  );
  const lines = paragraphs.flatMap((paragraph) => paragraph ?? []);
  const [headline] = lines;
  const links = lines.flat().filter((inline) => inline.type === 'link');
  const linkLine = lines.find((line) => addressIn(line) !== undefined);
  const url = linkLine && addressIn(linkLine);
  if (!headline || !url || links.length !== 1 || headline === linkLine || !isTitle(headline)) return body;

  const rest = paragraphs.map((paragraph, index): Block | undefined => {
    const block = body[index];
    if (!paragraph || block?.type !== 'paragraph') return block;
    const kept = paragraph
      .filter((line) => line !== headline)
      .map((line) => (line === linkLine ? trimRun(line.filter(({ type }) => type !== 'link')) : line))
      .filter((line) => line.length > 0);
    return kept.length > 0 ? { ...block, children: joinLines(kept) } : undefined;
  });
  return [
    { type: 'link-card', url, title: plainTitle(inlineText(headline)), site: siteOf(url) },
    ...rest.filter((block) => block !== undefined),
  ];
}

function isTitle(line: Line): boolean {
  const words = plainTitle(inlineText(line));
  return line.every((inline) => inline.type === 'text') && words.length >= MIN_HEADLINE && isHeadline(words);
}

/** The URL of a line that contains nothing else but hashtags. */
function addressIn(line: Line): string | undefined {
  const content = line
    .filter(({ type }) => type !== 'hashtag')
    .filter((inline) => inline.type !== 'text' || inline.text.trim() !== '');
  const [only] = content;
  return content.length === 1 && only?.type === 'link' && !only.label ? only.url : undefined;
}

const siteOf = (url: string): string => new URL(url).hostname.replace(/^www\./u, '');
