import { describe, expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { silentLog } from '../../../../src/lib/log.ts';
import { buttons, type Document, paragraph, text } from '../../../../src/note/document.ts';
import { createDiscord } from '../../../../src/platform/discord/discord.ts';
import { bodyOf, idsOf, messageText, receiptOf, recordingLog, startBot } from '../discord.fixture.ts';

const CREATE = 'POST /channels/:channel/messages';
const EDIT = 'PATCH /channels/:channel/messages/:message';
const words: Document = [paragraph(text('The *port* is quiet. @everyone'))];
const picture: Document = [
  ...words,
  {
    type: 'media',
    items: [{ kind: 'image', url: 'https://p.example/1.jpg', alternatives: [], alt: 'Cranes' }],
  },
];
const invalid = { status: 400, code: 50035, message: 'Invalid Form Body' };

describe('send', () => {
  test('sends a card that notifies nobody, without a gateway', async () => {
    const { discord, channel, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, picture), 'n1:0'));
    const [message] = discord.messages(channel);
    expect(message).toMatchObject({
      id: idsOf(receipt)[0],
      flags: 32_768,
      pings: { users: [], roles: [], everyone: false },
    });
    expect(discord.requests[0]?.body).toMatchObject({ enforce_nonce: true, allowed_mentions: { parse: [] } });
  });

  test('repeating a key sends no duplicate, even after a lost response', async () => {
    const { discord, channel, platform, destination } = await startBot();
    discord.fault({ route: CREATE, effect: 'reset after' });
    const first = await platform.send(destination, bodyOf(platform, words), 'n1:0');
    expect(first).toMatchObject({ status: 'retry', uncertain: true });
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, words), 'n1:0'));
    expect(discord.messages(channel).map(({ id }) => id)).toEqual(idsOf(receipt));
  });

  test('the same key in another channel is another message', async () => {
    const { discord, guild, platform, destination } = await startBot();
    const other = discord.world.addChannel(guild, { name: 'more' });
    const here = receiptOf(await platform.send(destination, bodyOf(platform, words), 'n1:0'));
    const there = receiptOf(await platform.send(`discord:${other.id}`, bodyOf(platform, words), 'n1:0'));
    expect(there).not.toBe(here);
    expect(discord.messages(other)).toHaveLength(1);
  });

  test('replies to a message, even if it was deleted', async () => {
    const { discord, channel, platform, destination } = await startBot();
    const first = receiptOf(await platform.send(destination, bodyOf(platform, words), 'n1:0'));
    receiptOf(await platform.send(destination, bodyOf(platform, words), 'n2:0', { replyTo: first }));
    expect(discord.messages(channel)[1]?.replyTo?.messageId).toBe(idsOf(first)[0]);
    await platform.remove(destination, first);
    receiptOf(await platform.send(destination, bodyOf(platform, words), 'n3:0', { replyTo: first }));
    expect(discord.messages(channel)).toHaveLength(2);
  });

  test('sends without a reply if it can’t read the history', async () => {
    const { discord, guild, channel, platform, destination } = await startBot();
    const first = receiptOf(await platform.send(destination, bodyOf(platform, words), 'n1:0'));
    const everyone = guild.roles.get(guild.id);
    if (!everyone) throw new Error('No such role');
    const bot = [...guild.roles.values()].filter((role) => role !== everyone);
    discord.world.setOverwrites(
      channel,
      [everyone, ...bot].map((of) => ({ of, deny: ['ReadMessageHistory'] })),
    );
    receiptOf(await platform.send(destination, bodyOf(platform, words), 'n2:0', { replyTo: first }));
    expect(discord.messages(channel)[1]?.replyTo).toBeUndefined();
  });

  test('links pictures if Discord refuses the gallery', async () => {
    const { discord, channel, platform, destination } = await startBot();
    discord.fault({ route: CREATE, effect: invalid });
    receiptOf(await platform.send(destination, bodyOf(platform, picture), 'n1:0'));
    const [message] = discord.messages(channel);
    expect(message?.flags).toBe(32_768);
    expect(message && messageText(message)).toContain('[image](https://p.example/1.jpg): Cranes');
  });

  test('sends plain text if Discord refuses both cards', async () => {
    const { discord, channel, platform, destination } = await startBot();
    discord.fault({ route: CREATE, times: 2, effect: invalid });
    receiptOf(await platform.send(destination, bodyOf(platform, picture), 'n1:0'));
    expect(discord.messages(channel)[0]).toMatchObject({ flags: 0 });
    expect(discord.messages(channel)[0]?.content).toContain('https://p.example/1.jpg');
  });

  test('gives up after the last form', async () => {
    const { discord, platform, destination } = await startBot();
    discord.fault({ route: CREATE, times: 9, effect: invalid });
    expect(await platform.send(destination, bodyOf(platform, picture), 'n1:0')).toMatchObject({
      status: 'rejected',
    });
    // Gallery, links, plain text, text without links.
    expect(discord.requests).toHaveLength(4);
  });

  test('a card that becomes several messages has all ids in its receipt', async () => {
    const { discord, channel, platform, destination } = await startBot();
    discord.fault({ route: CREATE, effect: invalid });
    const long = [paragraph(text('The port is quiet. '.repeat(180)))];
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, long), 'n1:0'));
    expect(idsOf(receipt)).toEqual(discord.messages(channel).map(({ id }) => id));
    expect(idsOf(receipt)).toHaveLength(2);
    receiptOf(await platform.edit(destination, receipt, bodyOf(platform, words)));
    expect(discord.messages(channel).map(({ id, flags }) => [id, flags])).toEqual([[idsOf(receipt)[0], 0]]);
  });

  test('returns rate limits instead of waiting', async () => {
    const { discord, platform, destination } = await startBot();
    discord.fault({ route: CREATE, effect: { limit: { retryAfter: 7 } } });
    const limited = await platform.send(destination, bodyOf(platform, words), 'n1:0');
    expect(limited).toMatchObject({ status: 'retry', scope: 'destination', uncertain: false });
    expect(limited.status === 'retry' && limited.afterMs).toBeGreaterThan(6_000);
  });

  test('a global limit pauses the platform', async () => {
    const { discord, platform, destination } = await startBot();
    discord.fault({ route: CREATE, effect: { limit: { retryAfter: 7, scope: 'global' } } });
    expect(await platform.send(destination, bodyOf(platform, words), 'n1:0')).toMatchObject({
      scope: 'platform',
    });
  });

  test('explains missing permissions and deleted channels', async () => {
    const { discord, guild, channel, platform, destination } = await startBot();
    const roles = [...guild.roles.values()];
    discord.world.setOverwrites(
      channel,
      roles.map((of) => ({ of, deny: ['SendMessages'] })),
    );
    expect(await platform.send(destination, bodyOf(platform, words), 'n1:0')).toMatchObject({
      status: 'unreachable',
      gone: false,
      fix: en.discord.fixes.write,
    });
    discord.world.deleteChannel(channel);
    expect(await platform.send(destination, bodyOf(platform, words), 'n1:0')).toMatchObject({
      status: 'unreachable',
      gone: true,
    });
    expect(await platform.send('discord:news', bodyOf(platform, words), 'n1:0')).toMatchObject({
      gone: false,
    });
  });

  test('a refused token halts everything and is not logged', async () => {
    const { discord, destination } = await startBot();
    const { log, lines } = recordingLog();
    const platform = createDiscord({ token: 'stolen-token', apiUrl: discord.apiUrl, log });
    const first = await platform.send(destination, bodyOf(platform, words), 'n1:0');
    const second = await platform.send(destination, bodyOf(platform, words), 'n1:0');
    expect([first.status, second.status]).toEqual(['halted', 'halted']);
    expect(discord.requests).toHaveLength(1);
    expect(JSON.stringify([first, lines])).not.toContain('stolen-token');
  });

  test('connection errors can be retried', async () => {
    const platform = createDiscord({ token: 't', apiUrl: 'http://127.0.0.1:9/api', log: silentLog });
    const result = await platform.send('discord:123456789012345678', bodyOf(platform, words), 'n1:0');
    expect(result).toMatchObject({ status: 'retry', scope: 'platform', uncertain: false });
  });
});

