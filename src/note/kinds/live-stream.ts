import { type Document, type Inline, link, type Media, paragraph, small, strong, text } from '../document.ts';
import type { VerifiedEvent } from '../note.ts';
import { parseInlines, splitParagraphs } from '../parse/parse-text.ts';
import { parseWebUrl } from '../parse/urls.ts';
import { placeholder } from '../placeholders.ts';
import { tagValue } from '../pointer.ts';
import { type ParsedKind, tagTime, tagTitle } from './parsed-kind.ts';

/**
 * Kind 30311 (NIP-53): a stream that is live or has ended. A planned stream isn't a note yet, so that readers are
 * notified once, when there is something to watch; the post is edited when the stream ends.
 */
export function parseLiveStream(event: VerifiedEvent): ParsedKind | undefined {
  const status = tagValue(event, 'status');
  if (status !== 'live' && status !== 'ended') return undefined;
  const ended = status === 'ended';
  const poster = parseWebUrl(tagValue(event, 'image') ?? '');
  const media: readonly Media[] = poster ? [{ kind: 'image', url: poster, alternatives: [] }] : [];
  const body: Document = [
    paragraph(strong(placeholder(ended ? 'liveOver' : 'liveNow'))),
    ...splitParagraphs(parseInlines(tagValue(event, 'summary') ?? event.content, event)),
    ...addressOf(event, ended),
    ...whenOf(event, ended),
  ];
  const title = tagTitle(event);
  return {
    ...(title ? { title } : {}),
    body,
    media,
    postType: 'video',
    listsTags: true,
    ...(ended ? { ended } : {}),
  };
}

/** Stream playlists, which only players can open; the button leads readers to a page instead. */
export const isPlaylist = (url: string): boolean => /\.m3u8$/iu.test(new URL(url).pathname);

/** Where to watch: the stream while it is live, then its recording. */
function addressOf(event: VerifiedEvent, ended: boolean): Document {
  const url = parseWebUrl(tagValue(event, ended ? 'recording' : 'streaming') ?? '');
  if (!url || isPlaylist(url)) return [];
  return [paragraph(placeholder(ended ? 'liveRecording' : 'liveWatch'), text(' '), link(url))];
}

function whenOf(event: VerifiedEvent, ended: boolean): Document {
  const times: readonly (readonly [Inline, number | undefined])[] = [
    [placeholder('liveBegan'), tagTime(event, 'starts')],
    [placeholder('liveEnded'), ended ? tagTime(event, 'ends') : undefined],
  ];
  const line = times.flatMap(([says, at], index): Inline[] =>
    at === undefined
      ? []
      : [
          ...(index > 0 && times[0]?.[1] !== undefined ? [text(' · ')] : []),
          says,
          text(' '),
          { type: 'time', at, style: 'moment' },
        ],
  );
  return line.length > 0 ? [small(...line)] : [];
}
