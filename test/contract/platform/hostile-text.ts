import { noteEncode } from 'nostr-tools/nip19';
import { expect } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { authorNamed } from '../../../sandbox/relay/fake-author.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { NostrEvent, Note, VerifiedEvent } from '../../../src/note/note.ts';
import { digestDocument } from '../../../src/note/present/digest.ts';
import { longNoteFallback } from '../../../src/note/present/long-note-fallback.ts';
import { noteCode, noteToDocument } from '../../../src/note/present/note-to-document.ts';
import { displayName } from '../../../src/note/references/display-name.ts';
import type { ResolvedReferences } from '../../../src/note/references/references.ts';
import { DEFAULT_PREFERENCES } from '../../../src/preferences/preferences.ts';
import { readBack } from '../../disguised-links.fixture.ts';
import { restoreMarkup } from '../../platform/discord/markdown.fixture.ts';
import { ready } from '../../ready.fixture.ts';
import { type Case, type ContractFixture, type Message, replyText } from './driver.ts';
import { type ProgramSetting, startProgram } from './program.fixture.ts';

/** Short enough that a list shows it whole. `lure` would ping somebody in the group. */
const nasty = (lure: string): readonly string[] => [
  `@everyone @here ${lure} <@&1> <#1>`,
  '/start /stop@postrider_bot </latest:1> <id:home> <t:1:R> :fire:',
  '**a** __b__ *c* _d_ ~~e~~ ||f|| `g` ```h```',
  '# a > b - c -# d 1. e >>> f \\*g\\*',
  '<b>a</b> <tg-spoiler>b</tg-spoiler> &lt;c&gt; &amp;',
  '<a href="https://evil.example">a</a> [b](https://evil.example)',
  '[bank.example](https://evil.example) https://bank.example@evil.example',
  'tg://resolve?domain=evil javascript:alert(1) https://evil.example/*_|~`',
];

const mara = authorNamed('Mara');
const other = authorNamed('Mallory');
const prose = 'The cranes stood still all morning, and the ships waited outside in a long grey row. '.repeat(
  3,
);

/** Links whose text suggests another address. */
const DISGUISED = [
  '[bank\u200e.example](https://evil.example)',
  '[bank&#x2060;．example](https://evil.example)',
  '[bank](https://evil.example)**[。example](https://evil.example)**',
  '[bank🔥.example](https://evil.example)',
  '[https：//bank.example](https://evil.example)',
].join('\n\n');

/** User info in a URL that is longer than any host name. */
const NAMED = `https://bank.example-${'a'.repeat(300)}@evil.example/x`;

/** Every part of a note that shows text by somebody else. */
const placesOf = (words: string): readonly NostrEvent[] => [
  mara.note(words),
  mara.note(`${words}\n\n${prose}\n\n${NAMED}`),
  mara.note(`${words}\n${words}\n\n> ${words}\n- ${words}`),
  mara.note(prose, { tags: [['content-warning', words]] }),
  mara.note(prose, { tags: [['subject', words]] }),
  mara.note('Which?', { kind: 1_068, tags: [['option', '1', words]] }),
  mara.note(words, { kind: 9_802, tags: [['comment', words]] }),
  mara.note(
    `${words}\n\n[https://bank.example](https://evil.example) [bank.example/in](https://evil.example)\n\n${DISGUISED}`,
    {
      kind: 30_023,
      tags: [
        ['d', words],
        ['title', words],
        ['summary', words],
        ['t', words],
        ['t', 'evil.example'],
      ],
    },
  ),
  mara.note('https://pictures.example/1.jpg', {
    tags: [['imeta', 'url https://pictures.example/1.jpg', `alt ${words}`]],
  }),
];

const noteOf = (event: NostrEvent): Note => {
  const note = eventToNote(event as VerifiedEvent);
  if (!note) throw new Error(`No note: ${event.content}`);
  return note;
};

/** Notes with the text in every part, and one that quotes and mentions somebody with such a name. */
function settingWith(words: string): ProgramSetting {
  const quoted = noteOf(other.note(words));
  const quoting = noteOf(mara.note(`With nostr:${other.npub}:\n\nnostr:${noteEncode(quoted.id)}`));
  const knowledge: ResolvedReferences = {
    name: () => words,
    note: (key) => (key === quoted.id ? quoted : undefined),
  };
  const author = { pubkey: mara.pubkey, npub: mara.npub, name: words, about: words };
  return { notes: [...placesOf(words).map(noteOf), quoting], author, knowledge };
}

