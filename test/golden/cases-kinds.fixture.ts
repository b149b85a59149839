import { type Cases, imeta, OTHER, wren } from './case.fixture.ts';

const page = 'https://almanac.example/2025/03/tide-machines';
const poster = 'https://pictures.example/pier.jpg';
const film = (name: string): string => `https://films.example/${name}`;
/** 16 June 2025, seven in the evening. */
const EVENING = '1750100400';

/** Kinds other than notes, pictures and articles. */
export const kinds: Cases = {
  'repost-of-an-article': {
    kind: 16,
    content: '',
    tags: [
      ['k', '30023'],
      ['e', OTHER.id],
      ['a', `30023:${OTHER.pubkey}:tides`],
      ['p', OTHER.pubkey],
    ],
  },
  'repost-of-a-picture': {
    kind: 16,
    content: '{"content":"not verified, not shown"}',
    tags: [
      ['k', '20'],
      ['e', OTHER.id],
      ['p', OTHER.pubkey],
    ],
  },
  'comment-on-an-article': {
    kind: 1111,
    content: 'The *third* table is upside down, #tides or not.',
    tags: [
      ['A', `30023:${OTHER.pubkey}:tides`, '', OTHER.pubkey],
      ['K', '30023'],
      ['a', `30023:${OTHER.pubkey}:tides`, '', OTHER.pubkey],
      ['e', OTHER.id, '', OTHER.pubkey],
      ['k', '30023'],
      ['p', OTHER.pubkey],
    ],
  },
  'comment-on-a-comment': {
    kind: 1111,
    content: 'Only if you hold it by the crank.',
    tags: [
      ['A', `30023:${wren.pubkey}:tide-machine`, '', wren.pubkey],
      ['K', '30023'],
      ['e', OTHER.id, '', OTHER.pubkey],
      ['k', '1111'],
      ['p', OTHER.pubkey],
    ],
  },
  'comment-on-an-own-article': {
    kind: 1111,
    content: 'An addition: the crank turns both ways.',
    tags: [
      ['A', `30023:${wren.pubkey}:tide-machine`, '', wren.pubkey],
      ['a', `30023:${wren.pubkey}:tide-machine`, '', wren.pubkey],
      ['p', wren.pubkey],
    ],
  },
  'comment-on-a-page': {
    kind: 1111,
    content: 'Forty-one wheels. I counted.',
    tags: [
      ['I', page],
      ['K', 'web'],
      ['i', page],
      ['k', 'web'],
    ],
  },
  'comment-on-a-book': {
    kind: 1111,
    content: 'Read it in winter.',
    tags: [
      ['I', 'isbn:9780000000002', 'https://books.example/tides'],
      ['i', 'isbn:9780000000002', 'https://books.example/tides'],
      ['k', 'isbn'],
    ],
  },
  'highlight-of-a-page': {
    kind: 9802,
    content: 'The sea is the slower clock.\n\nNobody winds it, and it is *never* late.',
    tags: [['r', page, 'source']],
  },
  'highlight-with-comment': {
    kind: 9802,
    content: 'The sea is the slower clock.',
    tags: [
      ['comment', `As nostr:${OTHER.npub} used to say. See also https://almanac.example/plain`],
      ['r', 'https://almanac.example/plain', 'mention'],
      ['r', page, 'source'],
    ],
  },
  'highlight-of-an-article': {
    kind: 9802,
    content: 'Forty wheels and a crank.',
    tags: [
      ['a', `30023:${OTHER.pubkey}:tides`],
      ['p', OTHER.pubkey, '', 'author'],
    ],
  },
  'highlight-of-a-long-address': {
    kind: 9802,
    content: 'Forty wheels and a crank.',
    tags: [
      ['r', `${page}?utm_source=letters&utm_medium=chat&utm_campaign=tides-in-march-and-april`, 'source'],
    ],
  },
  'highlight-of-an-article-by-address': {
    kind: 9802,
    content: 'Forty wheels and a crank.',
    tags: [
      ['r', `https://reader.example/a/${OTHER.naddr}`, 'source'],
      ['a', `30023:${OTHER.pubkey}:tides`],
    ],
  },
  'highlight-without-source': { kind: 9802, content: 'Patience is sold out.' },
  'poll-of-one': {
    kind: 1068,
    content: 'What should the new ferry be called?',
    tags: [
      ['option', 'a1', 'Patience'],
      ['option', 'b2', 'The *Slower* Clock'],
      ['option', 'c3', '1. Fog & Sons'],
      ['polltype', 'singlechoice'],
      ['endsAt', EVENING],
    ],
  },
  'poll-of-several': {
    kind: 1068,
    content: `Which mornings do you read these?\n\n${poster}`,
    tags: [
      ['option', 'a', 'Weekdays'],
      ['option', 'b', '周末'],
      ['option', 'c', 'https://almanac.example/never'],
      ['option', 'd', ''],
      ['polltype', 'multiplechoice'],
    ],
  },
  'live-now': {
    kind: 30_311,
    content: '',
    tags: [
      ['d', 'pier'],
      ['title', 'The pier at dusk'],
      ['summary', 'Gulls, mostly. Ask me anything about cranes.'],
      ['image', poster],
      ['streaming', film('pier.m3u8')],
      ['starts', EVENING],
      ['status', 'live'],
      ['t', 'harbour'],
    ],
  },
  'live-over': {
    kind: 30_311,
    content: '',
    tags: [
      ['d', 'pier'],
      ['title', 'The pier at dusk'],
      ['summary', 'Gulls, mostly.'],
      ['streaming', film('pier.m3u8')],
      ['recording', film('pier-at-dusk.mp4')],
      ['starts', EVENING],
      ['ends', '1750104000'],
      ['status', 'ended'],
    ],
  },
  'live-without-words': {
    kind: 30_311,
    content: '',
    tags: [
      ['d', 'bare'],
      ['status', 'live'],
    ],
  },
  'voice-message': {
    kind: 1222,
    content: 'https://sounds.example/morning',
    tags: [
      imeta({
        url: 'https://sounds.example/morning',
        m: 'audio/mp4',
        duration: '72.4',
        waveform: '0 7 35 8 100 49',
      }),
    ],
  },
  'voice-message-bare': { kind: 1222, content: 'https://sounds.example/gulls.m4a' },
  'video-in-several-sizes': {
    kind: 21,
    content: 'One ferry, three files.',
    tags: [
      ['title', 'Ferry'],
      ...['480', '1080', '720'].map((height) =>
        imeta({
          url: film(`ferry-${height}.mp4`),
          m: 'video/mp4',
          dim: `${Number(height) * 2}x${height}`,
          fallback: `https://mirror.example/ferry-${height}.mp4`,
        }),
      ),
    ],
  },
  'video-only-as-stream': {
    kind: 21,
    content: 'All day long.',
    tags: [
      ['title', 'The pier, live'],
      imeta({ url: film('pier.m3u8'), m: 'application/x-mpegURL', image: poster }),
    ],
  },
  'video-that-can-be-edited': {
    kind: 34_235,
    content: 'The crane, once more.',
    tags: [
      ['d', 'crane'],
      ['title', 'The crane'],
      ['published_at', '1750000000'],
      ['alt', 'A film about a crane'],
      imeta({ url: film('crane.mp4'), m: 'video/mp4', dim: '1920x1080', duration: '80' }),
      ['t', 'cranes'],
    ],
  },
  'video-described-of-old': {
    kind: 34_236,
    content: '',
    tags: [
      ['d', 'gull'],
      ['title', 'Gull'],
      ['url', film('gull')],
      ['m', 'video/mp4'],
      ['dim', '1080x1920'],
      ['duration', '6'],
      ['thumb', 'https://pictures.example/gull.jpg'],
    ],
  },
  'kind-20-without-pictures': {
    kind: 20,
    content: '',
    tags: [['alt', 'A picture of the pier']],
  },
  'kind-20-with-many-tags': {
    kind: 20,
    content: 'Low water. #tides',
    tags: [
      imeta({ url: poster, m: 'image/jpeg', dim: '1600x1200' }),
      ...['tides', 'Harbour', 'low-water', 'fog', '潮', '2025', 'gulls', 'rust'].map((tag) => ['t', tag]),
    ],
  },
};
