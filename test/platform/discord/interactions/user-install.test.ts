import { describe, expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { buttons, type Document, paragraph, text } from '../../../../src/note/document.ts';
import { startProgram } from '../../../contract/platform/program.fixture.ts';
import { ready } from '../../../ready.fixture.ts';
import { fakeHost, messageText, startBot } from '../discord.fixture.ts';

/** A server that has not installed the app, and its owner, who has it on the own account. */
async function elsewhere(patienceMs?: number) {
  const { discord, platform } = await startBot(patienceMs === undefined ? {} : { patienceMs });
  const noor = discord.world.addUser({ name: 'Noor' });
  noor.installed = true;
  const guild = discord.world.addGuild({ name: 'Elsewhere', installed: false, owner: noor });
  const channel = discord.world.addChannel(guild, { name: 'talk' });
  const ask = (name: string, options = {}) => discord.slash({ user: noor, channel, name, options });
  return { discord, platform, noor, channel, ask };
}

describe('where only the asker has installed the app', () => {
  test('every command for readers is offered and answers, and what is for managers is not listed and says where it is possible', async () => {
    const { discord, platform, noor, channel, ask } = await elsewhere();
    const program = await startProgram();
    await platform.start(program.host);
    const forReaders = program.host.menu.filter((item) => item.for === 'readers');
    // A command that people can ask in their own chat by their own install is offered to those who manage a server, too.
    expect(discord.visibleCommands(channel, noor).map(({ name }) => name)).toEqual(
      program.host.menu.map(({ name }) => name),
    );
    for (const { name, options } of forReaders) {
      const needed = options
        .filter(({ required }) => required)
        .map(({ name: option, choices }) => [option, choices?.[0]?.value ?? 'lithium']);
      const seen = await ask(name, Object.fromEntries(needed));
      // What asks back has not answered yet.
      const words = seen.status === 'answered' ? messageText(seen.message) : seen.status;
      expect(words).not.toBe('failed');
      expect(words).not.toMatch(/\/subscribe|went wrong/u);
    }
    for (const name of ['subscribe', 'settings']) {
      const seen = await ask(name);
      const words = seen.status === 'answered' ? messageText(seen.message) : '';
      expect(words.replaceAll(/<(\/\w+):\d+>/gu, '$1')).toBe(en.subscribe.impossible);
    }
    expect(await program.store.destinations.list()).toEqual([]);
    expect(discord.requests.filter(({ path }) => path.startsWith('/channels/'))).toEqual([]);
    await program.stop();
  });

  test('suggestions come there too', async () => {
    const { discord, platform, noor, channel } = await elsewhere();
    const program = await startProgram();
    await platform.start(program.host);
    const found = await discord.autocomplete({
      user: noor,
      channel,
      name: 'read',
      focused: ['note', 'pier'],
    });
    expect(found?.map(({ name }) => name)).toEqual([
      expect.stringContaining('The pier at dawn'),
      expect.stringContaining('Good night from the pier.'),
    ]);
    await program.stop();
  });

  const LONG = 30;
  const long: Document = [
    ...Array.from({ length: LONG }, (_, n) => paragraph(text(`Part ${n}. ${'word '.repeat(300)}`))),
    buttons([{ label: 'Open in browser', url: 'https://viewer.example/' }]),
  ];

  test.each([
    ['at once', undefined, 'everyone'],
    ['after it was announced', 1, 'everyone'],
    ['after it was announced to all, for the asker alone', 1, 'user'],
  ] as const)(
    'an answer that is too long for five messages says where the rest is: %s',
    async (_, patienceMs, to) => {
      const { discord, platform, channel, ask } = await elsewhere(patienceMs);
      const announced = Promise.withResolvers<void>();
      discord.on('acknowledged', () => announced.resolve());
      const { host } = fakeHost(async () => {
        if (patienceMs !== undefined) await announced.promise;
        return { document: ready(long), to };
      });
      await platform.start(host);
      void ask('latest');
      const last = (message: Parameters<typeof messageText>[0]) =>
        messageText(message).includes(en.discord.tooLongHere);
      const shown = () => discord.history(channel).filter(({ deleted }) => !deleted);
      await discord.until(() => shown().some(last));
      expect(shown()).toHaveLength(5);
      expect(last(shown()[4]!)).toBe(true);
      expect(JSON.stringify(shown()[4]?.components)).toContain('https://viewer.example/');
      expect(messageText(shown()[0]!)).toContain('Part 0.');
      expect(discord.requests.filter(({ status }) => status >= 400)).toEqual([]);
    },
  );

  test('where the server has installed it, the same answer comes whole', async () => {
    const { discord, channel, mira, platform } = await startBot();
    await platform.start(fakeHost(() => ({ document: ready(long), to: 'everyone' })).host);
    void discord.slash({ user: mira, channel, name: 'latest' });
    await discord.until(() =>
      discord.messages(channel).some((one) => messageText(one).includes(`Part ${LONG - 1}.`)),
    );
    expect(discord.messages(channel).length).toBeGreaterThan(6);
  });
});
