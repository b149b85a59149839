import { type Document, type Inline, inlineText, paragraph, small, text } from './document.ts';
import { hashtagKey } from './hashtag.ts';
import { parseArticle } from './kinds/article.ts';
import { parseHighlight } from './kinds/highlight.ts';
import { parseLiveStream } from './kinds/live-stream.ts';
import { parsePictures, parseVideo, parseVoice } from './kinds/media.ts';
import { cleanLine, type ParsedKind, tagText, tagTime } from './kinds/parsed-kind.ts';
import { parsePoll } from './kinds/poll.ts';
import { parseRepost } from './kinds/repost.ts';
import { parseComment, parseTextNote } from './kinds/text.ts';
import type { Note, VerifiedEvent } from './note.ts';
import { normalizeText } from './parse/normalize.ts';
import { hasSecret } from './parse/secrets.ts';
import { keyOf, tagValue } from './pointer.ts';
import { quotesInTags } from './references/references.ts';
import type { IsOwn } from './reply-pointer.ts';
import { seriesName } from './series.ts';
import { allInlines } from './visit.ts';

/** The parser of each kind that becomes a note. Other kinds are not notes. */
const PARSERS: Readonly<Record<number, (event: VerifiedEvent, isOwn: IsOwn) => ParsedKind | undefined>> = {
  1: parseTextNote,
  6: parseRepost,
  16: parseRepost,
  20: parsePictures,
  21: parseVideo,
  22: parseVideo,
  1068: parsePoll,
  1111: parseComment,
  1222: parseVoice,
  9802: parseHighlight,
  30023: parseArticle,
  30311: parseLiveStream,
  34235: parseVideo,
  34236: parseVideo,
};

/** The kinds that become notes. */
export const NOTE_KINDS: readonly number[] = Object.keys(PARSERS).map(Number);

/** UTF-16 units. Parsing content of this length or more could block the event loop for too long. */
const LONG = 16_384;

/** Whether to parse the note in a worker thread (`note/worker`) rather than on the event loop. */
export const isLongContent = ({ content }: Pick<VerifiedEvent, 'content'>): boolean => content.length >= LONG;

/** `eventToNote` for notes of any length, without blocking the event loop. Never rejects. */
export type EventToNote = (event: VerifiedEvent, isOwn?: IsOwn) => Promise<Note | undefined>;

/** More hashtags at the end of a note are meant for search engines, not for readers. */
const MAX_LISTED_TAGS = 5;

/**
 * Turns an author's event into a note. `undefined` for other kinds, for streams that are only planned, and for events
 * with nothing to show. `isOwn` tells the author's own threads from replies to others where the tags don't. Pure; never
 * throws.
 */
export function eventToNote(event: VerifiedEvent, isOwn: IsOwn = () => false): Note | undefined {
  const parsed = PARSERS[event.kind]?.(event, isOwn);
  if (!parsed) return undefined;
  const body = bodyOf(parsed, event);
  if (!parsed.title && !hasContent(body) && parsed.media.length === 0 && quotesInTags(event).length === 0)
    return undefined;
  const written = new Set(
    allInlines(parsed.body).flatMap((inline) => (inline.type === 'hashtag' ? inline.tag : [])),
  );
  const tagged = event.tags.flatMap(([name, value]) => (name === 't' && value ? hashtag(value) : []));
  const unseen = new Set(tagged.filter((tag) => !written.has(tag)));
  const published = tagTime(event, 'published_at');
  const warning = warningOf(event);
  const expiresAt = Number(tagValue(event, 'expiration'));
  return {
    event,
    id: event.id,
    key: keyOf(event),
    kind: event.kind,
    pubkey: event.pubkey,
    createdAt: event.created_at,
    ...(published && published < event.created_at ? { publishedAt: published } : {}),
    ...(parsed.ended ? { ended: true } : {}),
    ...(parsed.title ? { title: parsed.title, series: seriesName(parsed.title) } : {}),
    postType: parsed.postType,
    body: [...body, ...(parsed.listsTags ? hashtagList([...unseen]) : [])],
    media: parsed.media,
    hashtags: [...new Set([...written, ...tagged])],
    ...(parsed.replyTo ? { replyTo: parsed.replyTo } : {}),
    ...(warning === undefined ? {} : { warning }),
    ...(Number.isSafeInteger(expiresAt) && expiresAt > 0 ? { expiresAt } : {}),
    ...(event.tags.some(([name]) => name === '-') ? { protected: true } : {}),
  };
}

/**
 * Whether anything is left to show. The notice that a secret was removed isn't worth a post on its own, whatever
 * punctuation surrounds it.
 */
function hasContent(body: Document): boolean {
  const isLeftOut = (inline: Inline): boolean =>
    inline.type === 'text' && inline.placeholder?.[0] === 'secret';
  return body.some((block) => {
    const leaves = allInlines([block]).filter((inline) => !('children' in inline));
    return !leaves.some(isLeftOut) || MEANINGFUL.test(inlineText(leaves.filter((one) => !isLeftOut(one))));
  });
}

/** A letter, number or emoji, as opposed to the `>` or `*` around a removed secret. */
const MEANINGFUL = /[\p{L}\p{N}[\p{S}--\p{ASCII}]]/v;

/** The body; for an event with nothing to show, its client's description of it (NIP-31). */
function bodyOf({ title, body, media }: ParsedKind, event: VerifiedEvent): Document {
  const alt = title || body.length > 0 || media.length > 0 ? undefined : tagText(event, 'alt', 1_000);
  return alt ? [paragraph(text(alt))] : body;
}

/** A `t` tag as a hashtag; nothing if only combining marks or a secret would be left. */
function hashtag(value: string): readonly string[] {
  const tag = hashtagKey(normalizeText(value.slice(0, MAX_TAG)));
  return tag === '' || hasSecret(value) ? [] : [tag];
}

const MAX_TAG = 80;

/** Hashtags that the text doesn't show. */
function hashtagList(tags: readonly string[]): Document {
  const words = tags.filter((tag) => /^[\p{L}\p{M}\p{N}_-]*\p{L}[\p{L}\p{M}\p{N}_-]*$/u.test(tag));
  const run = words
    .slice(0, MAX_LISTED_TAGS)
    .flatMap((tag, index): Inline[] => [
      ...(index > 0 ? [text(' ')] : []),
      { type: 'hashtag', tag, written: `#${tag}` },
    ]);
  return run.length > 0 ? [small(...run)] : [];
}

/**
 * The reason of a content warning, from its own tag (NIP-36) or from labels in the `content-warning` namespace (NIP-32).
 */
function warningOf({ tags }: VerifiedEvent): string | undefined {
  const warning = tags.find(([name]) => name === 'content-warning');
  if (warning) return cleanLine(warning[1] ?? '');
  const labels = tags.filter(([name, , space]) => name === 'l' && space === 'content-warning');
  const isNamed =
    labels.length > 0 || tags.some(([name, space]) => name === 'L' && space === 'content-warning');
  return isNamed ? cleanLine(labels.map(([, label]) => label).join(', ')) : undefined;
}
