import type { Texts } from '../../i18n/texts.ts';
import { oneLine } from '../../lib/truncate-text.ts';
import { formatTimes } from '../dates/format-times.ts';
import { type Document, documentText, type Inline, inlineText, text, withoutMedia } from '../document.ts';
import type { Note } from '../note.ts';
import { localize } from '../placeholders.ts';
import { joinLines, type Line, mapRuns, splitLines } from '../visit.ts';
import { truncateColumns, unitsWithin } from './display-width.ts';

/** What is longer than there is room for by no more than a few words is shown all the same. */
export const TOLERANCE = 20;

/** Longer addresses are named by their site. */
const MAX_ADDRESS = 40;

/** More than a list, a headline or a notification shows of a note, in UTF-16 units. */
const ENOUGH = 4_000;

/** The note with no more words than that: all of a long one takes long to be put on one line. */
export const withBeginningOnly = (note: Note): Note => ({ ...note, body: beginning(note.body) });

function beginning(body: Document): Document {
  let left = ENOUGH;
  const cut = (run: readonly Inline[]): readonly Inline[] => {
    const kept: Inline[] = [];
    for (const inline of run) {
      if (left <= 0) break;
      if ('children' in inline) kept.push({ ...inline, children: cut(inline.children) });
      else if (inline.type === 'link' && inline.label) kept.push({ ...inline, label: cut(inline.label) });
      else {
        const shown = inline.type === 'text' ? { ...inline, text: inline.text.slice(0, left) } : inline;
        left -= Math.max(1, inlineText([shown]).length);
        kept.push(shown);
      }
    }
    return kept;
  };
  return body.flatMap((block) => {
    if (block.type === 'media') return [block];
    if (left <= 0) return [];
    if (block.type !== 'code-block') return mapRuns([block], cut);
    const words = block.text.slice(0, left);
    left -= words.length;
    return [{ ...block, text: words }];
  });
}

/** What a note is called: by its author, or as the page that it is about. */
export function titleOf({ title, body: [first] }: Note): string | undefined {
  return title ?? (first?.type === 'link-card' ? first.title : undefined);
}

/** What a note says, on one line and without its title; empty where it has no words. */
export function bodyText(note: Note, texts: Texts): string {
  const isAboutPage = note.title === undefined && titleOf(note) !== undefined;
  // Headings between the words would run into them.
  const body = withoutMedia(note.body)
    .slice(isAboutPage ? 1 : 0)
    .filter((block, index) => index === 0 || block.type !== 'heading');
  return said(body, note, texts);
}

/** The first paragraph or the headline of a page, or all there is where the note does not begin with one. */
export function openingText(note: Note, texts: Texts): string {
  const body = withoutMedia(note.body);
  const [first] = body;
  const isHead = first && (first.type === 'link-card' || ('children' in first && first.type !== 'quote'));
  return (isHead && said([first], note, texts)) || said(body, note, texts);
}

/** Hashtags that only label what is said are none of its words; where nothing else is, and nothing to see, they are. */
function said(body: Document, { media, body: whole }: Note, texts: Texts): string {
  const words = joinToOneLine(compactText(mapRuns(body, withoutLabels), texts));
  const isPictured = media.length > 0 || whole.some(({ type }) => type === 'media');
  return words || isPictured ? words : joinToOneLine(compactText(body, texts));
}

/** What stands for a note without words: "Photo: The pier at dawn". */
export function mediaLabel({ body, media, postType }: Note, { marks, postTypes }: Texts): string {
  const all = [...body.flatMap((block) => (block.type === 'media' ? block.items : [])), ...media];
  const names = { image: postTypes.photo, video: postTypes.video, audio: postTypes[postType] };
  const name = all[0] ? names[all[0].kind] : postTypes[postType];
  const alt = oneLine(all.find((item) => item.alt?.trim())?.alt ?? '');
  return alt ? name + marks.colon + alt : name;
}

/** What a text goes on with where it begins with its own title. */
export function textAfterTitle(words: string, title: string): string {
  const begins = words.toLowerCase().startsWith(oneLine(title).toLowerCase());
  const rest = words.slice(oneLine(title).length);
  return begins && !/^[\p{L}\p{N}]/u.test(rest) ? rest.replace(/^[\s.…,;:!?–—-]+/u, '') : words;
}

/** The beginning of a text on one line, or all of it where only a few words would be missing. */
export const truncateLoosely = (words: string, columns: number): string =>
  unitsWithin(words, columns + TOLERANCE) === words.length ? words : truncateColumns(words, columns);

/** The words of a document with short addresses, which are there to be recognised, as lists put them. */
export function compactText(document: Document, texts: Texts): string {
  const shown = document.map((block) =>
    block.type === 'paragraph' ? { ...block, children: block.children.map(withShortAddress) } : block,
  );
  return documentText(formatTimes(localize(texts, shown), texts, 'UTC'));
}

function withShortAddress(inline: Inline): Inline {
  if (inline.type !== 'link' || inline.label) return inline;
  const address = inline.written.replace(/^https?:\/\/(?:www\.)?|[?#].*$|\/$/giu, '');
  return text(address.length <= MAX_ADDRESS ? address : (address.split('/', 1)[0] ?? address));
}

/**
 * The end of a line that what follows would run into: between blocks, or before a line that does not go on with the
 * sentence.
 */
const GLUED =
  /(?<=[\p{L}\p{N})\]"”’»])[^\S\n]*\n(?:\s*\n\s*(?=[\p{L}\p{N}"“‘«(#@])|(?=[\p{Lu}\p{N}"“‘«(#@]))/gu;

/** Words on one line; where a heading or a line ends without a sign, a dash stands before what follows. */
export const joinToOneLine = (words: string): string => oneLine(words.replace(GLUED, ' – '));

/** A sentence that is not over runs into the hashtag behind it. */
const UNFINISHED = /(?:^|\s)(?:an?|the|of|in|at|on|to|for|from|with|by|and|or|is|are)\s*$/iu;
/** How a sentence begins that does not need the hashtag before it. */
const BEGINNING = /^\s*[\p{Lu}\p{N}\p{sc=Han}"“‘«(]/u;

/** A run without the hashtags at the beginnings and ends of its lines; those within a sentence are words of it. */
const withoutLabels = (run: readonly Inline[]): readonly Inline[] =>
  // Most have none, and some have thousands of lines.
  run.some(isTag)
    ? joinLines(
        splitLines(run)
          .map(withoutLabelsOf)
          .filter((line) => line.length > 0),
      )
    : run;

const isTag = (inline: Inline | undefined): boolean => inline?.type === 'hashtag';

function withoutLabelsOf(line: Line): Line {
  const isLabel = (inline: Inline): boolean =>
    isTag(inline) || (inline.type === 'text' && /^[\s,|·]*$/u.test(inline.text));
  if (!line.some(isTag)) return line;
  const end = line.findLastIndex((inline) => !isLabel(inline)) + 1;
  const [before, tags] = [line[end - 1], line.slice(end).filter(isTag)];
  const runsOn = tags.length === 1 && before?.type === 'text' && UNFINISHED.test(before.text);
  const kept = runsOn ? line : line.slice(0, end);
  const start = kept.findIndex((inline) => !isLabel(inline));
  const next = kept[start];
  const begins = start > 0 && (next?.type !== 'text' || BEGINNING.test(next.text));
  return begins ? kept.slice(start) : kept;
}
