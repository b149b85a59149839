import type { Texts } from '../../../i18n/texts.ts';
import {
  type Block,
  type Button,
  type Document,
  type Inline,
  link,
  type Media,
  paragraph,
  small,
  strong,
  text,
} from '../../../note/document.ts';
import { isOwnPicture } from '../../../note/media/own-picture.ts';
import { createNodeCache } from '../../node-cache.ts';
import { createBlockRenderer } from './block-runs.ts';
import { breakMentions, sanitize, ZERO_WIDTH } from './escape.ts';
import { renderInlines, renderLines } from './inlines.ts';
import { joinTexts, type Piece, type Tight } from './pieces.ts';

const LANGUAGE = /^[\w+\-.#]+$/u;

/** Bullets, or numbers from `start`. */
function renderList(items: readonly (readonly Inline[])[], start: number | undefined): string {
  return items
    .map((item, index) => {
      const marker = start === undefined ? '- ' : `${start + index}. `;
      return (
        marker +
        renderInlines(item)
          .trim()
          .replace(/\n+/gu, `\n${' '.repeat(marker.length)}`)
      );
    })
    .join('\n');
}

/** A fenced block that the code cannot close; empty if the code is blank. */
function codeBlock(code: string, language = ''): string {
  const content = breakMentions(sanitize(code)).replaceAll('```', `\`\`${ZERO_WIDTH}\``);
  if (content.trim() === '') return '';
  return `\`\`\`${LANGUAGE.test(language) ? language : ''}\n${content}\n\`\`\``;
}

/** How a form shows content that not every form supports. */
export interface BlockOptions {
  /** As galleries, as links with a label, or as plain addresses, which Discord embeds. */
  readonly media: 'gallery' | 'links' | 'addresses';
  /** With uploads in the gallery: `attachment://` addresses by media address. Other media become links. */
  readonly files?: ReadonlyMap<string, string>;
  /** Put hidden text between spoiler bars, for forms without spoiler containers. */
  readonly spoilerBars: boolean;
  readonly texts: Texts;
}

/** Maximum length of a link button's address (Component Reference, Button). */
const MAX_BUTTON_URL = 512;
/** Maximum length of a gallery item's address; media with a longer one become links. */
const MAX_MEDIA_URL = 2048;
const HASH = /^[0-9a-f]{32,}$/iu;

/** What contains the block. */
interface BlockContext {
  readonly hidden: boolean;
  readonly quoted: boolean;
}

export function renderBlocks(
  document: Document,
  look: BlockOptions,
  around: BlockContext = { hidden: false, quoted: false },
): readonly Piece[] {
  const where = !around.hidden ? 0 : look.spoilerBars ? 1 : 2;
  const render = (block: Block): readonly Piece[] => {
    const make = () => renderBlock(block, look, around);
    return isTextBlock(block) ? once(block, where, make) : make();
  };
  return rendered(document, where, render);
}

const isTextBlock = (block: Block): boolean => TEXT_BLOCKS.has(block.type);
const rendered = createBlockRenderer(isTextBlock);
const once = createNodeCache<readonly Piece[]>({ pieces: true });
/** These look the same in every form, apart from how they're hidden, so they're rendered once for all forms. */
const TEXT_BLOCKS: ReadonlySet<Block['type']> = new Set([
  'paragraph',
  'heading',
  'small',
  'list',
  'code-block',
  'link-card',
]);

function renderBlock(block: Block, look: BlockOptions, around: BlockContext): readonly Piece[] {
  const { hidden } = around;
  const bars = hidden && look.spoilerBars;
  const withBars = (run: readonly Inline[]): readonly Inline[] =>
    bars ? [{ type: 'spoiler', children: run }] : run;
  const textPiece = (words: string, tight: Tight = false): readonly Piece[] =>
    words.trim() === '' ? [] : [{ type: 'text', text: words, tight, hidden }];
  const again = (children: Document, within = around) => renderBlocks(children, look, within);
  const quote = (children: Document) =>
    around.quoted ? again(children) : asQuote(again(children, { hidden, quoted: true }));

  switch (block.type) {
    case 'paragraph':
      return textPiece(renderInlines(withBars(block.children)));
    case 'heading':
      return textPiece(prefixed(`${'#'.repeat(block.level)} `, renderLines(withBars(block.children))), true);
    case 'small':
      return textPiece(prefixed('-# ', renderLines(withBars(block.children))), 'lead');
    case 'list':
      return textPiece(renderList(block.items.map(withBars), block.start));
    case 'quote':
      return quote(block.children);
    case 'quoted-note':
      return quote([paragraph(strong(link(block.url, block.author))), ...block.children]);
    case 'code-block':
      return bars
        ? textPiece(renderInlines(withBars([text(block.text)])))
        : textPiece(codeBlock(block.text, block.language));
    case 'media':
      return renderMedia(block.items, look, around);
    case 'byline':
      return textPiece(renderInlines([strong(text(block.name))]), 'lead');
    case 'portrait':
      return look.media === 'gallery' && !look.files && block.url.length <= MAX_MEDIA_URL
        ? [{ type: 'portrait', url: block.url, alt: block.alt, hidden }]
        : [];
    case 'link-card':
      return [
        ...textPiece(renderInlines(withBars([strong(link(block.url, block.title))])), true),
        ...again([small(text(block.site))]).map((piece) => ({ ...piece, tight: true })),
      ];
    case 'hidden':
      return [
        ...again([paragraph(strong(text(block.reason)))]),
        ...again(block.children, { ...around, hidden: true }),
      ];
    case 'divider':
      return [{ type: 'divider', hidden }];
    case 'buttons':
      return block.rows.flatMap((row) => renderRow(row, look));
    case 'select':
      return [{ type: 'select', select: block, hidden: false }];
  }
}

/** Discord has no nested quotes, so inner quotes are shown at the same depth. */
function asQuote(pieces: readonly Piece[]): readonly Piece[] {
  return joinTexts(pieces).map((piece) =>
    piece.type === 'text' ? { ...piece, text: prefixed('> ', piece.text.split('\n')), tight: false } : piece,
  );
}

function prefixed(prefix: string, lines: readonly string[]): string {
  return lines.map((line) => prefix + line).join('\n');
}

function renderMedia(items: readonly Media[], look: BlockOptions, around: BlockContext): readonly Piece[] {
  const { files } = look;
  const fits = files ? ({ url }: Media) => files.has(url) : fitsGallery;
  const inGallery = look.media === 'gallery' ? items.filter(fits) : [];
  const shown = inGallery.map((item) => ({ ...item, url: files?.get(item.url) ?? item.url }));
  const gallery: readonly Piece[] =
    shown.length > 0 ? [{ type: 'gallery', items: shown, hidden: around.hidden }] : [];
  const links = items
    .filter((item) => !inGallery.includes(item) && !isOwnPicture(item.url))
    .map((item) => mediaLink(item, look, around.hidden));
  return [...gallery, ...renderBlocks(links, look, around)];
}

/** Galleries show pictures and videos from the web (Component Reference, Media Gallery), but no SVG. */
function fitsGallery(item: Media): boolean {
  return item.kind !== 'audio' && item.mime !== 'image/svg+xml' && item.url.length <= MAX_MEDIA_URL;
}

function mediaLink(item: Media, look: BlockOptions, hidden: boolean): Block {
  const unfolds = look.media === 'addresses' && !hidden;
  const name = look.texts.platform[item.kind];
  const alt = item.alt?.trim() ? item.alt.trim() : undefined;
  if (unfolds) return paragraph(...(alt ? [text(`${alt}\n`)] : []), link(item.url));
  if (item.kind === 'audio') return paragraph(text('🎵 '), link(item.url, audioName(item, name)));
  return paragraph(link(item.url, name), ...(alt ? [text(look.texts.marks.colon + alt)] : []));
}

/** The description, or else the file name. Without its extension, it can't be taken for an address. */
function audioName({ alt = '', url }: Media, fallback: string): string {
  const [path = ''] = url.split(/[?#]/u, 1);
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w{1,8}$/u, '');
  // Many servers name files by their hash.
  const name = HASH.test(file) ? '' : decodePercent(file);
  return alt.trim() || name || fallback;
}

/** Empty if the encoded bytes are not text. */
function decodePercent(encoded: string): string {
  try {
    return decodeURIComponent(encoded).trim();
  } catch {
    return '';
  }
}

/** Links too long for a button go into the text instead. */
function renderRow(row: readonly Button[], look: BlockOptions): readonly Piece[] {
  const long = row.filter((button) => 'url' in button && button.url.length > MAX_BUTTON_URL);
  const buttons = row.filter((button) => !long.includes(button));
  const links = long.flatMap((button) =>
    'url' in button ? [paragraph(link(button.url, button.label))] : [],
  );
  return [
    ...renderBlocks(links, look),
    ...(buttons.length > 0 ? [{ type: 'row', buttons, hidden: false } as const] : []),
  ];
}
