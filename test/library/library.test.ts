import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { discordMessages } from '../../src/library/discord.ts';
import { findReferences, InvalidEventError, type NostrEvent, parseNote } from '../../src/library/note.ts';
import type { RenderOptions } from '../../src/library/options.ts';
import { type TelegramCall, telegramCalls } from '../../src/library/telegram.ts';
import { pointerUrl } from '../../src/note/pointer.ts';

const mara = authorNamed('Mara');
const tam = authorNamed('Tam');
const event: NostrEvent = mara.note('Good morning from the pier.', { createdAt: 1_760_000_000 });

function parsed(from: NostrEvent, verify = true) {
  const note = parseNote(from, { verify });
  if (!note) throw new Error('Nothing to show');
  return note;
}

/** Everything that readers see of it, on both platforms. */
const shown = (from: NostrEvent, options?: RenderOptions): readonly string[] => [
  JSON.stringify(discordMessages(parsed(from), options)),
  JSON.stringify(telegramCalls(parsed(from), options)),
];

describe('parseNote', () => {
  test('says what a note is, and that it was checked', () => {
    expect(parseNote(event)).toEqual({
      id: event.id,
      key: event.id,
      pubkey: mara.pubkey,
      kind: 1,
      createdAt: 1_760_000_000,
      type: 'note',
      text: 'Good morning from the pier.',
      hashtags: [],
      verified: true,
    });
  });

  test.each<readonly [string, unknown, RegExp]>([
    ['nothing', undefined, /an object$/u],
    ['null', null, /an object$/u],
    ['JSON that was not parsed', JSON.stringify(event), /an object$/u],
    ['a message of a relay', ['EVENT', 'sub', event], /an object$/u],
    ['an empty object', {}, /^Not a valid Nostr event: `id` has to be 64 lower-case hex digits$/u],
    ['an id in capitals', { ...event, id: event.id.toUpperCase() }, /`id`/u],
    ['an npub', { ...event, pubkey: mara.npub }, /`pubkey`/u],
    ['a date as text', { ...event, created_at: '1760000000' }, /`created_at` has to be a whole number/u],
    ['milliseconds', { ...event, created_at: 1_760_000_000_000 }, /`created_at`/u],
    ['a kind that is none', { ...event, kind: -1 }, /`kind`/u],
    ['no tags', { ...event, tags: undefined }, /`tags`/u],
    ['a tag with a number', { ...event, tags: [['p', 5]] }, /`tags`/u],
    ['too many tags', { ...event, tags: Array.from({ length: 2_501 }, () => ['t', 'a']) }, /2500/u],
    ['too much text', { ...event, content: 'a'.repeat(262_145) }, /`content`.*262144/u],
    ['no signature', { ...event, sig: '' }, /`sig`/u],
    ['another text', { ...event, content: 'Something else.' }, /doesn’t belong/u],
    ['another signature', { ...event, sig: tam.note('').sig }, /doesn’t belong/u],
  ])('refuses %s, and says why', (_, garbage, reason) => {
    const parse = () => parseNote(garbage as NostrEvent);
    expect(parse).toThrow(InvalidEventError);
    expect(parse).toThrow(reason);
  });

  test('without verification takes any signature, says so, and still wants the right shape', () => {
    const forged = { ...event, content: 'Somebody else wrote this.' };
    expect(parseNote(forged, { verify: false })).toMatchObject({ text: forged.content, verified: false });
    expect(() => parseNote({ ...forged, sig: 'x' }, { verify: false })).toThrow(/`sig`/u);
  });

  test('leaves the event alone, and does not depend on it later', () => {
    const mine = { ...event, tags: [['t', 'pier']] };
    const before = structuredClone(mine);
    const note = parsed(mine, false);
    expect(Reflect.ownKeys(mine)).toEqual(Reflect.ownKeys(before));
    expect(mine).toEqual(before);
    mine.content = 'Changed.';
    expect(JSON.stringify(telegramCalls(note))).toContain('Good morning');
  });

  test('has nothing to show of other kinds, and of empty notes', () => {
    expect(parseNote(mara.note('{}', { kind: 0 }))).toBeUndefined();
    expect(parseNote(mara.note(' \n '))).toBeUndefined();
  });
});

describe('what a note refers to', () => {
  const quoted = tam.note('The ferry is late again.');
  const codeOf = (id: string) => `nostr:${pointerUrl({ type: 'event', id, relays: [] }).split('/').at(-1)}`;
  const quoting = mara.note(`As nostr:${tam.npub} said:\n\n${codeOf(quoted.id)}`, {
    tags: [['q', quoted.id, 'wss://relay.example', tam.pubkey]],
  });

  test('is listed with all hints, the author first', () => {
    expect(findReferences(parsed(quoting))).toEqual({
      profiles: [
        { pubkey: mara.pubkey, relays: [] },
        { pubkey: tam.pubkey, relays: ['wss://relay.example'] },
      ],
      events: [{ key: quoted.id, relays: ['wss://relay.example'], author: tam.pubkey }],
    });
  });

  test.each<readonly [string, RenderOptions]>([
    [
      'a map',
      {
        profiles: new Map([
          [mara.pubkey, { name: 'Mara Lindqvist' }],
          [tam.pubkey, { display_name: 'Tam of the ferry', name: 'tam' }],
        ]),
        events: new Map([[quoted.id, quoted]]),
      },
    ],
    [
      'functions',
      {
        profiles: (key) => ({ name: key === mara.pubkey ? 'Mara Lindqvist' : 'Tam of the ferry' }),
        events: (key) => (key === quoted.id ? quoted : undefined),
      },
    ],
  ])('is shown by name and quoted, from %s', (_, options) => {
    for (const message of shown(quoting, options)) {
      expect(message).toContain('Mara Lindqvist');
      expect(message).toContain('Tam of the ferry');
      expect(message).toContain('The ferry is late again.');
    }
    for (const message of shown(quoting, { ...options, byline: false }))
      expect(message).not.toContain('Mara Lindqvist');
  });

  test('stays a link if it is unknown, not genuine, or another event', () => {
    const others: readonly unknown[] = [
      undefined,
      { ...quoted, content: 'The ferry sank.' },
      event,
      'x',
      null,
    ];
    const unknown = shown(quoting);
    for (const message of unknown) expect(message).toContain('njump.me');
    for (const other of others)
      expect(shown(quoting, { events: () => other as NostrEvent })).toEqual(unknown);
  });

  test('comes along in a repost', () => {
    const repost = mara.note(JSON.stringify(quoted), { kind: 6, tags: [['e', quoted.id]] });
    for (const message of shown(repost)) expect(message).toContain('The ferry is late again.');
  });

  test.each([5, 'x', null, [], { name: 5, picture: {} }, { name: '\u202e' }])(
    'takes %j for no profile',
    (profile) => {
      const options: RenderOptions = { profiles: () => profile as object };
      expect(shown(quoting, options)).toEqual(shown(quoting));
    },
  );
});

