import { describe, expect, test } from 'vitest';
import type { ChannelOptions } from '../../../../sandbox/discord/world/world-options.ts';
import { encodeCallback } from '../../../../src/command/callback-codec.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { zh } from '../../../../src/i18n/zh/catalogue.ts';
import { callback } from '../../../../src/note/document.ts';
import { messageText, postButton } from '../discord.fixture.ts';
import { startGuild } from '../guild.fixture.ts';

const { obstacles, fixes } = en.discord;

describe('obstacles to delivery are explained', () => {
  test.each(['voice', 'stage'] as const)('in a channel of kind %s', async (kind) => {
    const { discord, guild, ask, choices } = await startGuild();
    const channel = discord.world.addChannel(guild, { name: 'deck', kind });
    for (const line of ['/subscribe', '/settings', '/settings preset missives'])
      expect(messageText(await ask(line, guild.owner, channel))).toContain(obstacles.voice);
    expect(await choices(channel)).toBeUndefined();
  });

  test('in the user’s language', async () => {
    const { discord, guild } = await startGuild();
    const channel = discord.world.addChannel(guild, { name: 'deck', kind: 'voice' });
    const seen = await discord.slash({ user: guild.owner, channel, name: 'subscribe', locale: 'zh-CN' });
    expect(seen.status === 'answered' && messageText(seen.message)).toContain(zh.discord.obstacles.voice);
  });

  test('in a locked thread, until it is unlocked', async () => {
    const { discord, guild, channel, ask, choices } = await startGuild();
    const thread = discord.world.addChannel(guild, {
      name: 'talk',
      kind: 'thread',
      parent: channel,
      locked: true,
    });
    await expect
      .poll(async () => messageText(await ask('/subscribe', guild.owner, thread)))
      // The command in it is clickable.
      .toContain(fixes.locked.split('/')[0]);
    expect(await choices(thread)).toBeUndefined();
    discord.world.changeChannel(thread, { locked: false });
    await expect
      .poll(async () => {
        await ask('/subscribe', guild.owner, thread);
        return choices(thread);
      })
      .toBeDefined();
  });

  /** Chooses the channel like a select or an old button. */
  async function subscribing(options: Omit<ChannelOptions, 'name'>) {
    const { discord, guild, channel } = await startGuild();
    const other = discord.world.addChannel(guild, { name: 'other', ...options });
    const customId = encodeCallback(callback('subscribe', { place: other.id }), 'add');
    const message = await postButton(discord, channel, customId);
    const seen = await discord.press({ user: guild.owner, message, customId });
    return seen.status === 'answered' ? messageText(seen.message) : seen.status;
  }

  test.each([
    ['category', fixes.kind],
    ['stage', obstacles.voice],
  ] as const)('for a %s chosen elsewhere', async (kind, sentence) => {
    expect(await subscribing({ kind })).toContain(sentence);
  });

  test('in a forum that requires a tag we can’t use', async () => {
    const tags = [{ id: '7', name: 'official', moderated: true }];
    expect(await subscribing({ kind: 'forum', needsTag: true, tags })).toContain(fixes.tags);
  });
});
