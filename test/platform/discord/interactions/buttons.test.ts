import { describe, expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { buttons, callback, paragraph, text } from '../../../../src/note/document.ts';
import { ready } from '../../../ready.fixture.ts';
import { fakeHost, messageText, postButton, startBot } from '../discord.fixture.ts';

describe('a button', () => {
  const page = (words: string) => ({
    document: ready([
      paragraph(text(words)),
      buttons([
        { label: 'Older', callback: callback('latest', { count: 2 }), responseMode: 'replace' },
        { label: 'Read', callback: callback('latest', { count: 1 }), responseMode: 'add' },
      ]),
    ]),
    to: 'everyone' as const,
  });

  async function firstPage(options: { readonly patienceMs?: number } = {}) {
    const all = await startBot(options);
    let before = (): Promise<unknown> => Promise.resolve();
    const { host, invocations } = fakeHost(async ({ input }) => {
      await before();
      return page('named' in input && input.named.count ? `Page ${input.named.count}` : 'Page 1');
    });
    const wait = (first: typeof before) => void (before = first);
    await all.platform.start(host);
    const seen = await all.discord.slash({ user: all.mira, channel: all.channel, name: 'latest' });
    if (seen.status !== 'answered') throw new Error('No answer');
    return { ...all, invocations, message: seen.message, wait };
  }

  test('turns the page for the user who ran the command', async () => {
    const { discord, mira, message, invocations, channel } = await firstPage();
    expect(await discord.press({ user: mira, message, customId: '2rlatest?count=2' })).toMatchObject({
      how: 'update',
    });
    expect(messageText(message)).toBe('Page 2');
    expect(invocations[1]).toMatchObject({ command: 'latest', input: { named: { count: '2' } } });
    expect(discord.messages(channel)).toHaveLength(1);
  });

  test('turns the page in a private chat', async () => {
    const { discord, mira } = await firstPage();
    const seen = await discord.slash({ user: mira, channel: discord.world.openDm(mira), name: 'latest' });
    if (seen.status !== 'answered') throw new Error('No answer');
    await discord.press({ user: mira, message: seen.message, customId: '2rlatest?count=2' });
    expect(messageText(seen.message)).toBe('Page 2');
  });

  test('gives another user an ephemeral copy', async () => {
    const { discord, guild, message } = await firstPage();
    const noor = discord.world.addUser({ name: 'Noor' });
    discord.world.addMember(guild, noor);
    const seen = await discord.press({ user: noor, message, customId: '2rlatest?count=2' });
    expect(seen).toMatchObject({ how: 'reply', ephemeral: true });
    expect(messageText(message)).toBe('Page 1');
    if (seen.status !== 'answered') throw new Error('No answer');
    await discord.press({ user: noor, message: seen.message, customId: '2rlatest?count=2' });
    expect(messageText(seen.message)).toBe('Page 2');
  });

  test('that adds sends a new message', async () => {
    const { discord, channel, mira, message } = await firstPage();
    expect(await discord.press({ user: mira, message, customId: '2alatest?count=1' })).toMatchObject({
      how: 'reply',
    });
    expect(discord.messages(channel)).toHaveLength(2);
  });

  test('sends an ephemeral message to a user who may not write in the channel', async () => {
    const { discord, guild, channel, message } = await firstPage();
    const noor = discord.world.addUser({ name: 'Noor' });
    discord.world.addMember(guild, noor);
    discord.world.setOverwrites(channel, [{ of: noor, deny: ['SendMessages'] }]);
    expect(await discord.press({ user: noor, message, customId: '2alatest?count=1' })).toMatchObject({
      how: 'reply',
      ephemeral: true,
    });
    expect(discord.messages(channel)).toHaveLength(1);
  });

  test('turns the page after a deferral if the answer takes long', async () => {
    const { discord, mira, message, wait } = await firstPage({ patienceMs: 1 });
    wait(() => discord.next('acknowledged'));
    const seen = await discord.press({ user: mira, message, customId: '2rlatest?count=2' });
    expect(seen).toMatchObject({ how: 'update', deferred: true });
    expect(messageText(message)).toBe('Page 2');
  });

  test.each(['0rlatest', '1rvanished', 'menu:4'])('of an older version (%s) says so', async (customId) => {
    const { discord, channel, mira, platform } = await startBot();
    await platform.start(fakeHost().host);
    const message = await postButton(discord, channel, customId);
    const seen = await discord.press({ user: mira, message, customId });
    expect(seen.status === 'answered' && messageText(seen.message)).toBe(en.platform.oldButton);
    expect(seen).toMatchObject({ ephemeral: true });
  });
});