describe('options', () => {
  const words = Array.from({ length: 3_000 }, (_, n) => `word${n}`);
  const long = mara.note(words.join(' '));
  const wordsIn = (text: string): readonly string[] => text.match(/\bword\d+\b/gu) ?? [];

  test('long texts are split by default, and no word is lost', () => {
    for (const [text, least] of [
      [shown(long)[0], 2],
      [shown(long)[1], 2],
    ] as const) {
      expect(wordsIn(text ?? '')).toEqual(expect.arrayContaining(words));
      expect(JSON.parse(text ?? '').length).toBeGreaterThanOrEqual(least);
    }
  });

  test.each([
    ['cut', 3],
    ['summary', 1],
  ] as const)('long: %s makes %i, with a link to the rest', (mode, count) => {
    for (const text of shown(long, { long: mode })) {
      expect(JSON.parse(text)).toHaveLength(count);
      expect(text).toContain('njump.me');
    }
  });

  test('language, links and style are as asked for', () => {
    const options = { language: 'zh-TW', links: 'https://notes.example/{code}' } as const;
    for (const text of shown(event, options)) {
      expect(text).toMatch(/https:\/\/notes\.example\/n(?:ote|event)1/u);
      expect(text).toMatch(/\p{Script=Han}/u);
    }
    const note = parsed(event);
    const verse = parsed(mara.note('Good morning.\n\nThe tide is out.'));
    expect(discordMessages(verse)[0]).toMatchObject({ content: 'Good morning.', embeds: [{}] });
    expect(discordMessages(note, { style: 'card' })[0]?.flags).toBe(1 << 15);
    expect(discordMessages(note, { style: 'plain' })[0]?.content).toContain('Good morning');
    const article = mara.note('# One\n\nText.', {
      kind: 30_023,
      tags: [
        ['d', 'a'],
        ['title', 'Tides'],
      ],
    });
    expect(telegramCalls(parsed(article), { style: 'rich' })[0]?.method).toBe('sendRichMessage');
  });

  test.each<readonly [object, RegExp]>([
    [{ style: 'fancy' }, /`style` has to be one of .*, not fancy/u],
    [{ long: 'auto' }, /`long` has to be one of split, cut, summary, not auto/u],
    [{ timeZone: 'Mars/Olympus' }, /`timeZone` has to be an IANA name/u],
    [{ links: 'https://notes.example/' }, /`links` has to be an https address with \{code\}/u],
    [{ links: 'javascript:{code}' }, /`links`/u],
  ])('%j is refused', (options, reason) => {
    for (const render of [discordMessages, telegramCalls]) {
      expect(() => render(parsed(event), options)).toThrow(RangeError);
      expect(() => render(parsed(event), options)).toThrow(reason);
    }
  });

  test('renderers take nothing but a parsed note', () => {
    for (const wrong of [event, { ...parsed(event) }, undefined, null, 'note'])
      for (const render of [discordMessages, telegramCalls])
        expect(() => render(wrong as never)).toThrow(/as parseNote returned it/u);
  });
});

describe('every golden note', () => {
  const folder = join(import.meta.dirname, '../golden');
  const events = globSync('*/event.json', { cwd: folder }).map(
    (file) =>
      [file.split('/')[0] ?? '', JSON.parse(readFileSync(join(folder, file), 'utf8')) as NostrEvent] as const,
  );

  const plainest = ({ plainer, ...call }: TelegramCall): TelegramCall => (plainer ? plainest(plainer) : call);

  test('there are some', () => expect(events.length).toBeGreaterThan(100));

  test.each(events)('%s becomes messages that are plain JSON and notify nobody', (_, golden) => {
    const note = parseNote(golden, { verify: false });
    if (!note) return;
    for (const style of ['embed', 'card', 'plain'] as const) {
      const messages = discordMessages(note, { style });
      expect(messages.length).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify(messages))).toEqual(messages);
      for (const { allowed_mentions } of messages) expect(allowed_mentions).toEqual({ parse: [] });
    }
    for (const style of ['classic', 'rich'] as const) {
      const calls = telegramCalls(note, { style });
      expect(calls.length).toBeGreaterThan(0);
      for (const call of calls) expect(plainest(call).method).toBe('sendMessage');
    }
  });
});
