import type { Texts } from '../../i18n/texts.ts';
import { fitText, oneLine } from '../../lib/truncate-text.ts';
import { type Inline, inlineText, strong, text } from '../document.ts';
import { hasAddress } from '../links/label-claims.ts';
import type { Note } from '../note.ts';
import { CANONICAL_WEB_CLIENT, eventUrl } from '../pointer.ts';
import { countRows, cutBeforeAddress, displayWidth, truncateColumns, unitsWithin } from './display-width.ts';
import { bodyText, mediaLabel, textAfterTitle, titleOf, withBeginningOnly } from './note-text.ts';

/** What a phone of 400 pixels shows in a row of a message, in columns (`note/width`); `test/phone-screen.fixture.ts` has the reckoning. */
const ROW = 36;
/** So many rows an item takes at most: five of them, set apart, fit on one screen. */
const MOST_ROWS = 3;
const LONGEST_TIME = ' · 📜 10 months ago';
/** Of what has no title so much is the link, in columns: up to the end of a sentence or a word, or all of a few words. */
const LINK = { least: 10, most: 26, whole: 34 } as const;

/** What stands around a note in a list. */
export interface ListContext {
  /** Before it: a number, or what type of post it is. */
  readonly mark: string;
  /** Behind its title or its words. */
  readonly when: readonly Inline[];
  /** Whether a titled one shows how it goes on. */
  readonly excerpt: boolean;
}

/**
 * A note as an item of a list. Titled: the title as a link, when, and below it how the text begins. Else its words, of
 * which the first are the link, and when. `passage` is shown in place of the words: what was found in them.
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

/** The words, or as many of them as stand in so many rows together with what stands before and behind them. */
function fitted(words: string, rows: number, before = '', behind = ''): string {
  // What is far too long need not be measured to the end.
  let shown = truncateColumns(words, 2 * rows * ROW);
  for (let columns = rows * ROW; countRows(before + shown + behind, ROW) > rows && columns > 0; columns -= 2)
    shown = truncateColumns(words, columns);
  return shown;
}

/** Whether a passage is the note's own beginning. */
const isBeginning = (run: readonly Inline[]): boolean => run.length > 0 && !inlineText(run).startsWith('…');

/** Platforms show the true address beside a label that could be read as another one, and nothing where it has no letters. */
const canBeLink = (label: string): boolean => /[\p{L}\p{N}]/u.test(label) && !hasAddress(label);

/** A reference, so that it leads to the web client that the operator chose. */
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

/** Words with the first of them as the link; what can be none has its type before it. */
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

/** The same where something in them stands out: the link is what comes before that, or else just that. */
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
    : [link(note, texts.postTypes[note.postType]), text(texts.marks.colon), ...run];
}

/** Where the link in words without a title ends, in UTF-16 units. */
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
