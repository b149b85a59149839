import { type Block, buttons, heading, type Media, paragraph, strong, text } from '../../note/document.ts';
import { eventUrl, pointerUrl } from '../../note/pointer.ts';
import { withByline } from '../../note/present/byline.ts';
import type { LongNoteFallback } from '../../note/present/long-note-fallback.ts';
import type { CommandContext } from '../command.ts';
import type { SamplePost } from '../sample-poster.ts';
import { linkCommands } from './command-links.ts';

/** So many notes are looked through for a picture and a film. */
const LOOKED_THROUGH = 10;
/** So many times the same words make a text that no message holds. */
const LONG = 120;

/** A sample of each kind; pictures and films are the author's own, and left out where there are none. */
export async function samplePosts({
  archive,
  author,
  texts,
}: CommandContext): Promise<readonly SamplePost[]> {
  const said = texts.servers.preview;
  const [newest] = await archive.latest({ count: 1 });
  const url = newest
    ? eventUrl(newest.event)
    : pointerUrl({ type: 'profile', pubkey: author().pubkey, relays: [] });
  const open = buttons([{ label: texts.note.open, url }]);
  const marked: Block = paragraph(text(`${said.isSample} `), {
    type: 'hashtag',
    tag: 'test',
    written: '#test',
  });
  const fallback: LongNoteFallback = { isArticle: true, readOn: { label: texts.note.readOn, url } };
  const shown = async (postType: 'photo' | 'video'): Promise<readonly SamplePost[]> => {
    const notes = await archive.latest({ count: LOOKED_THROUGH, postType });
    const kind = postType === 'photo' ? 'image' : 'video';
    const item = notes
      .flatMap(({ media, warning }) => (warning === undefined ? media : []))
      .find((one) => one.kind === kind);
    return item ? [{ name: postType, postType, document: [marked, album(item), open] }] : [];
  };
  const long = Array.from({ length: LONG }, () => paragraph(...linkCommands(said.words)));
  const samples: readonly SamplePost[] = [
    {
      name: 'missive',
      postType: 'missive',
      document: [heading(2, text(said.title)), marked, ...long, open],
      fallback,
    },
    {
      name: 'link',
      postType: 'link',
      document: [{ type: 'link-card', url, title: said.title, site: new URL(url).hostname }, marked, open],
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
          children: [paragraph(...linkCommands(said.words))],
        },
        { type: 'list', items: said.items.map((item) => [strong(text(item))]) },
        { type: 'code-block', text: said.code },
        open,
      ],
    },
    {
      name: 'hidden',
      postType: 'note',
      document: [
        {
          type: 'hidden',
          reason: texts.note.warning(said.reason),
          children: [marked, paragraph({ type: 'spoiler', children: [text(said.words)] })],
        },
        open,
      ],
    },
    ...(await shown('photo')),
    ...(await shown('video')),
  ];
  return samples.map((sample) => ({ ...sample, document: withByline(sample.document, author()) }));
}

const album = (item: Media): Block => ({ type: 'media', items: [item] });
