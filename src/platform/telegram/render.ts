import type { Brief } from '../../note/brief.ts';
import type { Block, Document } from '../../note/document.ts';
import { atOnce, type Steps } from '../../steps.ts';
import { partNumber, WORDLESS } from '../../text/signs.ts';
import { type Texts, textsFor } from '../../text/texts.ts';
import { bounded, largest } from '../cut.ts';
import { lastingDocument } from '../lasting.ts';
import type { Body } from '../platform.ts';
import { type Room, shortenInSteps } from '../shorten.ts';
import { splitInSteps } from '../split.ts';
import { judgedDocument } from '../true-addresses.ts';
import { readVariant } from '../variant.ts';
import { styledDocument } from './blocks.ts';
import { bodyOf, type ClassicCall, type Item, type RichCall, type TextCall } from './call.ts';
import { galleryOf, messagesOf } from './gallery.ts';
import { keyboardOf, linkLineOf, type Rows, rowsOf } from './keyboard.ts';
import { isVisible, MAX_CAPTION, MAX_TEXT, measure, type Shown, takes } from './measure.ts';
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
export const render = (...given: Parameters<typeof renderInSteps>): readonly Body[] =>
  atOnce(renderInSteps(...given));

/** The same, message by message. */
export function* renderInSteps(
  asWritten: Document,
  variant = '',
  brief?: Brief,
  standard = '',
  texts: Texts = textsFor('en'),
): Steps<readonly Body[]> {
  const document = lastingDocument(judgedDocument(asWritten));
  const { style, long } = readVariant(variant, standard, TELEGRAM_STYLES);
  const inFull = long === 'auto' || long === 'split';
  const article =
    style === 'rich' && inFull && brief?.isArticle ? yield* richCall(document, brief, texts) : undefined;
  if (article) return [bodyOf(article)];
  const short = yield* shortenInSteps(document, long, brief, roomFor(texts));
  return (yield* signedCalls(short, texts)).map(bodyOf);
}

/** In classic form; the first says how much of it is the author's name, where that stands at its head. */
function* signedCalls(document: Document, texts: Texts): Steps<readonly ClassicCall[]> {
  const calls = yield* classic(document, texts);
  const [byline] = document;
  if (byline?.type !== 'byline') return calls;
  const { text: head } = measure(styledDocument([byline]), MAX_TEXT);
  return calls.map((call, index) => {
    if (index > 0 || !call.text.startsWith(head)) return call;
    const [end = ''] = /^\n*/u.exec(call.text.slice(head.length)) ?? [];
    return { ...call, signature: { name: byline.name, length: head.length + end.length } };
  });
}

/** `undefined` where the article is too much for a rich message, or what may have to stand for it for a classic one. */
function* richCall(document: Document, brief: Brief, texts: Texts): Steps<RichCall | undefined> {
  const rich = richOf(document, texts);
  if (!rich) return undefined;
  const keyboard = keyboardOf(rowsOf(document));
  const summed = yield* shortenInSteps(document, 'summary', brief, { ...roomFor(texts), fits: () => false });
  // What is longer than one message need not be cut to see that.
  const inOne = isOneText(galleryOf(document, texts).words) ? [document, summed] : [summed];
  for (const one of inOne) {
    const [classicCall, ...others] = yield* signedCalls(one, texts);
    if (!classicCall || others.length > 0) continue;
    const { signature } = classicCall;
    return {
      type: 'rich',
      rich,
      classic: classicCall,
      ...(keyboard && { keyboard }),
      ...(signature && { signature }),
    };
  }
  return undefined;
}

/** What fits into one message, and how many it takes. */
export const roomFor = (texts: Texts): Room => ({
  /** Pictures apart. */
  fits: (document) => takes(join([styledDocument(galleryOf(document, texts).words), PART_NUMBER]), MAX_TEXT),
  *parts(document) {
    return (yield* classic(document, texts)).filter(({ text }) => text !== '').length;
  },
});

/** Messages of text with entities. Media come first, buttons last; nothing is dropped but looks. */
function* classic(document: Document, texts: Texts): Steps<readonly ClassicCall[]> {
  const { items, words } = galleryOf(document, texts);
  const rows = rowsOf(document);
  const albums = messagesOf(items);
  if (albums.length > 0) return yield* withMedia(words, albums, rows);
  const preview = loneLink(words);
  const portrait = document.find((block) => block.type === 'portrait')?.url;
  return (yield* inTexts(words, rows, 0)).map((call, index) => ({
    ...call,
    ...(preview && { preview }),
    ...(portrait !== undefined && index === 0 && { portrait }),
  }));
}

function* withMedia(
  words: Document,
  albums: readonly (readonly Item[])[],
  rows: Rows,
): Steps<readonly ClassicCall[]> {
  const endsAlone = albums.at(-1)?.length === 1;
  const linkLine = endsAlone ? plain('') : linkLineOf(rows);
  if (linkLine) {
    const captionOf = (part: Document) => join([styledDocument(part), linkLine].filter(hasText), '\n\n');
    if (bounded((part) => takes(captionOf(part), MAX_CAPTION))(words))
      return media(albums, measure(captionOf(words), MAX_CAPTION), endsAlone ? rows : []);
  }
  // Where only the buttons are in the way, the words stay together above them.
  const cut = linkLine ? captionBlocks(words) : 0;
  const rest = yield* inTexts(words.slice(cut), rows, cut > 0 ? 1 : 0);
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
function* inTexts(words: Document, rows: Rows, before: number): Steps<readonly TextCall[]> {
  const parts = yield* partsOf(words);
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

/** Whether Telegram takes the words as one text. */
const isOneText = bounded((words) => takes(styledDocument(words), MAX_TEXT));

/** The texts of as many messages as it takes; at least one. */
function* partsOf(words: Document): Steps<readonly Styled[]> {
  if (isOneText(words)) {
    const whole = styledDocument(words);
    if (isVisible(whole.text)) return [whole];
  }
  const fits = (part: Document): boolean =>
    takes(join([styledDocument(part), wrap('italic', PART_NUMBER)]), MAX_TEXT);
  const parts = (yield* splitInSteps(words, fits))
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
  const fitsCaption = bounded((part) => takes(join([styledDocument(part), PART_NUMBER]), MAX_CAPTION));
  const fits = (count: number): boolean => fitsCaption(words.slice(0, count));
  let count = largest(words.length - 1, fits);
  while (count > 0 && isUnfinished(words[count - 1])) count -= 1;
  return styledDocument(words.slice(0, count)).text.length >= MIN_CAPTION_PART ? count : 0;
}

function isUnfinished(block: Block | undefined): boolean {
  return block?.type === 'heading' || block?.type === 'divider';
}

function hasText({ text }: Styled): boolean {
  return text !== '';
}
