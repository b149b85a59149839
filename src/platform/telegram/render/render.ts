import { NO_TEXT, partNumber } from '../../../i18n/symbols.ts';
import { type Texts, textsFor } from '../../../i18n/texts.ts';
import { type CooperativeTask, runToCompletion } from '../../../lib/time-slicing.ts';
import type { Block, Document } from '../../../note/document.ts';
import type { LongNoteFallback } from '../../../note/present/long-note-fallback.ts';
import { largestFitting, quickReject } from '../../cut-block.ts';
import { withJudgedLinks } from '../../link-targets.ts';
import { markStable } from '../../node-cache.ts';
import type { Body } from '../../platform.ts';
import { splitInSteps } from '../../split.ts';
import { parseStyleSpec } from '../../style-spec.ts';
import { type PartMeasure, truncateInSteps } from '../../truncate.ts';
import { TELEGRAM_STYLES } from '../styles.ts';
import { styledDocument } from './entities/blocks.ts';
import { hardSplit } from './entities/hard-split.ts';
import {
  type EntityText,
  fitsMessage,
  isVisible,
  MAX_CAPTION,
  MAX_TEXT,
  toEntityText,
} from './entities/size-limits.ts';
import { join, plain, type StyledText, wrap } from './entities/styled-text.ts';
import { extractGallery, groupIntoMessages } from './gallery.ts';
import { buttonRows, type Rows, toKeyboard, toLinkLine } from './keyboard.ts';
import { loneLink } from './link-preview.ts';
import {
  bodyOf,
  type MediaItem,
  type OutgoingClassic,
  type OutgoingRich,
  type OutgoingText,
} from './outgoing.ts';
import { toRichMessage } from './rich.ts';

/** UTF-16 units. A shorter beginning of a text isn't put into a caption. */
const MIN_CAPTION_PART = 300;
/** The longest part number: a blank line and "99/99". */
const PART_NUMBER = plain(`\n\n${partNumber(99, 99)}`);

/**
 * Renders a document as messages. `variant` is a style spec (style-spec.ts), `standard` its defaults. In style `rich`, an
 * article is one message of any length, unless it is to be truncated or summarized.
 */
export const render = (...args: Parameters<typeof renderInSteps>): readonly Body[] =>
  runToCompletion(renderInSteps(...args));

/** The same in steps, so that long documents don't block the process. */
export function* renderInSteps(
  asWritten: Document,
  variant = '',
  brief?: LongNoteFallback,
  standard = '',
  texts: Texts = textsFor('en'),
): CooperativeTask<readonly Body[]> {
  const document = markStable(withJudgedLinks(asWritten));
  const { style, longText } = parseStyleSpec(variant, standard, TELEGRAM_STYLES);
  const inFull = longText === 'auto' || longText === 'split';
  const article =
    style === 'rich' && inFull && brief?.isArticle ? yield* richMessage(document, brief, texts) : undefined;
  if (article) return [bodyOf(article)];
  const short = yield* truncateInSteps(document, longText, brief, messageRoom(texts));
  return (yield* signedMessages(short, texts)).map(bodyOf);
}

/** Classic messages. The first has a signature if it begins with the author's name. */
function* signedMessages(document: Document, texts: Texts): CooperativeTask<readonly OutgoingClassic[]> {
  const calls = yield* classic(document, texts);
  const [byline] = document;
  if (byline?.type !== 'byline') return calls;
  const { text: head } = toEntityText(styledDocument([byline]), MAX_TEXT);
  return calls.map((call, index) => {
    if (index > 0 || !call.text.startsWith(head)) return call;
    const [end = ''] = /^\n*/u.exec(call.text.slice(head.length)) ?? [];
    return { ...call, signature: { name: byline.name, length: head.length + end.length } };
  });
}

