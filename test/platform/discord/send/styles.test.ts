import { describe, expect, test } from 'vitest';
import { buttons, type Document, heading, paragraph, text } from '../../../../src/note/document.ts';
import { DISCORD_STYLES } from '../../../../src/platform/discord/styles.ts';
import { ready } from '../../../ready.fixture.ts';
import { bodyOf, fakeHost, idsOf, messageText, receiptOf, startBot } from '../discord.fixture.ts';

const LAYOUT = 32_768;
const missive = (words: string): Document => [
  heading(2, text('China Morning Missive')),
  paragraph(text(words)),
  { type: 'media', items: [{ kind: 'image', url: 'https://p.example/1.jpg', alternatives: [] }] },
  buttons([{ label: 'Open', url: 'https://n.example/note1' }]),
];
const quiet = missive('The port is quiet.');
const busy = missive('The port is busy.');
const ASKED = 'GET /channels/:channel';

describe('each style', () => {
  test.each(DISCORD_STYLES)('%s can be sent, edited and deleted', async (style) => {
    const { discord, channel, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, quiet, style), 'n1:0'));
    const [before] = discord.messages(channel);
    expect(receiptOf(await platform.edit(destination, receipt, bodyOf(platform, busy, style)))).toBe(receipt);
    const [after] = discord.messages(channel);
    expect(after?.flags).toBe(before?.flags);
    const said = JSON.stringify([after?.content, after?.embeds, after?.components]);
    expect(said).toContain('The port is busy.');
    expect(said).not.toContain('The port is quiet.');
    expect(await platform.remove(destination, receipt)).toEqual({ status: 'sent', receipt });
    expect(discord.messages(channel)).toEqual([]);
  });

  test('the operator’s default applies if none is chosen', async () => {
    const { discord, channel, platform, destination } = await startBot({ variant: 'plain' });
    await platform.send(destination, bodyOf(platform, quiet, ''), 'n1:0');
    expect(discord.messages(channel)[0]).toMatchObject({ flags: 0, embeds: [] });
  });
});

describe('auto', () => {
  test('sends embeds to announcement channels, cards to others', async () => {
    const { discord, guild, channel, platform, destination } = await startBot();
    const news = discord.world.addChannel(guild, { name: 'announced', kind: 'announcement' });
    const body = bodyOf(platform, quiet, 'auto');
    await platform.send(`discord:${news.id}`, body, 'n1:0');
    await platform.send(destination, body, 'n1:0');
    expect(discord.messages(news)[0]).toMatchObject({
      content: 'China Morning Missive',
      flags: 0,
      embeds: [
        {
          url: 'https://n.example/note1',
          description: 'The port is quiet.',
          image: { url: 'https://p.example/1.jpg' },
        },
      ],
    });
    expect(discord.messages(channel)[0]).toMatchObject({ content: '', flags: LAYOUT });
  });

  test('looks up unknown channels once', async () => {
    const { discord, platform, destination } = await startBot();
    const asked = () => discord.requests.filter(({ route }) => route === ASKED).length;
    for (const key of ['n1:0', 'n2:0'])
      await platform.send(destination, bodyOf(platform, quiet, 'auto'), key);
    expect(asked()).toBe(1);
    const other = await startBot();
    await other.platform.start(fakeHost().host);
    await other.platform.send(other.destination, bodyOf(other.platform, quiet, 'auto'), 'n1:0');
    expect(other.discord.requests.filter(({ route }) => route === ASKED)).toEqual([]);
    expect(other.discord.messages(other.channel)[0]?.flags).toBe(LAYOUT);
  });

  test('sends an embed to channels of unknown type', async () => {
    const { discord, channel, platform, destination } = await startBot();
    discord.fault({ route: ASKED, effect: { status: 500 } });
    await platform.send(destination, bodyOf(platform, quiet, 'auto'), 'n1:0');
    expect(discord.messages(channel)[0]).toMatchObject({ content: 'China Morning Missive', flags: 0 });
  });

  test('both forms have the same parts', async () => {
    const { discord, channel, platform, destination } = await startBot();
    const words = Array.from({ length: 900 }, (_, index) => `港口${index}号很安静。`).join('');
    const bodies = platform.render(ready([paragraph(text(words))]), 'auto');
    expect(bodies.length).toBeGreaterThan(1);
    for (const [index, body] of bodies.entries()) {
      if (index === 1) discord.fault({ route: ASKED, effect: { status: 500 } });
      await platform.send(destination, body, `n1:${index}`);
    }
    const said = discord
      .messages(channel)
      .map((message) => messageText(message) + JSON.stringify(message.embeds))
      .join('');
    expect(Array.from({ length: 900 }, (_, index) => said.includes(`港口${index}号`)).every(Boolean)).toBe(
      true,
    );
  });
});

describe('an edit in another style', () => {
  test('keeps an embed message, and leaves nothing of the old content', async () => {
    const { discord, channel, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, quiet, 'embed'), 'n1:0'));
    await platform.edit(destination, receipt, bodyOf(platform, busy, 'card'));
    expect(discord.messages(channel)[0]).toMatchObject({
      flags: 0,
      embeds: [{ description: 'The port is busy.' }],
    });
    await platform.edit(destination, receipt, bodyOf(platform, busy, 'plain'));
    expect(discord.messages(channel)[0]).toMatchObject({ flags: 0, embeds: [] });
    expect(discord.messages(channel)[0]?.content).toMatch(/^## China Morning Missive\nThe port is busy\./u);
  });

  test('keeps a card a card', async () => {
    const { discord, channel, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, quiet, 'card'), 'n1:0'));
    expect(receiptOf(await platform.edit(destination, receipt, bodyOf(platform, busy, 'embed')))).toBe(
      receipt,
    );
    expect(discord.messages(channel)[0]).toMatchObject({ content: '', embeds: [], flags: LAYOUT });
    expect(discord.requests.filter(({ status }) => status === 400)).toEqual([]);
  });

  test('detects the format of a message from the first release', async () => {
    const { discord, channel, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, quiet, 'card'), 'n1:0'));
    const [id = ''] = idsOf(receipt);
    expect(receiptOf(await platform.edit(destination, id, bodyOf(platform, busy, 'embed')))).toBe(receipt);
    expect(discord.messages(channel)[0]).toMatchObject({ flags: LAYOUT });
  });

  test('replaces a message that can’t contain the new text', async () => {
    const { discord, channel, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, quiet, 'card'), 'n1:0'));
    const long = bodyOf(platform, [paragraph(text('港口很安静。'.repeat(640)))], 'embed');
    discord.fault({ route: 'DELETE /channels/:channel/messages/:message', effect: { status: 500 } });
    expect(await platform.edit(destination, receipt, long)).toMatchObject({ status: 'retry' });
    const next = receiptOf(await platform.edit(destination, receipt, long));
    expect(discord.messages(channel).map(({ id, flags }) => [id, flags])).toEqual([[idsOf(next)[0], 0]]);
  });
});
