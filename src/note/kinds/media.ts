import { link, type Media, paragraph, small, text } from '../document.ts';
import {
  extractMedia,
  imetaMedia,
  imetaPages,
  MAX_ALTERNATIVES,
  mediaKindByExtension,
} from '../media/extract-media.ts';
import type { VerifiedEvent } from '../note.ts';
import { parseInlines, splitParagraphs } from '../parse/parse-text.ts';
import { parseWebUrl } from '../parse/urls.ts';
import { placeholder } from '../placeholders.ts';
import { isPlaylist } from './live-stream.ts';
import { type ParsedKind, tagTitle } from './parsed-kind.ts';

/** Kind 20 (NIP-68): pictures in the tags, the caption in the content. */
export function parsePictures(event: VerifiedEvent): ParsedKind {
  const lifted = extractMedia(parseInlines(event.content, event), imetaMedia(event.tags));
  const media = [...imetaMedia(event.tags), ...lifted.media].filter(
    (item, index, all) => all.findIndex(({ url }) => url === item.url) === index,
  );
  const title = tagTitle(event);
  return { title, body: splitParagraphs(lifted.run), media, postType: 'photo', listsTags: true };
}

/**
 * Kinds 21, 22, 34235 and 34236 (NIP-71): one video in several forms, described by `imeta` tags, or by separate tags in
 * older events. A live stream, which nobody can attach, stays a link.
 */
export function parseVideo(event: VerifiedEvent): ParsedKind {
  const tags = [...event.tags, ['imeta', ...event.tags.map(([name, value]) => `${name} ${value}`)]];
  const described = imetaMedia(tags);
  const videos = described.filter(({ kind }) => kind === 'video');
  const lifted = extractMedia(parseInlines(event.content, event), described);
  const others = [...described, ...lifted.media].filter(
    (item, index, all) =>
      !videos.some(({ url }) => url === item.url) && all.findIndex(({ url }) => url === item.url) === index,
  );
  const pages = videos.length > 0 ? [] : imetaPages(tags).filter((url) => !isPlaylist(url));
  return {
    title: tagTitle(event),
    body: [...splitParagraphs(lifted.run), ...pages.map((url) => paragraph(link(url)))],
    media: [...asAlternatives(videos), ...others],
    postType: 'video',
    listsTags: true,
  };
}

/** The largest form of a video; the others are tried if it is too large. */
function asAlternatives(forms: readonly Media[]): readonly Media[] {
  const pixels = ({ width = 0, height = 0 }: Media): number => width * height;
  const [best, ...smaller] = forms.toSorted((a, b) => pixels(b) - pixels(a));
  if (!best) return [];
  const alternatives = [best, ...smaller].flatMap((form) => [
    ...(form === best ? [] : [form.url]),
    ...form.alternatives,
  ]);
  return [{ ...best, alternatives: [...new Set(alternatives)].slice(0, MAX_ALTERNATIVES) }];
}

/** Kind 1222 (NIP-A0): the content is the URL of a recording. */
export function parseVoice(event: VerifiedEvent): ParsedKind {
  const url = parseWebUrl(event.content.trim());
  if (!url) return { body: splitParagraphs(parseInlines(event.content, event)), media: [], postType: 'note' };
  const known = imetaMedia(event.tags).find((item) => item.url === url);
  const recording: Media = { alternatives: [], ...known, kind: 'audio', url };
  const { durationS } = recording;
  const long = durationS === undefined ? [] : [text(` · ${minutes(durationS)}`)];
  // A URL that clearly has another media type is shown as that.
  const kind = known?.kind ?? mediaKindByExtension(url) ?? 'audio';
  return {
    body: [small(text('🎙 '), placeholder('voice'), ...long)],
    media: [{ ...recording, kind }],
    postType: 'note',
  };
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
