import fc from 'fast-check';
import { eventToNote, NOTE_KINDS } from '../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../src/note/note.ts';
import { OTHER } from '../golden/case.fixture.ts';
import { eventOf } from './events.fixture.ts';

/** What texts are made of that mean something to somebody. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '\n',
    '\n\n',
    ' ',
    '#tag',
    '#[0]',
    ':emoji:',
    'https://a.example/b',
    'https://a.example/b.jpg',
    'https://a.example/b.mp4',
    '(',
    ')',
    '![](',
    '](',
    '|',
    '{id}',
    '،',
    '—then',
    '🔥',
    'up everybody',
    '\n1. ',
    ', ',
    `nostr:${OTHER.npub}`,
    `nostr:${OTHER.nevent}`,
    `[${OTHER.npub}](nostr:${OTHER.npub})`,
    OTHER.naddr,
    OTHER.nsec,
    OTHER.cashu,
  ),
  fc.constantFrom(
    '# ',
    '- ',
    '- [ ] ',
    '> ',
    '    ',
    '```',
    '~~',
    '![x](https://a.example/c.png)',
    '[x](nostr:',
    '[^1]: ',
    '[^1]',
    `[^${OTHER.nsec}]: `,
    `[^${OTHER.nsec}]`,
    '| a | b |\n| - | - |\n| c | d |\n',
    '**',
    '||',
    '@everyone',
    '<@123456789012345678>',
    '@durov',
    '/start',
  ),
  fc.constantFrom('\ud800', '锂', 'שלום', '👨‍👩‍👧‍👦', '🇩🇪', '\u202e', '\u200b', 'e\u0301', 'lightning:lnbc1'),
);
const content = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
const value = fc.oneof(
  content,
  fc.constantFrom(
    OTHER.id,
    OTHER.pubkey,
    `30023:${OTHER.pubkey}:tides`,
    'reply',
    'root',
    'mention',
    'source',
    '-1',
    '1e999',
    '1750000000',
    '99999999999999',
  ),
  fc.constantFrom(
    'https://a.example/b',
    'https://a.example/b.mp3',
    'url https://a.example/b',
    'm video/mp4',
    'm jpeg',
    'dim 4284.0x5712.0',
    'm image/svg+xml',
    'm application/x-mpegURL',
    'dim 0x9',
    'duration x',
    'duration 1e300',
    'alt a',
    'content-warning',
    'multiplechoice',
    'ended',
  ),
);
const name = fc.oneof(
  fc.constantFrom('e', 'a', 'p', 'q', 't', 'd', 'i', 'r', 'l', 'L', 'imeta', 'emoji', 'title', 'subject'),
  fc.constantFrom('image', 'summary', 'alt', 'comment', 'option', 'polltype', 'endsAt', 'starts', 'ends'),
  fc.constantFrom('url', 'm', 'dim', 'thumb', 'duration', 'streaming', 'recording', 'status', 'published_at'),
  fc.constantFrom('content-warning', 'expiration', '-', '', '__proto__', 'constructor'),
);
const tags = fc.array(
  fc.tuple(name, fc.array(value, { maxLength: 4 })).map(([first, rest]) => [first, ...rest]),
  { maxLength: 8 },
);

/** Any event of a kind that becomes a note, except what is none yet: a stream that is only planned. */
export const anyEvent: fc.Arbitrary<VerifiedEvent> = fc
  .record({
    kind: fc.constantFrom(...NOTE_KINDS),
    content,
    tags: fc.oneof(
      tags.map((some) => [...some, ['status', 'live']]),
      fc.constant([[], ['status', 'ended']]),
    ),
  })
  .map(eventOf)
  .filter((event) => eventToNote(event) !== undefined);
