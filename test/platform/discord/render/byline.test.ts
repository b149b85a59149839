import { describe, expect, test } from 'vitest';
import {
  type Block,
  buttons,
  type Document,
  heading,
  paragraph,
  text,
} from '../../../../src/note/document.ts';
import { DISCORD_STYLES } from '../../../../src/platform/discord/styles.ts';
import { ready } from '../../../ready.fixture.ts';
import { bodyOf, fakeHost, messageText, receiptOf, startBot } from '../discord.fixture.ts';
import { flat } from '../render.fixture.ts';

const PICTURE = 'https://p.example/mara.png';
const PAGE = 'https://n.example/mara';
const byline = (name = 'Mara Lindqvist'): Block => ({ type: 'byline', name, url: PAGE, picture: PICTURE });
const words = paragraph(text('Fog until ten.'));
const open = buttons([{ label: 'Open', url: 'https://n.example/1' }]);

async function posted(document: Document, style: string, options = {}) {
  const stage = await startBot(options);
  for (const [part, body] of (await stage.platform.renderAsync(ready(document), style)).entries())
    receiptOf(await stage.platform.send(stage.destination, body, `n:${part}`));
  return { ...stage, messages: stage.discord.messages(stage.channel) };
}

test('an embed has an author line, below the text', async () => {
  const { messages } = await posted([byline(), words, open], 'embed');
  expect(messages).toMatchObject([
    {
      content: 'Fog until ten.',
      embeds: [{ author: { name: 'Mara Lindqvist', url: PAGE, icon_url: PICTURE } }],
    },
  ]);
});

test.each<[string, Block]>([
  ['a title', heading(2, text('Fog'))],
  ['a few words', words],
])('a card has the picture beside the name and %s', async (_, block) => {
  const { messages } = await posted([byline(), block, words, open], 'card');
  expect(messages[0]?.components).toMatchObject([
    {
      components: [
        {
          type: 9,
          components: [{ type: 10, content: expect.stringMatching(/^\*\*Mara Lindqvist\*\*\n/u) }],
          accessory: { type: 11, media: { url: PICTURE }, description: 'Mara Lindqvist' },
        },
        { type: 10, content: 'Fog until ten.' },
        { type: 1 },
      ],
    },
  ]);
});

test('no picture beside a lone name or a long text', async () => {
  const picture: Block = {
    type: 'media',
    items: [{ kind: 'image', url: 'https://p.example/pier.jpg', alternatives: [] }],
  };
  for (const block of [picture, paragraph(text('The port is quiet. '.repeat(40)))]) {
    const { messages } = await posted([byline(), block], 'card');
    expect(messageText(messages[0]!)).toMatch(/^\*\*Mara Lindqvist\*\*/u);
    expect(JSON.stringify(messages)).not.toContain(PICTURE);
  }
});

test('plain text starts with the name', async () => {
  const { messages } = await posted([byline(), words], 'plain');
  expect(messages[0]?.content).toBe('**Mara Lindqvist**\nFog until ten.');
});

test.each(DISCORD_STYLES)(
  'in style %s nothing says who wrote what a bot of that name posts',
  async (style) => {
    const { messages } = await posted([byline('POSTRIDER 📯'), words, open], style);
    expect(JSON.stringify(messages)).not.toMatch(/POSTRIDER|mara\.png/u);
    expect(JSON.stringify(messages)).toContain('Fog until ten.');
  },
);

test.each(DISCORD_STYLES)('only the first part says who wrote it, in style %s', async (style) => {
  const { messages } = await posted([byline(), paragraph(text('港口很安静。'.repeat(1_500)))], style);
  expect(messages.length).toBeGreaterThan(1);
  expect(messages.map((message) => JSON.stringify(message).includes('Mara Lindqvist'))).toEqual(
    messages.map((_, index) => index === 0),
  );
});

