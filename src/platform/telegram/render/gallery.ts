import type { Texts } from '../../../i18n/texts.ts';
import { type Block, type Document, type Inline, type Media, small, text } from '../../../note/document.ts';
import { albumsOf } from '../../albums.ts';
import { circled, withPictureNumbers } from '../../picture-numbers.ts';
import type { MediaItem, MediaItemType } from './outgoing.ts';

/** Items per album (Bot API, `sendMediaGroup`). */
const MAX_ALBUM = 10;
/** Items shown per document; the others become links. */
const MAX_ITEMS = 20;

/** A document divided into media and text. Media that can't be shown are links in the text. */
export interface Gallery {
  readonly items: readonly MediaItem[];
  readonly words: Document;
}

/**
 * Extracts the media of a document, including those in quotes and hidden blocks, and drops the buttons. Media are shown above
 * the text, so if several are interspersed with it, numbers mark their places.
 */
export function extractGallery(document: Document, texts: Texts): Gallery {
  const taken: Taken[] = [];
  const words = takeMedia(document, false, taken, texts);
  const items = taken.map(({ item }) => item);
  if (items.length < 2)
    return { words: words.length === 0 && items.length === 1 ? description(document) : words, items };
  const shown = groupIntoMessages(items).flat();
  const numbers = new Map(taken.map(({ media, item }) => [media, shown.indexOf(item) + 1]));
  const pointed = withPictureNumbers(document, (media) => numbers.get(media));
  if (pointed === document) return { words, items };
  return {
    words: takeMedia(pointed, false, [], texts),
    items: items.map((item) => ({ ...item, label: `${circled(shown.indexOf(item) + 1)} ${item.label}` })),
  };
}

interface Taken {
  readonly media: Media;
  readonly item: MediaItem;
}

/** Telegram has no alt text, so the description of a lone picture becomes its caption. */
function description(document: Document): Document {
  const [alt] = document.flatMap((block) =>
    block.type === 'media' ? (block.items[0]?.alt?.trim() ?? []) : [],
  );
  return alt ? [small(text(alt))] : [];
}

function takeMedia(document: Document, hidden: boolean, taken: Taken[], texts: Texts): Document {
  return document.flatMap((block): readonly Block[] => {
    switch (block.type) {
      case 'buttons':
      case 'select':
        return [];
      case 'media': {
        const links: Inline[] = [];
        for (const media of block.items) {
          const item = toMediaItem(media, hidden, texts);
          if (item && taken.length < MAX_ITEMS) taken.push({ media, item });
          else links.push(mediaLink(media, hidden, texts));
        }
        return links.map((link) => ({ type: 'paragraph', children: [link] }));
      }
      case 'quote': {
        const children = takeMedia(block.children, hidden, taken, texts);
        return children.length > 0 ? [{ ...block, children }] : [];
      }
      case 'quoted-note':
        return [{ ...block, children: takeMedia(block.children, hidden, taken, texts) }];
      case 'hidden':
        return [{ ...block, children: takeMedia(block.children, true, taken, texts) }];
      default:
        return [block];
    }
  });
}

/** `undefined` if Telegram can't show it: audio other than MP3 and M4A, and hidden audio. */
export function toMediaItem(media: Media, hidden: boolean, texts: Texts): MediaItem | undefined {
  const type = mediaItemType(media);
  if (!type || (hidden && type === 'audio')) return undefined;
  return {
    type,
    urls: [...new Set([media.url, ...media.alternatives])],
    spoiler: hidden,
    label: labelOf(media, hidden, texts),
    ...(media.width && { width: Math.round(media.width) }),
    ...(media.height && { height: Math.round(media.height) }),
    ...(media.durationS && { durationS: Math.round(media.durationS) }),
    ...(media.sha256 && { sha256: media.sha256 }),
    ...(type === 'video' && media.poster && { cover: media.poster }),
  };
}

function mediaItemType(media: Media): MediaItemType | undefined {
  const path = URL.canParse(media.url) ? new URL(media.url).pathname.toLowerCase() : '';
  switch (media.kind) {
    case 'image':
      return media.mime === 'image/gif' || path.endsWith('.gif') ? 'animation' : 'photo';
    case 'video':
      return 'video';
    case 'audio': {
      const playable = media.mime
        ? /^audio\/(?:mpeg|mp3|mp4|m4a|x-m4a|aac)$/.test(media.mime)
        : /\.(?:mp3|m4a)$/.test(path);
      return playable ? 'audio' : undefined;
    }
  }
}

function labelOf(media: Media, hidden: boolean, { platform }: Texts): string {
  if (hidden) return platform.hiddenMedia;
  return media.alt?.trim() || platform[media.kind];
}

export function mediaLink(media: Media, hidden: boolean, texts: Texts): Inline {
  const label: Inline = { type: 'text', text: labelOf(media, hidden, texts) };
  return { type: 'link', url: media.url, written: media.url, label: [label] };
}

/** Groups items into messages: albums of pictures and videos first, then all others one by one. */
export function groupIntoMessages(items: readonly MediaItem[]): readonly (readonly MediaItem[])[] {
  const inAlbums = items.filter(({ type }) => type === 'photo' || type === 'video');
  const alone = items.filter(({ type }) => type === 'animation' || type === 'audio');
  return [...albumsOf(inAlbums, MAX_ALBUM), ...alone.map((item) => [item])];
}