/** `undefined` if the article doesn't fit a rich message, or its fallback doesn't fit a classic one. */
function* richMessage(
  document: Document,
  brief: LongNoteFallback,
  texts: Texts,
): CooperativeTask<OutgoingRich | undefined> {
  const rich = toRichMessage(document, texts);
  if (!rich) return undefined;
  const keyboard = toKeyboard(buttonRows(document));
  const summed = yield* truncateInSteps(document, 'summary', brief, {
    ...messageRoom(texts),
    fits: () => false,
  });
  // A cheap check shows that a document is too long for one message, without splitting it.
  const inOne = isOneText(extractGallery(document, texts).words) ? [document, summed] : [summed];
  for (const one of inOne) {
    const [classicCall, ...others] = yield* signedMessages(one, texts);
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

/** Measures documents by what fits one message. */
export const messageRoom = (texts: Texts): PartMeasure => ({
  /** Ignores media. */
  fits: (document) =>
    fitsMessage(join([styledDocument(extractGallery(document, texts).words), PART_NUMBER]), MAX_TEXT),
  *countParts(document) {
    return (yield* classic(document, texts)).filter(({ text }) => text !== '').length;
  },
});

const classicOf = new WeakMap<
  Document,
  { readonly texts: Texts; readonly calls: readonly OutgoingClassic[] }
>();

/**
 * Messages with text and entities. Media come first, buttons last; nothing but formatting is ever dropped. Cached, because
 * truncation first counts the messages of a document and then renders it.
 */
function* classic(document: Document, texts: Texts): CooperativeTask<readonly OutgoingClassic[]> {
  const known = classicOf.get(document);
  if (known?.texts === texts) return known.calls;
  const calls = yield* classicNew(document, texts);
  classicOf.set(document, { texts, calls });
  return calls;
}

function* classicNew(document: Document, texts: Texts): CooperativeTask<readonly OutgoingClassic[]> {
  const { items, words } = extractGallery(document, texts);
  const rows = buttonRows(document);
  const albums = groupIntoMessages(items);
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
  albums: readonly (readonly MediaItem[])[],
  rows: Rows,
): CooperativeTask<readonly OutgoingClassic[]> {
  const endsAlone = albums.at(-1)?.length === 1;
  const linkLine = endsAlone ? plain('') : toLinkLine(rows);
  if (linkLine) {
    const captionOf = (part: Document) => join([styledDocument(part), linkLine].filter(hasText), '\n\n');
    if (quickReject((part) => fitsMessage(captionOf(part), MAX_CAPTION))(words))
      return media(albums, toEntityText(captionOf(words), MAX_CAPTION), endsAlone ? rows : []);
  }
  // If only the buttons don't fit the caption, the text stays in one piece above them.
  const cut = linkLine ? captionBlocks(words) : 0;
  const rest = yield* inTexts(words.slice(cut), rows, cut > 0 ? 1 : 0);
  const caption = cut > 0 ? numbered(styledDocument(words.slice(0, cut)), 1, rest.length + 1) : plain('');
  return [...media(albums, toEntityText(caption, MAX_CAPTION), []), ...rest];
}

/** The caption goes to the first message, the keyboard to the last. */
function media(
  albums: readonly (readonly MediaItem[])[],
  caption: EntityText,
  rows: Rows,
): readonly OutgoingClassic[] {
  const keyboard = toKeyboard(rows);
  return albums.map((items, index) => ({
    type: 'media',
    items,
    text: index === 0 ? caption.text : '',
    entities: index === 0 ? caption.entities : [],
    ...(keyboard && index === albums.length - 1 && { keyboard }),
  }));
}

/** `before`: the number of parts before these. */
function* inTexts(words: Document, rows: Rows, before: number): CooperativeTask<readonly OutgoingText[]> {
  const parts = yield* partsOf(words);
  const keyboard = toKeyboard(rows);
  const calls: OutgoingText[] = [];
  for (const [index, part] of parts.entries()) {
    const { text, entities } = toEntityText(
      numbered(part, before + index + 1, before + parts.length),
      MAX_TEXT,
    );
    calls.push({
      type: 'text',
      text,
      entities,
      ...(keyboard && index === parts.length - 1 && { keyboard }),
    });
    yield;
  }
  return calls;
}

/** Whether the text fits one message. */
const isOneText = quickReject((words) => fitsMessage(styledDocument(words), MAX_TEXT));

/** Splits the text into as many messages as needed; at least one. */
function* partsOf(words: Document): CooperativeTask<readonly StyledText[]> {
  if (isOneText(words)) {
    const whole = styledDocument(words);
    if (isVisible(whole.text)) return [whole];
  }
  const fits = (part: Document): boolean =>
    fitsMessage(join([styledDocument(part), wrap('italic', PART_NUMBER)]), MAX_TEXT);
  const parts: StyledText[] = [];
  for (const part of yield* splitInSteps(words, fits)) {
    const pieces = hardSplit(styledDocument(part), MAX_TEXT - PART_NUMBER.text.length);
    parts.push(...pieces.filter(({ text }) => isVisible(text)));
    yield;
  }
  return parts.length > 0 ? parts : [plain(NO_TEXT)];
}

function numbered(part: StyledText, number: number, count: number): StyledText {
  if (count === 1) return part;
  return join([part, wrap('italic', plain(partNumber(number, count)))], '\n\n');
}

/** How many blocks go into the caption: as many as fit, not ending with a heading or divider; 0 if too little text fits. */
function captionBlocks(words: Document): number {
  const fitsCaption = quickReject((part) =>
    fitsMessage(join([styledDocument(part), PART_NUMBER]), MAX_CAPTION),
  );
  const fits = (count: number): boolean => fitsCaption(words.slice(0, count));
  let count = largestFitting(words.length - 1, fits);
  while (count > 0 && isUnfinished(words[count - 1])) count -= 1;
  return styledDocument(words.slice(0, count)).text.length >= MIN_CAPTION_PART ? count : 0;
}

function isUnfinished(block: Block | undefined): boolean {
  return block?.type === 'heading' || block?.type === 'divider';
}

function hasText({ text }: StyledText): boolean {
  return text !== '';
}
