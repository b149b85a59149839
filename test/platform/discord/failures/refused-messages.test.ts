import { describe, expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import {
  buttons,
  callback,
  type Document,
  documentText,
  heading,
  link,
  paragraph,
  small,
  text,
} from '../../../../src/note/document.ts';
import { withoutLinks } from '../../../../src/platform/discord/render/without-links.ts';
import { bodyOf, fakeHost, messageText, receiptOf, recordingLog, startBot } from '../discord.fixture.ts';
import { CREATE, EDIT, startDelivery } from './delivery.fixture.ts';

const { filtered } = en.discord;
const picture: Document = [
  paragraph(text('The port is quiet, see '), link('https://a.example/port', 'the map'), text('.')),
  {
    type: 'media',
    items: [{ kind: 'image', url: 'https://p.example/1.jpg', alternatives: [], alt: 'Cranes' }],
  },
  buttons([{ label: 'Open', url: 'https://n.example/note1' }]),
];
const bare: Document = [paragraph(text('The port is quiet.'))];

describe('a message refused as malformed', () => {
  test('is sent in a plainer form, logged and counted', async () => {
    const { log, lines } = recordingLog();
    const { discord, publish, shown, counted } = await startDelivery({ log });
    discord.fault({ route: CREATE, effect: { status: 400, code: 50035, message: 'Invalid Form Body' } });
    await publish('The port is quiet, see https://a.example/port');
    await discord.until(() => shown().length === 1);
    await expect.poll(() => counted('messages_simplified_total')).toBe(1);
    expect(lines.filter((line) => line.startsWith('message.refused'))).toEqual([
      expect.stringMatching(/"key":"discord:\d+\|1\|[0-9a-f]+\|0","reason":"50035: Invalid Form Body"/u),
    ]);
    expect(lines.join()).not.toContain('quiet');
  });

  test('is sent as text if all else is refused', async () => {
    const { discord, channel, platform, destination } = await startBot();
    discord.fault({ route: CREATE, times: 3, effect: { status: 400, code: 50035 } });
    receiptOf(await platform.send(destination, bodyOf(platform, picture), 'n1:0'));
    expect(discord.messages(channel).map(messageText)).toEqual([
      `The port is quiet, see **the map**.\n\nCranes\n\n-# ${filtered.note}`,
    ]);
  });

  test('in every form is skipped and counted', async () => {
    const { discord, publish, shown, counted } = await startDelivery();
    discord.fault({ route: CREATE, times: 2, effect: { status: 400, code: 50035 } });
    await publish('one', 'two');
    await discord.until(() => shown().length === 1);
    expect([shown(), counted('messages_rejected_total')]).toEqual([['two'], 1]);
  });
});

describe('a message blocked by AutoMod', () => {
  test.each(['card', 'embed', 'plain'])('is sent without links (%s) and in no other form', async (style) => {
    const { discord, guild, channel, platform, destination } = await startBot();
    discord.world.block(guild, /:\/\//u);
    const sent = await platform.send(destination, bodyOf(platform, picture, style), 'n1:0');
    expect(sent).toMatchObject({ status: 'sent', simplified: expect.stringContaining('200000') as string });
    expect(discord.messages(channel).map(messageText)).toEqual([
      `The port is quiet, see **the map**.\n\nCranes\n\n-# ${filtered.note}`,
    ]);
    expect(discord.requests.filter(({ route }) => route === CREATE)).toHaveLength(2);
  });

  test('because of its words is skipped', async () => {
    const { discord, guild, channel, platform, destination } = await startBot();
    discord.world.block(guild, /port/u);
    expect(await platform.send(destination, bodyOf(platform, picture), 'n1:0')).toMatchObject({
      status: 'rejected',
    });
    expect(discord.messages(channel)).toEqual([]);
    expect(discord.requests).toHaveLength(2);
  });

  test.each(['card', 'plain'])('loses its links when edited (%s)', async (style) => {
    const { discord, guild, channel, platform, destination } = await startBot();
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, bare, style), 'n1:0'));
    discord.world.block(guild, /:\/\//u);
    receiptOf(await platform.edit(destination, receipt, bodyOf(platform, picture, style)));
    expect(discord.messages(channel).map(messageText)).toEqual([
      `The port is quiet, see **the map**.\n\nCranes\n\n-# ${filtered.note}`,
    ]);
    expect(discord.requests.filter(({ route }) => route === EDIT)).toHaveLength(2);
  });

  test.each([
    [20009, 403],
    [240000, 400],
  ])('is recognised by code %i, too', async (code, status) => {
    const { discord, channel, platform, destination } = await startBot();
    discord.fault({ route: CREATE, effect: { status, code } });
    receiptOf(await platform.send(destination, bodyOf(platform, picture), 'n1:0'));
    expect(discord.messages(channel).map(messageText).join()).not.toContain('://');
  });

  test('keeps all of its words', () => {
    const document: Document = [
      heading(2, text('News from '), link('https://a.example')),
      {
        type: 'quote',
        children: [paragraph(text('wss://relay.example and '), { type: 'code', text: 'ftp://x' })],
      },
      { type: 'list', items: [[link('https://b.example', 'b'), text(' c')]] },
      {
        type: 'hidden',
        reason: 'See https://c.example',
        children: [{ type: 'code-block', text: 'get http://d.example now' }],
      },
      {
        type: 'quoted-note',
        author: 'Noor',
        url: 'https://n.example/2',
        children: [paragraph(text('Fog.'))],
      },
      { type: 'link-card', url: 'https://e.example', title: 'Cranes', site: 'e.example' },
      { type: 'media', items: [{ kind: 'video', url: 'https://v.example/1.mp4', alternatives: [] }] },
      paragraph(
        { type: 'mention', pubkey: 'a', name: 'Tam', url: 'https://n.example/3', written: 'nostr:x' },
        { type: 'strong', children: [link('https://f.example', 'g')] },
      ),
      buttons([
        { label: 'Open', url: 'https://n.example' },
        { label: 'More', callback: callback('latest'), responseMode: 'add' },
      ]),
    ];
    const left = withoutLinks(document, en);
    expect(JSON.stringify(left)).not.toContain('://');
    expect(documentText(left).split('\n\n')).toEqual([
      'News from [link]',
      '[link] and [link]',
      'b c',
      'get [link] now',
      'Noor',
      'Fog.',
      'Cranes',
      '[link]',
      '@Tamg',
      filtered.note,
    ]);
    expect(left).toContainEqual(
      buttons([{ label: 'More', callback: callback('latest'), responseMode: 'add' }]),
    );
    expect(withoutLinks(bare, en)).toBe(bare);
    expect(withoutLinks([small(text('no links'))], en)).toEqual([small(text('no links'))]);
  });
});

