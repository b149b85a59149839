import { type Document, type Inline, inlineText, paragraph, small, text } from './document.ts';
import { hashtagKey } from './hashtag.ts';
import { readArticle } from './kinds/article.ts';
import { readHighlight } from './kinds/highlight.ts';
import { readLive } from './kinds/live.ts';
import { readPictures, readVideo, readVoice } from './kinds/media.ts';
import { readPoll } from './kinds/poll.ts';
import { oneLine, type Reading, tagTime, tagWords } from './kinds/reading.ts';
import { readRepost } from './kinds/repost.ts';
import { readComment, readNote } from './kinds/text.ts';
import type { Note, VerifiedEvent } from './note.ts';
import { clean } from './parse/clean.ts';
import { hasSecret } from './parse/secrets.ts';
import { keyOf, tagValue } from './pointer.ts';
import { quotedByTag } from './references.ts';
import { seriesOf } from './series-name.ts';
import type { IsOwn } from './thread.ts';
import { inlinesOf } from './walk.ts';

/** How each kind that becomes a note is read. Kinds that are not here are not notes. */
const readings: Readonly<Record<number, (event: VerifiedEvent, isOwn: IsOwn) => Reading | undefined>> = {
  1: readNote,
  6: readRepost,
  16: readRepost,
  20: readPictures,
  21: readVideo,
  22: readVideo,
  1068: readPoll,
  1111: readComment,
  1222: readVoice,
  9802: readHighlight,
  30023: readArticle,
  30311: readLive,
  34235: readVideo,
  34236: readVideo,
};

/** The kinds that become notes. */
export const NOTE_KINDS: readonly number[] = Object.keys(readings).map(Number);

/** Characters of content from which reading a note may take longer than everything else should wait. */
const LONG = 16_384;

/** Whether a note is better read by a worker than in a turn of the event loop (`parsing/`). */
export const isLong = ({ content }: Pick<VerifiedEvent, 'content'>): boolean => content.length >= LONG;

/** `noteFrom` for what may be long: not in this turn of the event loop. Never rejects. */
export type ReadNote = (event: VerifiedEvent, isOwn?: IsOwn) => Promise<Note | undefined>;

/** More at the end of a note is there for search engines, not for readers. */
const MAX_LISTED_TAGS = 5;

/**
 * The note in an event of the author; `undefined` for kinds that are no notes, for what is none yet (a stream that is
 * only planned), and for what has nothing to show. `isOwn` tells a thread of the author's own from a reply where the
 * tags don't. Pure and total: it never throws.
 */
export function noteFrom(event: VerifiedEvent, isOwn: IsOwn = () => false): Note | undefined {
  const reading = readings[event.kind]?.(event, isOwn);
  if (!reading) return undefined;
  const body = bodyOf(reading, event);
  if (!reading.title && !saysAnything(body) && reading.media.length === 0 && quotedByTag(event).length === 0)
    return undefined;
  const written = new Set(
    inlinesOf(reading.body).flatMap((inline) => (inline.type === 'hashtag' ? inline.tag : [])),
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
    ...(reading.over ? { over: true } : {}),
    ...(reading.title ? { title: reading.title, series: seriesOf(reading.title) } : {}),
    postType: reading.postType,
    body: [...body, ...(reading.listsTags ? listed([...unseen]) : [])],
    media: reading.media,
    hashtags: [...new Set([...written, ...tagged])],
    ...(reading.replyTo ? { replyTo: reading.replyTo } : {}),
    ...(warning === undefined ? {} : { warning }),
    ...(Number.isSafeInteger(expiresAt) && expiresAt > 0 ? { expiresAt } : {}),
    ...(event.tags.some(([name]) => name === '-') ? { protected: true } : {}),
  };
}

/** Whether anything is left to show: that a secret was left out is no news by itself, whatever stands around it. */
function saysAnything(body: Document): boolean {
  const isLeftOut = (inline: Inline): boolean => inline.type === 'text' && inline.ours?.[0] === 'secret';
  return body.some((block) => {
    const said = inlinesOf([block]).filter((inline) => !('children' in inline));
    return !said.some(isLeftOut) || SAYS.test(inlineText(said.filter((one) => !isLeftOut(one))));
  });
}

/** A letter, number or emoji; signs such as `>` and `*` are around what was left out. */
const SAYS = /[\p{L}\p{N}[\p{S}--\p{ASCII}]]/v;

/** Where an event has nothing to show, what its client says that it is (NIP-31). */
function bodyOf({ title, body, media }: Reading, event: VerifiedEvent): Document {
  const alt = title || body.length > 0 || media.length > 0 ? undefined : tagWords(event, 'alt', 1_000);
  return alt ? [paragraph(text(alt))] : body;
}

/** A hashtag as a tag has it; none where nothing but marks or a secret would be shown. */
function hashtag(value: string): readonly string[] {
  const tag = hashtagKey(clean(value.slice(0, MAX_TAG)));
  return tag === '' || hasSecret(value) ? [] : [tag];
}

const MAX_TAG = 80;

/** Hashtags that the text does not show. */
function listed(tags: readonly string[]): Document {
  const words = tags.filter((tag) => /^[\p{L}\p{M}\p{N}_-]*\p{L}[\p{L}\p{M}\p{N}_-]*$/u.test(tag));
  const run = words
    .slice(0, MAX_LISTED_TAGS)
    .flatMap((tag, index): Inline[] => [
      ...(index > 0 ? [text(' ')] : []),
      { type: 'hashtag', tag, written: `#${tag}` },
    ]);
  return run.length > 0 ? [small(...run)] : [];
}

/** The reason of a content warning: its own tag (NIP-36), or labels in the namespace of that name (NIP-32). */
function warningOf({ tags }: VerifiedEvent): string | undefined {
  const warning = tags.find(([name]) => name === 'content-warning');
  if (warning) return oneLine(warning[1] ?? '');
  const labels = tags.filter(([name, , space]) => name === 'l' && space === 'content-warning');
  const isNamed =
    labels.length > 0 || tags.some(([name, space]) => name === 'L' && space === 'content-warning');
  return isNamed ? oneLine(labels.map(([, label]) => label).join(', ')) : undefined;
}