describe('a hostile name', () => {
  test.each([
    '@everyone',
    '<@&1> <@1> <#1>',
    '**bold** ||hidden|| `code`',
    '# Title',
    '[bank](https://evil.example)',
    'https://evil.example',
    '\u202eevil\u202c',
    'a'.repeat(400),
    '👩‍🚀'.repeat(120),
    'two\nlines',
    '\u200b\u2060',
    '\ud800',
  ])('%j is escaped and notifies nobody', async (name) => {
    for (const style of DISCORD_STYLES) {
      const { messages, discord } = await posted([byline(name), words], style);
      expect(messages).toHaveLength(1);
      expect(messages[0]?.pings).toEqual({ users: [], roles: [], everyone: false });
      const posts = discord.requests.filter(({ method }) => method === 'POST');
      expect(posts.map(({ status }) => status)).toEqual([200]);
      expect(JSON.stringify(messages)).not.toContain('\u202e');
      expect(messageText(messages[0]!)).not.toContain('[bank](https');
    }
  });
});

test.each(['card', 'auto'])('a role mention makes an embed of style %s, also when edited', async (style) => {
  const { discord, guild, channel, platform, destination } = await startBot();
  const mentionRole = discord.world.addRole(guild, { name: 'Missives', mentionable: true }).id;
  const document = [byline(), heading(2, text('Fog')), words, open];
  const receipt = receiptOf(
    await platform.send(destination, bodyOf(platform, document, style), 'a', { mentionRole }),
  );
  expect(discord.messages(channel)).toMatchObject([
    {
      content: `<@&${mentionRole}> Fog`,
      embeds: [{ author: { name: 'Mara Lindqvist' }, description: 'Fog until ten.' }],
      pings: { roles: [{ name: 'Missives' }] },
    },
  ]);
  const edited = [byline('Mara'), heading(2, text('Fog, lifting')), words, open];
  expect(receiptOf(await platform.edit(destination, receipt, bodyOf(platform, edited, style)))).toBe(receipt);
  expect(discord.messages(channel)).toMatchObject([
    { content: 'Fog, lifting', embeds: [{ author: { name: 'Mara' } }] },
  ]);
  receiptOf(await platform.send(destination, bodyOf(platform, document, style), 'b'));
  const last = discord.messages(channel).at(-1);
  expect(last?.embeds).toEqual([]);
  expect(flat(last?.components as never)).toContainEqual(expect.objectContaining({ type: 9 }));
});

test('further parts of a note with a mention are embeds, too', async () => {
  const { discord, guild, channel, platform, destination } = await startBot();
  const ping = discord.world.addRole(guild, { name: 'Missives', mentionable: true }).id;
  const bodies = platform.render(
    ready([byline(), paragraph(text('The port is quiet. '.repeat(500)))]),
    'card',
  );
  let first: string | undefined;
  for (const [part, body] of bodies.entries()) {
    const sending = first === undefined ? { mentionRole: ping } : { first };
    const receipt = receiptOf(await platform.send(destination, body, `n:${part}`, sending));
    first ??= receipt;
  }
  const messages = discord.messages(channel);
  expect(messages.length).toBeGreaterThan(2);
  expect(messages.map(({ embeds }) => embeds.length)).toEqual(messages.map(() => 1));
});

test('without Embed Links, a mention goes out as text', async () => {
  const { discord, guild, platform } = await startBot();
  const mentionRole = discord.world.addRole(guild, { name: 'Missives', mentionable: true }).id;
  const overwrites = [...guild.roles.values()].map((of) => ({ of, deny: ['EmbedLinks'] as const }));
  const bare = discord.world.addChannel(guild, { name: 'bare', overwrites });
  await platform.start(fakeHost().host);
  const body = bodyOf(platform, [byline(), heading(2, text('Fog')), words], 'card');
  receiptOf(await platform.send(`discord:${bare.id}`, body, 'a', { mentionRole }));
  const [message] = discord.messages(bare);
  expect(message?.content).toMatch(/^<@&\d+> \*\*Mara Lindqvist\*\*\n## Fog\n/u);
});