const LIKE_AN_ADDRESS = /\w:\/\/|\bwww\.|[\p{L}\p{N}]\.\p{L}{2,}/iu;
const bare = (address: string): string => address.toLowerCase().replace(/^https?:\/\/|\/$/gu, '');
/** Without zero-width characters. */
const visible = (words: string): string =>
  restoreMarkup(words)
    .replace(/[\u200b\u2060]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** The label names another address, or the right one behind user info. */
const isDisguised = ({ label, url }: Message['links'][number]): boolean =>
  (LIKE_AN_ADDRESS.test(readBack(label)) && !bare(visible(url)).startsWith(bare(visible(label)))) ||
  /:\/\/[^\s/?#\u2060]+@/u.test(label);

export function describeHostileText(bench: ContractFixture, one: Case): void {
  function expectHarmless(messages: readonly Message[]): void {
    expect(messages.length).toBeGreaterThan(0);
    expect(bench.stage.pings()).toBe(0);
    const links = messages.flatMap((message) => message.links);
    expect(links.filter(isDisguised)).toEqual([]);
    // Adjacent links are read as one label; bare URLs aren't part of it.
    const labels = links.map(({ label, url }) =>
      bare(visible(label)) === bare(visible(url)) ? '\n' : label,
    );
    expect(readBack(labels.join(''))).not.toContain('bank.example');
    const schemes = links.map(({ url }) => URL.parse(url)?.protocol);
    expect(schemes.filter((scheme) => scheme && !/^https?:$/u.test(scheme))).toEqual([]);
  }
  /** Markup that was opened would be gone from what is shown. */
  function expectShown(messages: readonly Message[], words: string): void {
    expect(messages.map(({ text }) => visible(text)).join('\n')).toContain(visible(words));
  }

  one('no note pings, opens markup or disguises a link, in any style', async () => {
    const { stage } = bench;
    let sent = 0;
    for (const words of nasty(stage.lure)) {
      const { notes, knowledge } = settingWith(words);
      const documents = [
        ...notes.map((note) => noteToDocument(note, en, knowledge)),
        digestDocument({ notes, more: 3 }, en, DEFAULT_PREFERENCES),
      ];
      for (const variant of stage.platform.styles) {
        const before = stage.shown().length;
        // Each has a rate limit of its own.
        const platform = stage.another();
        for (const [index, document] of documents.entries()) {
          const note = notes[index];
          const finished = ready(document, {}, note && longNoteFallback(note, en));
          for (const body of platform.render(finished, variant)) {
            const result = await platform.send(stage.destination, body, `${(sent += 1)}`);
            expect(result).toMatchObject({ status: 'sent' });
          }
        }
        const messages = stage.shown().slice(before);
        expectHarmless(messages);
        expectShown(messages, words);
      }
    }
  });

  one('no list, full note or profile does', async () => {
    for (const words of nasty(bench.stage.lure)) {
      const setting = settingWith(words);
      const program = await startProgram(commands, setting);
      const platform = bench.stage.another();
      await platform.start(program.host);
      const before = bench.stage.shown().length;
      // Lists truncate long texts, so compare the beginning.
      for (const line of ['/latest count:10', '/search cranes', '/about'])
        expect(visible(replyText(await bench.stage.ask(line)))).toContain(visible(words).slice(0, 20));
      for (const note of setting.notes) await bench.stage.ask(`/read ${noteCode(note)}`);
      const messages = bench.stage.shown().slice(before);
      expectHarmless(messages);
      expectShown(messages, displayName(words) ?? '');
      await platform.stop();
      await program.stop();
    }
  });

  one('nothing a user types does, and it is repeated as typed', async () => {
    await bench.start();
    for (const words of nasty(bench.stage.lure)) {
      bench.program.clock.nowMs += 60_000;
      const seen = [
        await bench.stage.ask(`/search ${words}`),
        await bench.stage.ask(`/read ${words.slice(0, 40)}`),
      ];
      for (const one of seen) if (one.status === 'answered') expectHarmless([one.message]);
      expect(visible(replyText(seen[0]!))).toContain(visible(words));
    }
  });
}
