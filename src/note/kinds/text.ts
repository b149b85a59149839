import { type Document, type Inline, inlineText, link, paragraph, small, text } from '../document.ts';
import { imetaMedia } from '../media/extract-media.ts';
import { placeMedia } from '../media/place-media.ts';
import type { VerifiedEvent } from '../note.ts';
import { parseInlines } from '../parse/parse-text.ts';
import { parseWebUrl } from '../parse/urls.ts';
import { placeholder } from '../placeholders.ts';
import { decodePointer, pointerKey } from '../pointer.ts';
import { referenceOf } from '../references/references.ts';
import { commentPointer, type IsOwn, type ReplyPointer, replyPointer } from '../reply-pointer.ts';
import { allInlines } from '../visit.ts';
import { withHeadline } from './headline.ts';
import { cleanLine, type ParsedKind, pageLabel, tagTitle } from './parsed-kind.ts';
import { postTypeOf } from './post-type.ts';
import { plainTitle, splitTitle } from './title.ts';

/** Kind 1 (NIP-10): plain text. */
export function parseTextNote(event: VerifiedEvent, isOwn: IsOwn): ParsedKind {
  const run = parseInlines(event.content, event);
  return parseText(
    event,
    run,
    replyPointer(event, () => namedIn(run), isOwn),
  );
}

/** Ids and addresses of the notes that a text names, by code or by a web client's URL with a code or an id. */
function namedIn(run: readonly Inline[]): ReadonlySet<string> {
  const names = allInlines([paragraph(...run)]).flatMap((inline): readonly string[] => {
    const part = inline.type === 'link' ? lastPart(inline.url) : undefined;
    const pointer = referenceOf(inline) ?? (part === undefined ? undefined : decodePointer(part));
    return [...(pointer ? [pointerKey(pointer)] : []), ...(part === undefined ? [] : [part])];
  });
  return new Set(names);
}

const lastPart = (url: string): string => url.replace(/[?#].*$/u, '').replace(/^.*\//u, '');

/** Kind 1111 (NIP-22): a plain-text comment. If it is about something outside Nostr (NIP-73), a line names that. */
export function parseComment(event: VerifiedEvent, isOwn: IsOwn): ParsedKind {
  const parsed = parseText(event, parseInlines(event.content, event), commentPointer(event, isOwn));
  return parsed.replyTo ? parsed : { ...parsed, body: [...parsed.body, ...subjectOf(event)] };
}

function parseText(
  event: VerifiedEvent,
  run: readonly Inline[],
  reply: ReplyPointer | undefined,
): ParsedKind {
  const placed = placeMedia(run, imetaMedia(event.tags));
  const found = reply ? undefined : splitTitle(placed.words).title;
  const title = tagTitle(event, 'subject') ?? found;
  const titled = title ? { title } : {};
  // A first line that repeats the title is dropped.
  const isRepeated = title !== undefined && (title === found || title === firstLine(placed.words));
  const without = (body: Document): Document => (isRepeated ? withoutFirst(body) : body);
  const postType = reply?.toOthers
    ? 'reply'
    : postTypeOf({ ...titled, body: without(placed.words), media: placed.media });
  const body = without(placed.body);
  return {
    ...titled,
    body: postType === 'link' ? withHeadline(body) : body,
    media: placed.gallery,
    postType,
    replyTo: reply?.to,
  };
}

function firstLine([first]: Document): string | undefined {
  return first?.type === 'paragraph' ? plainTitle(cleanLine(inlineText(first.children))) : undefined;
}

/** Drops the first paragraph, which became the title. */
function withoutFirst(body: Document): Document {
  const first = body.findIndex(({ type }) => type === 'paragraph');
  return body.filter((_, index) => index !== first);
}

/** The subject in an `i` tag: a page, or the identifier of a book or film, with a page about it if the tag gives one. */
function subjectOf(event: VerifiedEvent): Document {
  const [, identifier = '', hint = ''] = event.tags.find(([name]) => name === 'i' || name === 'I') ?? [];
  const page = parseWebUrl(identifier);
  const about = parseWebUrl(hint);
  const name = cleanLine(identifier);
  if (!page && !name) return [];
  const subject = page ? pageLabel(page) : [about ? link(about, name) : text(name)];
  return [small(text('↩ '), placeholder('commentOn'), text(' '), ...subject)];
}
