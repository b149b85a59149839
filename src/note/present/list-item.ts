import type { Texts } from '../../i18n/texts.ts';
import { fitText, oneLine } from '../../lib/truncate-text.ts';
import { type Inline, inlineText, strong, text } from '../document.ts';
import { hasAddress } from '../links/label-claims.ts';
import type { Note } from '../note.ts';
import { CANONICAL_WEB_CLIENT, eventUrl } from '../pointer.ts';
import { countRows, cutBeforeAddress, displayWidth, truncateColumns, unitsWithin } from './display-width.ts';
import { bodyText, mediaLabel, textAfterTitle, titleOf, withBeginningOnly } from './note-text.ts';

/**
 * Columns of a message on a phone 400 pixels wide (`present/display-width`; `test/phone-screen.fixture.ts` has the
 * calculation).
 */
const ROW = 36;
/** Rows per item at most: five items, with the space between them, fit on one screen. */
const MOST_ROWS = 3;
const LONGEST_TIME = ' · 📜 10 months ago';
/**
 * How much of an untitled note is the link, in columns: up to the end of a sentence or word, or all if it is only a few
 * words.
 */
const LINK = { least: 10, most: 26, whole: 34 } as const;

/** Context of a note in a list. */
export interface ListContext {
  /** Before it: a number, or the icon of its post type. */
  readonly mark: string;
  /** After its title or text. */
  readonly when: readonly Inline[];
  /** Whether a titled note shows the beginning of its text. */
  readonly excerpt: boolean;
}

/**
 * A note as a list item. With a title: the title as a link, the time, and below them the beginning of the text. Without:
 * the text, its first words as a link, and the time. `passage`, a search snippet, replaces the text.
 */
export function listItem(
  whole: Note,
  texts: Texts,
  { mark, when, excerpt }: ListContext,
  passage?: readonly Inline[],
): readonly Inline[] {
  const note = withBeginningOnly(whole);
  const behind = when.length > 0 ? [text(' · '), ...when] : [];
  const below = (run: readonly Inline[]): readonly Inline[] => (run.length > 0 ? [text('\n'), ...run] : []);
  const before = `${mark} `;
  const marked = [strong(text(mark)), text(' ')];
  if (note.warning !== undefined) {
    const warning = oneLine(texts.note.warning(note.warning));
    const readOn = canBeLink(warning) ? '' : ` · ${texts.note.readOn}`;
    const shown = fitted(warning, MOST_ROWS, before, readOn + LONGEST_TIME);
    return [...marked, ...titleLink(note, shown, texts), ...behind];
  }
  const title = titleOf(note);
  if (title !== undefined) {
    const shown = fitted(oneLine(title), MOST_ROWS - 1, before);
    const readOn = canBeLink(shown) ? '' : ` · ${texts.note.readOn}`;
    const left = excerpt ? MOST_ROWS - countRows(before + shown + readOn + LONGEST_TIME, ROW) : 0;
    const words = left > 0 ? fitted(textAfterTitle(bodyText(note, texts), title), left) : '';
    const own = words ? [text(words)] : [];
    return [strong(text(before), ...titleLink(note, shown, texts)), ...behind, ...below(passage ?? own)];
  }
  const run = passage && isBeginning(passage) ? passage : undefined;
  const rows = passage ? 1 : MOST_ROWS;
  const fit = (words: string, type = ''): string =>
    fitted(words, rows, before + type, passage ? '' : LONGEST_TIME);
  return [
    ...marked,
    ...(run ? linkedRun(note, run, texts) : linkedWords(note, bodyText(note, texts), texts, fit)),
    ...behind,
    ...(run ? [] : below(passage ?? [])),
  ];
}

/** As much text as fits into that many rows, together with the text around it. */
function fitted(words: string, rows: number, before = '', behind = ''): string {
  // Don't measure all of a text that is far too long.
  let shown = truncateColumns(words, 2 * rows * ROW);
  for (let columns = rows * ROW; countRows(before + shown + behind, ROW) > rows && columns > 0; columns -= 2)
    shown = truncateColumns(words, columns);
  return shown;
}

/** Whether a snippet is the note's own beginning. */
const isBeginning = (run: readonly Inline[]): boolean => run.length > 0 && !inlineText(run).startsWith('…');

/** A label needs letters or digits, and must not look like an address: platforms would show the true URL beside it. */
const canBeLink = (label: string): boolean => /[\p{L}\p{N}]/u.test(label) && !hasAddress(label);

/** Built like a reference, so that it's rewritten to open in the operator's web client. */
function link(note: Note, label: string): Inline {
  const url = eventUrl(note.event);
  return {
    type: 'link',
    url,
    written: `nostr:${url.slice(CANONICAL_WEB_CLIENT.length)}`,
    label: [text(label)],
  };
}

const titleLink = (note: Note, title: string, texts: Texts): readonly Inline[] =>
  canBeLink(title) ? [link(note, title)] : [text(`${title} · `), link(note, texts.note.readOn)];

/** Text with its first words as the link; if they can't be, the post type is the link. */
function linkedWords(
  note: Note,
  words: string,
  texts: Texts,
  fit: (words: string, type?: string) => string,
): readonly Inline[] {
  const named = mediaLabel(note, texts);
  const [type = ''] = named.split(texts.marks.colon, 1);
  const label = words ? words.slice(0, endOfLink(words)).replace(/[\s,;:，；：、]+$/u, '') : type;
  if (!canBeLink(label)) return [link(note, type), text(texts.marks.colon + fit(words, `${type}: `))];
  const rest = fit(words || named).slice(label.length);
  return [link(note, label), ...(rest ? [text(rest)] : [])];
}

/** The same for text with emphasis: the link is the text before that, or else the emphasised words. */
function linkedRun(note: Note, run: readonly Inline[], texts: Texts): readonly Inline[] {
  const at = run.findIndex(({ type }) => type === 'strong');
  const before = inlineText(run.slice(0, Math.max(0, at)));
  const rest = run.slice(at + 1);
  const found = run[at];
  if (at < 0 || !found) return linkedWords(note, inlineText(run), texts, (words) => words);
  if (displayWidth(before) >= LINK.least)
    return [...linkedWords(note, before, texts, (words) => words), found, ...rest];
  const words = inlineText([found]);
  return canBeLink(words)
    ? [...(before ? [text(before)] : []), strong(link(note, words)), ...rest]
    : [link(note, texts.postTypes[note.postType].one), text(texts.marks.colon), ...run];
}

/** Where the link in an untitled text ends, in UTF-16 units. */
function endOfLink(words: string): number {
  const whole = unitsWithin(words, LINK.whole);
  const sentence = [...words.slice(0, whole + 1).matchAll(/(?<=[.!?…])(?=\s)|(?<=[。！？])/gu)].find(
    ({ index }) => displayWidth(words.slice(0, index)) >= LINK.least,
  );
  const address = [...words.slice(0, whole + 1).matchAll(/\S+/gu)].find(([word]) => hasAddress(word));
  if (address) return words.slice(0, address.index).trimEnd().length;
  if (sentence) return sentence.index;
  if (whole === words.length) return words.trimEnd().length;
  const most = unitsWithin(words, LINK.most);
  const blank = words.lastIndexOf(' ', most);
  return displayWidth(words.slice(0, Math.max(0, blank))) >= LINK.least
    ? blank
    : cutBeforeAddress(words, fitText(words, most).length);
}