describe('embeds in a channel without Embed Links', () => {
  async function withoutEmbeds(kind: 'text' | 'announcement') {
    const { log, lines } = recordingLog();
    const stage = await startBot({ log });
    const { discord, guild, platform } = stage;
    const overwrites = [...guild.roles.values()].map((of) => ({ of, deny: ['EmbedLinks'] as const }));
    const channel = discord.world.addChannel(guild, { name: 'bare', kind, overwrites });
    await platform.start(fakeHost().host);
    return { ...stage, channel, destination: `discord:${channel.id}`, lines };
  }

  test('become a card, logged once', async () => {
    const { discord, channel, platform, destination, lines } = await withoutEmbeds('text');
    for (const key of ['n1:0', 'n2:0'])
      receiptOf(await platform.send(destination, bodyOf(platform, picture, 'embed'), key));
    expect(discord.messages(channel).map(({ flags, embeds }) => [flags, embeds])).toEqual([
      [32_768, []],
      [32_768, []],
    ]);
    expect(lines.filter((line) => line.startsWith('embed.forbidden'))).toHaveLength(1);
  });

  test('become text in an announcement channel', async () => {
    const { discord, channel, platform, destination } = await withoutEmbeds('announcement');
    receiptOf(await platform.send(destination, bodyOf(platform, picture, 'auto'), 'n1:0'));
    expect(discord.messages(channel)[0]).toMatchObject({ flags: 0, embeds: [] });
    expect(discord.messages(channel)[0]?.content).toContain('The port is quiet');
  });

  test('become text in an edit', async () => {
    const news = [heading(2, text('News')), paragraph(text('The port is quiet.'))];
    const { discord, guild, channel, platform, destination } = await startBot();
    await platform.start(fakeHost().host);
    const receipt = receiptOf(await platform.send(destination, bodyOf(platform, news, 'embed'), 'n1:0'));
    discord.world.setOverwrites(
      channel,
      [...guild.roles.values()].map((of) => ({ of, deny: ['EmbedLinks'] })),
    );
    // The gateway keeps the order: after this response, the adapter has seen the change.
    await discord.slash({ user: guild.owner, channel, name: 'latest' });
    receiptOf(await platform.edit(destination, receipt, bodyOf(platform, news, 'embed')));
    expect(discord.messages(channel)[0]).toMatchObject({ flags: 0, embeds: [] });
    expect(discord.messages(channel)[0]?.content).toContain('The port is quiet.');
  });
});
