import { neventEncode, noteEncode } from 'nostr-tools/nip19';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../src/note/note.ts';
import { openMemoryStore } from '../store/memory-store.fixture.ts';
import { eventOf } from './events.fixture.ts';

const ME = 'ab'.repeat(32);
const BOB = 'ef'.repeat(32);
const ID = 'cd'.repeat(32);
const OTHER_ID = '12'.repeat(32);
const code = noteEncode(ID);

const typeOf = (content: string, tags: readonly string[][], own: readonly string[] = []) => {
  const note = eventToNote(eventOf({ content, tags }), (id) => own.includes(id));
  return [note?.postType, note?.replyTo];
};

test.each<[says: string, content: string, tags: string[][]]>([
  [
    'named in the words',
    `Read this: nostr:${code}`,
    [
      ['e', ID],
      ['p', BOB],
    ],
  ],
  [
    'named by a code with hints',
    `nostr:${neventEncode({ id: ID, author: BOB })} yes`,
    [
      ['e', ID],
      ['p', BOB],
    ],
  ],
  [
    'named without the scheme',
    `Read @${code} now`,
    [
      ['e', ID, 'wss://a.example'],
      ['p', BOB],
    ],
  ],
  [
    'named by a web client’s address',
    `https://client.example/e/${code}?x=1`,
    [
      ['e', ID],
      ['p', BOB],
    ],
  ],
  [
    'named by a web client’s address with its id',
    `https://client.example/e/${ID}`,
    [
      ['e', ID],
      ['p', BOB],
    ],
  ],
  [
    'named by its number',
    'Look: #[0]',
    [
      ['e', ID],
      ['p', BOB],
    ],
  ],
  [
    'named in a q tag',
    'Yes',
    [
      ['e', ID],
      ['q', ID],
      ['p', BOB],
    ],
  ],
  [
    'marked as a quote',
    'Yes',
    [
      ['e', ID, '', 'quote'],
      ['p', BOB],
    ],
  ],
  [
    'marked as a mention, in capitals',
    'Yes',
    [
      ['e', ID, '', 'MENTION'],
      ['p', BOB],
    ],
  ],
])('a quoted note answers nothing: %s', (_says, content, tags) => {
  const [postType, replyTo] = typeOf(content, tags);
  expect(postType).not.toBe('reply');
  expect(replyTo).toBeUndefined();
});

test.each<[says: string, content: string, tags: string[][]]>([
  [
    'marked, and quoted as well',
    `nostr:${code}`,
    [
      ['e', ID, '', 'reply'],
      ['p', BOB],
    ],
  ],
  [
    'marked in capitals',
    'Yes',
    [
      ['e', ID, '', 'Reply'],
      ['p', BOB],
    ],
  ],
  [
    'unmarked, beside another that is quoted',
    `nostr:${noteEncode(OTHER_ID)}`,
    [
      ['e', ID],
      ['e', OTHER_ID],
      ['p', BOB],
    ],
  ],
  [
    'unmarked, with a q tag of another',
    'Yes',
    [
      ['e', ID],
      ['q', OTHER_ID],
      ['p', BOB],
    ],
  ],
  ['the root alone, with nobody named', 'Yes', [['e', ID, '', 'root']]],
  ['unmarked, with nobody named', 'Yes', [['e', ID]]],
  [
    'whose author stands where a marker could',
    'Yes',
    [
      ['e', ID, '', BOB],
      ['p', ME],
    ],
  ],
])('a reply to somebody: %s', (_says, content, tags) => {
  expect(typeOf(content, tags)).toEqual(['reply', ID]);
});

test.each<[says: string, tags: string[][]]>([
  [
    'marked, naming somebody',
    [
      ['e', ID, '', 'root'],
      ['p', BOB],
    ],
  ],
  [
    'unmarked, naming somebody',
    [
      ['e', ID],
      ['p', BOB],
    ],
  ],
  ['naming nobody', [['e', ID, '', 'reply']]],
])('an answer to the author’s own note continues a thread: %s', (_says, tags) => {
  expect(typeOf('Yes', tags, [ID])).toEqual(['note', ID]);
  expect(typeOf('Yes', tags)[0]).toBe('reply');
});

test('own threads are known from the archive, even after the parent was deleted', async () => {
  const store = openMemoryStore({ log: silentLog, noteFrom: eventToNote });
  const numbered = (n: number, content: string, tags: string[][] = []): VerifiedEvent =>
    eventOf({ id: `${n}`.repeat(64), content, tags, created_at: 1_700_000_000 + n });
  const take = async (event: VerifiedEvent) => {
    const note = eventToNote(event)!;
    await store.journal.accept([{ note, news: true }]);
    return (await store.archive.find(note.id))?.postType;
  };
  const answering = [
    ['e', '1'.repeat(64)],
    ['p', BOB],
  ];
  await take(numbered(1, 'Fog'));
  expect(await take(numbered(2, 'It lifts, Bob', answering))).toBe('note');
  expect(
    (await store.archive.latest({ count: 5, postType: 'note' })).map(({ event }) => event.content),
  ).toEqual(['It lifts, Bob', 'Fog']);
  await store.journal.delete({
    id: '9'.repeat(64),
    createdAt: 1_700_000_009,
    ids: ['1'.repeat(64)],
    addresses: [],
  });
  expect(await take(numbered(3, 'Gone', answering))).toBe('note');
  expect(
    await take(
      numbered(4, 'Who?', [
        ['e', '8'.repeat(64)],
        ['p', BOB],
      ]),
    ),
  ).toBe('reply');
  await store.close();
});