describe('edit and remove', () => {
  test('an edit replaces everything and notifies nobody', async () => {
    const { discord, channel, platform, destination } = await startBot();
    const row = buttons([{ label: 'Open', url: 'https://a.example' }]);
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, [...words, row]), 'n1:0'));
    const edited = [paragraph(text('@everyone The port is busy.'))];
    expect(await platform.edit(destination, receipt, bodyOf(platform, edited))).toEqual({
      status: 'sent',
      receipt,
    });
    const [message] = discord.messages(channel);
    expect(message && messageText(message)).toBe('@\u200beveryone The port is busy.');
    expect(message?.pings.everyone).toBe(false);
  });

  test('a plain edit of a card uses components', async () => {
    const { discord, channel, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, words), 'n1:0'));
    receiptOf(
      await platform.edit(destination, receipt, bodyOf(platform, [paragraph(text('Busy.'))], 'plain')),
    );
    expect(discord.messages(channel)[0]).toMatchObject({
      content: '',
      components: [{ type: 10, content: 'Busy.' }],
    });
  });

  test('deleted messages stay deleted', async () => {
    const { discord, channel, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, words), 'n1:0'));
    expect(await platform.remove(destination, receipt)).toEqual({ status: 'sent', receipt });
    expect(await platform.remove(destination, receipt)).toEqual({ status: 'sent', receipt });
    expect(await platform.edit(destination, receipt, bodyOf(platform, words))).toEqual({
      status: 'sent',
      receipt,
    });
    expect(discord.messages(channel)).toEqual([]);
  });

  test('a rate limit on edits returns the time to wait', async () => {
    const { discord, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, words), 'n1:0'));
    discord.fault({ route: EDIT, effect: { status: 400, code: 30046 } });
    expect(await platform.edit(destination, receipt, bodyOf(platform, words))).toMatchObject({
      status: 'retry',
      afterMs: 600_000,
    });
  });
});
