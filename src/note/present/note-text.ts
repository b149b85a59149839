import type { Texts } from '../../i18n/texts.ts';
import { oneLine } from '../../lib/truncate-text.ts';
import { formatTimes } from '../dates/format-times.ts';
import { type Document, documentText, type Inline, inlineText, text, withoutMedia } from '../document.ts';
import type { Note } from '../note.ts';
import { localize } from '../placeholders.ts';
import { joinLines, type Line, mapRuns, splitLines } from '../visit.ts';
import { truncateColumns, unitsWithin } from './display-width.ts';

/** Columns. A text that exceeds a limit by at most this is shown in full. */
export const TOLERANCE = 20;

/** Longer URLs are shown as their site. */
const MAX_ADDRESS = 40;

/** More than any list, headline or notification shows, in UTF-16 units. */
const ENOUGH = 4_000;

/** The note with only the beginning of its text: putting all of a long note on one line is slow. */
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

/** The title given by the author, or that of the page that the note is about. */
export function titleOf({ title, body: [first] }: Note): string | undefined {
  return title ?? (first?.type === 'link-card' ? first.title : undefined);
}

/** The text of a note without its title, on one line; empty if it has none. */
export function bodyText(note: Note, texts: Texts): string {
  const isAboutPage = note.title === undefined && titleOf(note) !== undefined;
  // Headings between paragraphs would run into them.
  const body = withoutMedia(note.body)
    .slice(isAboutPage ? 1 : 0)
    .filter((block, index) => index === 0 || block.type !== 'heading');
  return bodyLine(body, note, texts);
}

/** The first paragraph or the headline of a link card; all text if the note begins with something else. */
export function openingText(note: Note, texts: Texts): string {
  const body = withoutMedia(note.body);
  const [first] = body;
  const isHead = first && (first.type === 'link-card' || ('children' in first && first.type !== 'quote'));
  return (isHead && bodyLine([first], note, texts)) || bodyLine(body, note, texts);
}

/** The text on one line, without hashtags that only label the note, unless it has neither other text nor media. */
function bodyLine(body: Document, { media, body: whole }: Note, texts: Texts): string {
  const words = joinToOneLine(compactText(mapRuns(body, withoutLabels), texts));
  const isPictured = media.length > 0 || whole.some(({ type }) => type === 'media');
  return words || isPictured ? words : joinToOneLine(compactText(body, texts));
}

/** The label of a note without text: "Photo: The pier at dawn". */
export function mediaLabel({ body, media, postType }: Note, { marks, postTypes }: Texts): string {
  const all = [...body.flatMap((block) => (block.type === 'media' ? block.items : [])), ...media];
  const types = { image: 'photo', video: 'video', audio: postType } as const;
  const name = postTypes[all[0] ? types[all[0].kind] : postType].one;
  const alt = oneLine(all.find((item) => item.alt?.trim())?.alt ?? '');
  return alt ? name + marks.colon + alt : name;
}

/** The rest of a text that begins with its own title. */
export function textAfterTitle(words: string, title: string): string {
  const begins = words.toLowerCase().startsWith(oneLine(title).toLowerCase());
  const rest = words.slice(oneLine(title).length);
  return begins && !/^[\p{L}\p{N}]/u.test(rest) ? rest.replace(/^[\s.…,;:!?–—-]+/u, '') : words;
}

/** The beginning of a line of text; all of it if only a few words would be cut. */
export const truncateLoosely = (words: string, columns: number): string =>
  unitsWithin(words, columns + TOLERANCE) === words.length ? words : truncateColumns(words, columns);

/** The text of a document, with URLs shortened: they only have to be recognisable. */
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

/** A line end that would merge into the next line: between blocks, or before a line that begins a new sentence. */
const GLUED =
  /(?<=[\p{L}\p{N})\]"”’»])[^\S\n]*\n(?:\s*\n\s*(?=[\p{L}\p{N}"“‘«(#@])|(?=[\p{Lu}\p{N}"“‘«(#@]))/gu;

/** Text on one line; after a heading or line without punctuation, a dash is inserted. */
export const joinToOneLine = (words: string): string => oneLine(words.replace(GLUED, ' – '));

/** An unfinished sentence that a hashtag completes. */
const UNFINISHED = /(?:^|\s)(?:an?|the|of|in|at|on|to|for|from|with|by|and|or|is|are)\s*$/iu;
/** The start of a sentence that is complete without the hashtag before it. */
const BEGINNING = /^\s*[\p{Lu}\p{N}\p{sc=Han}"“‘«(]/u;

/** Removes hashtags from the beginnings and ends of lines; those within a sentence stay. */
const withoutLabels = (run: readonly Inline[]): readonly Inline[] =>
  // Skips runs without hashtags: most have none, and some have thousands of lines.
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
