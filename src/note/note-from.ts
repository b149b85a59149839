import { en } from '../text/en.ts';
import { type Document, inlineText, type Media } from './document.ts';
import { parseMarkdown } from './markdown.ts';
import { describedMedia, liftMedia } from './media.ts';
import type { Note, PostType, VerifiedEvent } from './note.ts';
import { webUrl } from './parse/address.ts';
import { clean } from './parse/clean.ts';
import { paragraphs, parseInlines } from './parse/parse.ts';
import { referenceTo } from './parse/references.ts';
import { withoutSecrets } from './parse/secrets.ts';
import { keyOf, tagValue } from './pointer.ts';
import { postTypeOf } from './post-type.ts';
import { replyOf } from './thread.ts';
import { seriesOf, splitTitle } from './title.ts';

/** What a kind gives a note; all else is the same for every kind. */
type Reading = {
  readonly title?: string | undefined;
  readonly body: Document;
  readonly media: readonly Media[];
  readonly postType: PostType;
  readonly replyTo?: string | undefined;
};

/** How each kind that becomes a note is read. Kinds that are not here are not notes. */
const readings: Readonly<Record<number, (event: VerifiedEvent) => Reading>> = {
  1: readText,
  6: readRepost,
  20: (event) => readMediaEvent(event, 'photo'),
  21: (event) => readMediaEvent(event, 'video'),
  22: (event) => readMediaEvent(event, 'video'),
  30023: readArticle,
};

/** A reason is a few words; it stands in the open, on every part. */
const MAX_REASON = 200;

/** The kinds that become notes. */
export const NOTE_KINDS: readonly number[] = Object.keys(readings).map(Number);

/** The note in an event of the author; `undefined` for kinds that are no notes. Pure and total: it never throws. */
export function noteFrom(event: VerifiedEvent): Note | undefined {
  const reading = readings[event.kind]?.(event);
  if (!reading) return undefined;
  const warning = event.tags.find(([name]) => name === 'content-warning');
  const expiresAt = Number(tagValue(event, 'expiration'));
  return {
    event,
    id: event.id,
    key: keyOf(event),
    kind: event.kind,
    pubkey: event.pubkey,
    createdAt: event.created_at,
    ...(reading.title ? { title: reading.title, series: seriesOf(reading.title) } : {}),
    postType: reading.postType,
    body: reading.body,
    media: reading.media,
    hashtags: hashtagsOf(event, reading.body),
    ...(reading.replyTo ? { replyTo: reading.replyTo } : {}),
    ...(warning
      ? {
          warning: withoutSecrets(clean(warning[1] ?? ''))
            .replace(/\s+/gu, ' ')
            .trim()
            .slice(0, MAX_REASON),
        }
      : {}),
    ...(Number.isSafeInteger(expiresAt) && expiresAt > 0 ? { expiresAt } : {}),
    ...(event.tags.some(([name]) => name === '-') ? { protected: true } : {}),
  };
}

function readText(event: VerifiedEvent): Reading {
  const lifted = liftMedia(parseInlines(event.content, event), describedMedia(event.tags));
  const reply = replyOf(event);
  const found = reply ? { rest: paragraphs(lifted.run) } : splitTitle(paragraphs(lifted.run));
  const title = titleTag(event, 'subject') ?? ('title' in found ? found.title : undefined);
  const parts = { ...(title ? { title } : {}), body: found.rest, media: lifted.media };
  return { ...parts, postType: reply?.others ? 'reply' : postTypeOf(parts), replyTo: reply?.to };
}

/** NIP-18. What was reposted is somebody else's word, unverified here: it is pointed at, not repeated. */
function readRepost(event: VerifiedEvent): Reading {
  const id = tagValue(event, 'e') ?? '';
  const pubkey = tagValue(event, 'p') ?? '';
  const isHex = (value: string) => /^[0-9a-f]{64}$/u.test(value);
  const what = isHex(id)
    ? [
        referenceTo(
          { type: 'event', id, relays: [], ...(isHex(pubkey) ? { author: pubkey } : {}) },
          `nostr:${id}`,
        ),
      ]
    : [];
  return {
    body: [
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: what.length > 0 ? `${en.note.repostOf}: ` : en.note.repostOf },
          ...what,
        ],
      },
    ],
    media: [],
    postType: 'repost',
  };
}

/** NIP-68 pictures and NIP-71 videos: the media stand in the tags, the content is the caption. */
function readMediaEvent(event: VerifiedEvent, postType: PostType): Reading {
  const lifted = liftMedia(parseInlines(event.content, event), describedMedia(event.tags));
  const media = [...describedMedia(event.tags), ...lifted.media].filter(
    (item, index, all) => all.findIndex(({ url }) => url === item.url) === index,
  );
  return { title: titleTag(event, 'title'), body: paragraphs(lifted.run), media, postType };
}

/** NIP-23. Pictures stay in their place in the text; the cover goes first where it is not one of them. */
function readArticle(event: VerifiedEvent): Reading {
  const title = titleTag(event, 'title');
  const text = withoutTitle(parseMarkdown(event.content, event), title);
  const url = webUrl(tagValue(event, 'image') ?? '');
  const isShown = text.some(
    (block) => block.type === 'media' && block.items.some((item) => item.url === url),
  );
  const cover: Document =
    url && !isShown ? [{ type: 'media', items: [{ kind: 'image', url, alternatives: [] }] }] : [];
  return { title, body: [...cover, ...text], media: [], postType: 'missive' };
}

/** Many articles begin with their title, as a heading. */
function withoutTitle(body: Document, title: string | undefined): Document {
  const [first, ...rest] = body;
  const same = first?.type === 'heading' && inlineText(first.children).replace(/\s+/gu, ' ').trim() === title;
  return same ? rest : body;
}

function titleTag(event: VerifiedEvent, name: string): string | undefined {
  return (
    withoutSecrets(clean(tagValue(event, name) ?? ''))
      .replace(/\s+/gu, ' ')
      .trim()
      .slice(0, 200) || undefined
  );
}

function hashtagsOf(event: VerifiedEvent, body: Document): readonly string[] {
  const tagged = event.tags
    .filter(([name, value]) => name === 't' && value)
    .map(([, value = '']) => clean(value).toLowerCase());
  const written = body
    .flatMap((block) => ('children' in block && block.type === 'paragraph' ? block.children : []))
    .flatMap((inline) => (inline.type === 'hashtag' ? [inline.tag] : []));
  return [...new Set([...written, ...tagged])];
}
