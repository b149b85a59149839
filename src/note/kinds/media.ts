import { link, type Media, paragraph, small, text } from '../document.ts';
import { describedMedia, describedPages, kindByEnding, liftMedia, MAX_ALTERNATIVES } from '../media.ts';
import type { VerifiedEvent } from '../note.ts';
import { own } from '../own-words.ts';
import { webUrl } from '../parse/address.ts';
import { paragraphs, parseInlines } from '../parse/parse.ts';
import { isPlaylist } from './live.ts';
import { type Reading, tagTitle } from './reading.ts';

/** Kind 20 (NIP-68): the pictures stand in the tags, the content is the caption. */
export function readPictures(event: VerifiedEvent): Reading {
  const lifted = liftMedia(parseInlines(event.content, event), describedMedia(event.tags));
  const media = [...describedMedia(event.tags), ...lifted.media].filter(
    (item, index, all) => all.findIndex(({ url }) => url === item.url) === index,
  );
  const title = tagTitle(event);
  return { title, body: paragraphs(lifted.run), media, postType: 'photo', listsTags: true };
}

/**
 * Kinds 21, 22, 34235 and 34236 (NIP-71): one video, its forms in the tags; older ones describe it by tags of their
 * own instead of `imeta`. A stream, which nobody can attach, stays a link.
 */
export function readVideo(event: VerifiedEvent): Reading {
  const tags = [...event.tags, ['imeta', ...event.tags.map(([name, value]) => `${name} ${value}`)]];
  const described = describedMedia(tags);
  const videos = described.filter(({ kind }) => kind === 'video');
  const lifted = liftMedia(parseInlines(event.content, event), described);
  const others = [...described, ...lifted.media].filter(
    (item, index, all) =>
      !videos.some(({ url }) => url === item.url) && all.findIndex(({ url }) => url === item.url) === index,
  );
  const pages = videos.length > 0 ? [] : describedPages(tags).filter((url) => !isPlaylist(url));
  return {
    title: tagTitle(event),
    body: [...paragraphs(lifted.run), ...pages.map((url) => paragraph(link(url)))],
    media: [...oneOf(videos), ...others],
    postType: 'video',
    listsTags: true,
  };
}

/** The largest of the forms of one video; the others are addresses to try when it is too large. */
function oneOf(forms: readonly Media[]): readonly Media[] {
  const pixels = ({ width = 0, height = 0 }: Media): number => width * height;
  const [best, ...smaller] = forms.toSorted((a, b) => pixels(b) - pixels(a));
  if (!best) return [];
  const alternatives = [best, ...smaller].flatMap((form) => [
    ...(form === best ? [] : [form.url]),
    ...form.alternatives,
  ]);
  return [{ ...best, alternatives: [...new Set(alternatives)].slice(0, MAX_ALTERNATIVES) }];
}

/** Kind 1222 (NIP-A0): the content is the address of a recording. */
export function readVoice(event: VerifiedEvent): Reading {
  const url = webUrl(event.content.trim());
  if (!url) return { body: paragraphs(parseInlines(event.content, event)), media: [], postType: 'note' };
  const known = describedMedia(event.tags).find((item) => item.url === url);
  const recording: Media = { alternatives: [], ...known, kind: 'audio', url };
  const { durationS } = recording;
  const long = durationS === undefined ? [] : [text(` · ${minutes(durationS)}`)];
  // What is plainly something else is shown as what it is.
  const kind = known?.kind ?? kindByEnding(url) ?? 'audio';
  return {
    body: [small(text('🎙 '), own('voice'), ...long)],
    media: [{ ...recording, kind }],
    postType: 'note',
  };
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
