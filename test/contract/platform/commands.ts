import { expect } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { Command } from '../../../src/command/command.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { paragraph, text } from '../../../src/note/document.ts';
import { noteCode } from '../../../src/note/present/note-to-document.ts';
import { unknownType } from '../../post-types.fixture.ts';
import { type Case, type ContractFixture, listedIn, replyText } from './driver.ts';
import { author, notes } from './program.fixture.ts';

const codes = notes.map(noteCode);
const PLACES = ['company', 'private'] as const;

export function describeCommands(bench: ContractFixture, one: Case): void {
  one('arguments reach the command with their types', async () => {
    const reached: unknown[] = [];
    const noted = commands.map(
      (command): Command => ({
        ...command,
        async run(args) {
          reached.push(args);
          return [paragraph(text('noted'))];
        },
      }),
    );
    await bench.start(noted);
    const lines = [
      '/latest',
      '/latest count:3 type:photo',
      '/search "rare earth" -gold type:missive',
      `/read ${codes[0]}`,
    ];
    for (const line of lines) expect(replyText(await bench.stage.ask(line))).toBe('noted');
    expect(reached).toEqual([
      {},
      { count: 3, type: 'photo' },
      { query: '"rare earth" -gold', type: 'missive' },
      { note: codes[0] },
    ]);
  });

  one('/latest lists the newest notes, and no codes', async () => {
    await bench.start();
    for (const where of PLACES) {
      const answer = replyText(await bench.stage.ask('/latest count:3', { where }));
      expect(answer).toContain(en.latest.heading(author.name));
      expect(listedIn(answer, notes)).toEqual(codes.slice(0, 3));
      expect(answer).not.toMatch(/\b[0-9a-f]{8}\b/u);
      expect(replyText(await bench.stage.ask('/latest type:missive', { where }))).toContain('Harbour Letter');
    }
  });

  one('/search finds words in any script, and says when there are no results', async () => {
    await bench.start();
    for (const where of PLACES) {
      expect(replyText(await bench.stage.ask('/search lithium', { where }))).toContain('8 results');
      expect(listedIn(replyText(await bench.stage.ask('/search 锂价', { where })), notes)).toEqual([
        codes[1],
      ]);
      expect(replyText(await bench.stage.ask('/search unicorn', { where }))).toContain(
        en.search.none('unicorn'),
      );
    }
  });

  one('dates, hashtags and types narrow a search, typed or in a form', async () => {
    await bench.start();
    for (const where of PLACES) {
      const found = async (line: string) => replyText(await bench.stage.ask(`/search ${line}`, { where }));
      expect(await found('lithium after:2020 before:2100')).toContain('8 results');
      expect(await found('lithium after:2100')).toContain(en.search.none('lithium after:2100'));
      expect(await found('lithium type:missive')).toContain(en.search.none('lithium'));
      expect(await found('lithium before:yesterday')).toContain('8 results');
    }
  });

  one('/read shows a note in full with its picture', async () => {
    await bench.start();
    for (const where of PLACES) {
      const seen = await bench.stage.ask(`/read ${codes[2]}`, { where });
      expect(replyText(seen)).toContain('The pier at dawn');
      expect(seen).toMatchObject({ message: { pictures: 1, buttons: [en.note.open, en.verify.button] } });
    }
  });

  one('/help, /about and /status answer in groups and in private', async () => {
    await bench.start();
    for (const where of PLACES) {
      expect(replyText(await bench.stage.ask('/help', { where }))).toMatch(/\/latest[^]*\/search[^]*\/read/u);
      const all = await bench.stage.press(en.help.allCommands, { where });
      expect(replyText(all)).toMatch(/\/latest[^]*\/search[^]*\/status[^]*\/help/u);
      expect(replyText(await bench.stage.press(en.help.back, { where }))).toContain(
        en.help.intro(author.name),
      );
      expect(replyText(await bench.stage.ask('/about', { where }))).toMatch(
        new RegExp(`${author.name}[^]*${author.about}[^]*12 posts[^]*${author.npub}`, 'u'),
      );
      expect(replyText(await bench.stage.ask('/status', { where }))).toMatch(
        /Everything is working[^]*12 posts/u,
      );
    }
  });

  one('an invalid text argument is answered with valid examples', async () => {
    await bench.start();
    for (const where of PLACES) {
      const wrongDate = replyText(await bench.stage.ask('/search lithium before:someday', { where }));
      expect(wrongDate).toBe(en.search.wrongDate('someday'));
      const wrongCode = replyText(await bench.stage.ask('/read 00000000', { where }));
      expect(wrongCode).toBe(en.read.notFound('00000000'));
    }
  });

  one('an invalid number or choice never reaches a command', async () => {
    const reached: unknown[] = [];
    const [latest] = commands;
    await bench.start([{ ...latest!, run: async (args) => (reached.push(args), []) }]);
    await bench.stage.ask('/latest count:0');
    await bench.stage.ask('/latest type:poem');
    expect(reached).toEqual([]);
  });

  one('an invalid number or choice is answered with the valid ones', async () => {
    await bench.start();
    expect(replyText(await bench.stage.ask('/latest count:0'))).toContain('a number from 1 to 10');
    expect(replyText(await bench.stage.ask('/latest type:poem'))).toContain(unknownType('poem', en));
  });

  one('a private answer isn’t public', async () => {
    await bench.start();
    expect(await bench.stage.ask('/help')).toMatchObject({ status: 'answered', hidden: true });
    expect(await bench.stage.ask('/read 00000000')).toMatchObject({ status: 'answered', hidden: true });
    expect(bench.stage.shown()).toEqual([]);
  });

  one('a public answer is public', async () => {
    await bench.start();
    expect(await bench.stage.ask('/about')).toMatchObject({ status: 'answered', hidden: false });
    expect(bench.stage.shown()).toHaveLength(1);
  });

  one('what a user typed is repeated unchanged and pings nobody', async () => {
    await bench.start();
    const words = `*a* _b_ ||c|| @everyone ${bench.stage.lure} <@1> \`d\` [x](https://evil.example) 👩‍🚀`;
    expect(replyText(await bench.stage.ask(`/search ${words}`))).toContain(en.search.none(words));
    expect(bench.stage.pings()).toBe(0);
  });

  one('a long answer arrives as several messages, in order', async () => {
    const words = Array.from({ length: 900 }, (_, n) => `word${n}`);
    const [latest] = commands;
    const run = async () => [paragraph(text(words.join(' ')))];
    await bench.start([{ ...latest!, answerTo: 'everyone', run }]);
    await bench.stage.ask('/latest');
    const all = () => bench.stage.shown().flatMap((message) => message.text.match(/word\d+/gu) ?? []);
    await bench.stage.until(() => all().length >= words.length);
    expect(all()).toEqual(words);
    expect(bench.stage.shown().length).toBeGreaterThan(1);
  });

  one('a reader’s /subscribe is refused', async () => {
    await bench.start();
    expect([en.byPlatform[bench.stage.platform.name].managersOnly, '[not offered]']).toContain(
      replyText(await bench.stage.ask('/subscribe')),
    );
    expect(await bench.program.store.destinations.list()).toEqual([]);
  });

  one('a manager’s /subscribe and /unsubscribe are accepted', async () => {
    await bench.start();
    const asking = { by: 'manager' } as const;
    const { destination } = bench.stage;
    expect(replyText(await bench.stage.ask('/subscribe', asking))).toContain(
      en.subscribe.added.group(author.name),
    );
    expect(await bench.program.store.destinations.get(destination)).toMatchObject({ state: 'active' });
    expect(replyText(await bench.stage.ask('/unsubscribe', asking))).toBe(en.unsubscribe.removed);
    expect(await bench.program.store.destinations.list()).toEqual([]);
  });

  one('/subscribe names the missing permission', async () => {
    await bench.start();
    bench.stage.inject('forbidden');
    expect(replyText(await bench.stage.ask('/subscribe', { by: 'manager' }))).toMatch(
      /missing: .*send messages/iu,
    );
    expect(await bench.program.store.destinations.list()).toEqual([]);
  });

  one('a reader subscribes in private', async () => {
    await bench.start();
    expect(replyText(await bench.stage.ask('/subscribe', { where: 'private' }))).toContain(
      en.subscribe.added.private(author.name),
    );
    expect(await bench.program.store.destinations.list()).toHaveLength(1);
  });
}
