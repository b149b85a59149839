import { type Block, buttons, heading, type Media, paragraph, strong, text } from '../../note/document.ts';
import { eventUrl, pointerUrl } from '../../note/pointer.ts';
import { withByline } from '../../note/present/byline.ts';
import type { LongNoteFallback } from '../../note/present/long-note-fallback.ts';
import type { CommandContext } from '../command.ts';
import type { SamplePost } from '../sample-poster.ts';
import { linkCommands } from './command-links.ts';

/** How many notes are searched for a picture or a video. */
const MAX_SEARCHED = 10;
/** Repetitions that make a text too long for any message. */
const LONG_REPEATS = 120;

/** A sample of each kind. Pictures and videos are the author's own, and left out if there are none. */
export async function samplePosts({
  archive,
  author,
  texts,
}: CommandContext): Promise<readonly SamplePost[]> {
  const sampleTexts = texts.servers.preview;
  const [newest] = await archive.latest({ count: 1 });
  const url = newest
    ? eventUrl(newest.event)
    : pointerUrl({ type: 'profile', pubkey: author().pubkey, relays: [] });
  const open = buttons([{ label: texts.note.open, url }]);
  const marked: Block = paragraph(text(`${sampleTexts.isSample} `), {
    type: 'hashtag',
    tag: 'test',
    written: '#test',
  });
  const fallback: LongNoteFallback = { isArticle: true, readOn: { label: texts.note.readOn, url } };
  const mediaSample = async (postType: 'photo' | 'video'): Promise<readonly SamplePost[]> => {
    const notes = await archive.latest({ count: MAX_SEARCHED, postType });
    const kind = postType === 'photo' ? 'image' : 'video';
    const item = notes
      .flatMap(({ media, warning }) => (warning === undefined ? media : []))
      .find((one) => one.kind === kind);
    return item ? [{ name: postType, postType, document: [marked, album(item), open] }] : [];
  };
  const long = Array.from({ length: LONG_REPEATS }, () => paragraph(...linkCommands(sampleTexts.words)));
  const samples: readonly SamplePost[] = [
    {
      name: 'missive',
      postType: 'missive',
      document: [heading(2, text(sampleTexts.title)), marked, ...long, open],
      fallback,
    },
    {
      name: 'link',
      postType: 'link',
      document: [
        { type: 'link-card', url, title: sampleTexts.title, site: new URL(url).hostname },
        marked,
        open,
      ],
    },
    {
      name: 'marks',
      postType: 'note',
      document: [
        marked,
        {
          type: 'quoted-note',
          author: author().name,
          url,
          children: [paragraph(...linkCommands(sampleTexts.words))],
        },
        { type: 'list', items: sampleTexts.items.map((item) => [strong(text(item))]) },
        { type: 'code-block', text: sampleTexts.code },
        open,
      ],
    },
    {
      name: 'hidden',
      postType: 'note',
      document: [
        {
          type: 'hidden',
          reason: texts.note.warning(sampleTexts.reason),
          children: [marked, paragraph({ type: 'spoiler', children: [text(sampleTexts.words)] })],
        },
        open,
      ],
    },
    ...(await mediaSample('photo')),
    ...(await mediaSample('video')),
  ];
  return samples.map((sample) => ({ ...sample, document: withByline(sample.document, author()) }));
}

const album = (item: Media): Block => ({ type: 'media', items: [item] });
