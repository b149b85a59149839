import type { Brief } from '../../note/brief.ts';
import type { Block, Document } from '../../note/document.ts';
import { partNumber, WORDLESS } from '../../text/signs.ts';
import { type Texts, textsFor } from '../../text/texts.ts';
import type { Body } from '../platform.ts';
import { type Room, shorten } from '../shorten.ts';
import { split } from '../split.ts';
import { readVariant } from '../variant.ts';
import { styledDocument } from './blocks.ts';
import { bodyOf, type ClassicCall, type Item, type RichCall, type TextCall } from './call.ts';
import { galleryOf, messagesOf } from './gallery.ts';
import { keyboardOf, linkLineOf, type Rows, rowsOf } from './keyboard.ts';
import { isVisible, MAX_CAPTION, MAX_TEXT, measure, type Shown } from './measure.ts';
import { loneLink } from './preview.ts';
import { richOf } from './rich.ts';
import { slices } from './slices.ts';
import { join, plain, type Styled, wrap } from './styled.ts';
import { TELEGRAM_STYLES } from './styles.ts';

/** The shortest text worth standing under a picture when the rest has to follow. */
const MIN_CAPTION_PART = 300;
/** What a part number may take: a blank line and "99/99". */
const PART_NUMBER = plain(`\n\n${partNumber(99, 99)}`);

/**
 * A document as messages. `variant` as in `readVariant`, `standard` for what it leaves open. An article in style
 * `rich` is one message, whatever its length, unless it is to be cut or summed up.
 */
export function render(
  document: Document,
  variant = '',
  brief?: Brief,
  standard = '',
  texts: Texts = textsFor('en'),
): readonly Body[] {
  const { style, long } = readVariant(variant, standard, TELEGRAM_STYLES);
  const inFull = long === 'auto' || long === 'split';
  const article =
    style === 'rich' && inFull && brief?.isArticle ? richCall(document, brief, texts) : undefined;
  if (article) return [bodyOf(article)];
  return classic(shorten(document, long, brief, roomFor(texts)), texts).map(bodyOf);
}

/** `undefined` where the article is too much for a rich message, or what may have to stand for it for a classic one. */
function richCall(document: Document, brief: Brief, texts: Texts): RichCall | undefined {
  const rich = richOf(document, texts);
  const inOne = [document, shorten(document, 'summary', brief, { ...roomFor(texts), fits: () => false })]
    .map((one) => classic(one, texts))
    .find((calls) => calls.length === 1);
  const [first] = inOne ?? [];
  const keyboard = keyboardOf(rowsOf(document));
  return rich && first && { type: 'rich', rich, classic: first, ...(keyboard && { keyboard }) };
}

/** What fits into one message, and how many it takes. */
export const roomFor = (texts: Texts): Room => ({
  /** Pictures apart. */
  fits: (document) =>
    measure(join([styledDocument(galleryOf(document, texts).words), PART_NUMBER]), MAX_TEXT).fits,
  parts: (document) => classic(document, texts).filter(({ text }) => text !== '').length,
});

/** Messages of text with entities. Media come first, buttons last; nothing is dropped but looks. */
function classic(document: Document, texts: Texts): readonly ClassicCall[] {
  const { items, words } = galleryOf(document, texts);
  const rows = rowsOf(document);
  const albums = messagesOf(items);
  if (albums.length > 0) return withMedia(words, albums, rows);
  const preview = loneLink(words);
  const portrait = document.find((block) => block.type === 'portrait')?.url;
  return inTexts(words, rows, 0).map((call, index) => ({
    ...call,
    ...(preview && { preview }),
    ...(portrait !== undefined && index === 0 && { portrait }),
  }));
}

function withMedia(
  words: Document,
  albums: readonly (readonly Item[])[],
  rows: Rows,
): readonly ClassicCall[] {
  const whole = styledDocument(words);
  const endsAlone = albums.at(-1)?.length === 1;
  const linkLine = endsAlone ? plain('') : linkLineOf(rows);
  if (linkLine) {
    const caption = measure(join([whole, linkLine].filter(hasText), '\n\n'), MAX_CAPTION);
    if (caption.fits) return media(albums, caption, endsAlone ? rows : []);
  }
  // Where only the buttons are in the way, the words stay together above them.
  const cut = linkLine ? captionBlocks(words) : 0;
  const rest = inTexts(words.slice(cut), rows, cut > 0 ? 1 : 0);
  const caption = cut > 0 ? numbered(styledDocument(words.slice(0, cut)), 1, rest.length + 1) : plain('');
  return [...media(albums, measure(caption, MAX_CAPTION), []), ...rest];
}

/** The caption goes to the first message, the keyboard to the last. */
function media(albums: readonly (readonly Item[])[], caption: Shown, rows: Rows): readonly ClassicCall[] {
  const keyboard = keyboardOf(rows);
  return albums.map((items, index) => ({
    type: 'media',
    items,
    text: index === 0 ? caption.text : '',
    entities: index === 0 ? caption.entities : [],
    ...(keyboard && index === albums.length - 1 && { keyboard }),
  }));
}

/** `before`: how many parts stand before these already. */
function inTexts(words: Document, rows: Rows, before: number): readonly TextCall[] {
  const parts = partsOf(words);
  const keyboard = keyboardOf(rows);
  return parts.map((part, index) => {
    const { text, entities } = measure(numbered(part, before + index + 1, before + parts.length), MAX_TEXT);
    return {
      type: 'text',
      text,
      entities,
      ...(keyboard && index === parts.length - 1 && { keyboard }),
    };
  });
}

/** The texts of as many messages as it takes; at least one. */
function partsOf(words: Document): readonly Styled[] {
  const whole = styledDocument(words);
  if (measure(whole, MAX_TEXT).fits && isVisible(whole.text)) return [whole];
  const fits = (part: Document): boolean =>
    measure(join([styledDocument(part), wrap('italic', PART_NUMBER)]), MAX_TEXT).fits;
  const parts = split(words, fits)
    .flatMap((part) => slices(styledDocument(part), MAX_TEXT - PART_NUMBER.text.length))
    .filter(({ text }) => isVisible(text));
  return parts.length > 0 ? parts : [plain(WORDLESS)];
}

function numbered(part: Styled, number: number, count: number): Styled {
  if (count === 1) return part;
  return join([part, wrap('italic', plain(partNumber(number, count)))], '\n\n');
}

/** How many blocks make a caption worth having: the most that fit, ending with neither a heading nor a divider. */
function captionBlocks(words: Document): number {
  const fits = (count: number): boolean =>
    measure(join([styledDocument(words.slice(0, count)), PART_NUMBER]), MAX_CAPTION).fits;
  let count = 0;
  while (count < words.length - 1 && fits(count + 1)) count += 1;
  while (count > 0 && isUnfinished(words[count - 1])) count -= 1;
  return styledDocument(words.slice(0, count)).text.length >= MIN_CAPTION_PART ? count : 0;
}

function isUnfinished(block: Block | undefined): boolean {
  return block?.type === 'heading' || block?.type === 'divider';
}

function hasText({ text }: Styled): boolean {
  return text !== '';
}
