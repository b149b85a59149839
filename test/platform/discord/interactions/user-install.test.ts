import { describe, expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { buttons, type Document, paragraph, text } from '../../../../src/note/document.ts';
import { startProgram } from '../../../contract/platform/program.fixture.ts';
import { ready } from '../../../ready.fixture.ts';
import { fakeHost, messageText, startBot } from '../discord.fixture.ts';

/** A server without the app, whose owner has installed it for their account. */
async function elsewhere(patienceMs?: number) {
  const { discord, platform } = await startBot(patienceMs === undefined ? {} : { patienceMs });
  const noor = discord.world.addUser({ name: 'Noor' });
  noor.installed = true;
  const guild = discord.world.addGuild({ name: 'Elsewhere', installed: false, owner: noor });
  const channel = discord.world.addChannel(guild, { name: 'talk' });
  const ask = (name: string, options = {}) => discord.slash({ user: noor, channel, name, options });
  return { discord, platform, noor, channel, ask };
}

describe('if only the user has installed the app', () => {
  test('readers’ commands work, and managers’ commands say where they do', async () => {
    const { discord, platform, noor, channel, ask } = await elsewhere();
    const program = await startProgram();
    await platform.start(program.host);
    const forReaders = program.host.menu.filter((item) => item.for === 'readers');
    // Managers' commands work in the user's own chat with the bot, so Discord offers them to managers here as well.
    expect(discord.visibleCommands(channel, noor).map(({ name }) => name)).toEqual(
      program.host.menu.map(({ name }) => name),
    );
    for (const { name, options } of forReaders) {
      const needed = options
        .filter(({ required }) => required)
        .map(({ name: option, choices }) => [option, choices?.[0]?.value ?? 'lithium']);
      const seen = await ask(name, Object.fromEntries(needed));
      // A command that opens a form has not answered yet.
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

  test('autocomplete works', async () => {
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
    ['without a deferral', undefined, 'everyone'],
    ['after a deferral', 1, 'everyone'],
    ['after a public deferral, for the user alone', 1, 'user'],
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

  test('the same answer is complete if the server has installed the app', async () => {
    const { discord, channel, mira, platform } = await startBot();
    await platform.start(fakeHost(() => ({ document: ready(long), to: 'everyone' })).host);
    void discord.slash({ user: mira, channel, name: 'latest' });
    await discord.until(() =>
      discord.messages(channel).some((one) => messageText(one).includes(`Part ${LONG - 1}.`)),
    );
    expect(discord.messages(channel).length).toBeGreaterThan(6);
  });
});
