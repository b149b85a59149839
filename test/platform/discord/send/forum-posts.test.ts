import { expect, test } from 'vitest';
import type { Channel, Tag } from '../../../../sandbox/discord/world/model.ts';
import type { ChannelOptions } from '../../../../sandbox/discord/world/world-options.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { buttons, type Document, heading, paragraph, text } from '../../../../src/note/document.ts';
import { parseReceipt } from '../../../../src/platform/discord/send/receipts.ts';
import { bodyOf, fakeHost, idsOf, messageText, receiptOf, startBot } from '../discord.fixture.ts';
import { startDelivery } from '../failures/delivery.fixture.ts';

const OPEN = 'POST /channels/:channel/threads';

const letter = (title: string, words = 'The port is quiet.'): Document => [
  heading(2, text(title)),
  paragraph(text(words)),
  buttons([{ label: 'Open', url: 'https://n.example/1' }]),
];

const tag = (name: string, index: number, moderated = false): Tag => ({
  id: `12345678901234560${index}`,
  name,
  moderated,
});

/** A server with a forum. `can`: additional permissions of the bot's role. */
async function square(options: Partial<ChannelOptions> & { readonly nonceWindowMs?: number } = {}) {
  const all = await startBot();
  const { discord, guild, platform } = all;
  const forum = discord.world.addChannel(guild, { name: 'letters', kind: 'forum', ...options });
  const posts = (): readonly Channel[] =>
    [...guild.channels.values()].filter(({ parent }) => parent === forum);
  const role = [...guild.roles.values()].find(({ managed }) => managed);
  return {
    ...all,
    forum,
    posts,
    destination: `discord:${forum.id}`,
    /** The messages of every post, by its title. */
    shown: () =>
      Object.fromEntries(posts().map((post) => [post.name, discord.messages(post).map(messageText)])),
    manage: () => role && discord.world.setRole(guild, role, ['ManageThreads']),
    body: (document: Document, variant = 'auto') => bodyOf(platform, document, variant),
  };
}

const namesIn = (posts: readonly Channel[]) => posts.map(({ name }) => name);

test('a note becomes a post titled with its headline', async () => {
  const { platform, destination, body, shown, posts } = await square();
  const receipt = receiptOf(await platform.send(destination, body(letter('Harbour Letter')), 'n1:0'));
  expect(Object.keys(shown())).toEqual(['Harbour Letter']);
  expect(parseReceipt(receipt)).toMatchObject({ ids: [posts()[0]?.id], post: posts()[0]?.id });
});

test('styles that don’t look up the channel discover the forum', async () => {
  const { platform, destination, body, shown } = await square();
  receiptOf(await platform.send(destination, body(letter('Harbour Letter'), 'card'), 'n1:0'));
  expect(Object.keys(shown())).toEqual(['Harbour Letter']);
});

test('a media channel is a forum, and a post without text gets a title', async () => {
  const { platform, destination, body, posts } = await square({ kind: 'media' });
  const picture: Document = [
    { type: 'media', items: [{ kind: 'image', url: 'https://p.example/1.jpg', alternatives: [] }] },
  ];
  receiptOf(await platform.send(destination, body(picture), 'n1:0'));
  expect(namesIn(posts())).toEqual([en.discord.untitledPost]);
});

test.each(['\u3164', '\u2800\u2800', '\u200d', '\u115f \u034f'])(
  'a post with invisible text (%j) gets a title',
  async (words) => {
    const { platform, destination, body, posts } = await square();
    receiptOf(await platform.send(destination, body([paragraph(text(words))]), 'n1:0'));
    expect(namesIn(posts())).toEqual([en.discord.untitledPost]);
  },
);

test('a long headline is truncated', async () => {
  const { platform, destination, body, posts } = await square();
  receiptOf(await platform.send(destination, body(letter('Quiet harbours '.repeat(12))), 'n1:0'));
  const [name = ''] = namesIn(posts());
  expect(name.length).toBeLessThanOrEqual(100);
  expect(name).toMatch(/^Quiet harbours .*…$/u);
});

test.each([
  [
    'one long word at the cut',
    `Here is the transaction that I spoke about: ${'0123456789abcdef'.repeat(4)} confirmed.`,
  ],
  ['one word and nothing else', 'x'.repeat(300)],
  ['a family at the cut', `${'x'.repeat(96)}👩‍👩‍👧‍👦👩‍👩‍👧‍👦 at home`],
  ['Chinese', '港口今天很安静'.repeat(30)],
])('a note is posted whatever it starts with: %s', async (_, words) => {
  const { platform, destination, body, posts } = await square();
  receiptOf(await platform.send(destination, body([paragraph(text(words))]), 'n1:0'));
  const [name = ''] = namesIn(posts());
  expect(name.length).toBeLessThanOrEqual(100);
  expect(name).toMatch(/…$/u);
});

test('applies up to five tags by type, series and hashtag', async () => {
  const names = ['Missives', '#lithium', 'Harbour-letter', 'Photo', 'News', 'A', 'B', 'C'];
  const { platform, destination, body, posts } = await square({
    tags: names.map((name, index) => tag(name, index)),
  });
  const labels = ['missive', 'harbour letter', 'lithium', 'copper', 'a', 'b', 'c'];
  receiptOf(await platform.send(destination, body(letter('Harbour Letter')), 'n1:0', { labels }));
  expect(posts()[0]?.appliedTags).toEqual([0, 1, 2, 5, 6].map((index) => tag('', index).id));
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])(
  'the hashtag #%s is a tag like any other',
  async (hashtag) => {
    const { platform, destination, body, posts } = await square({ tags: [tag(hashtag, 0)] });
    const labels = ['missive', hashtag];
    receiptOf(await platform.send(destination, body(letter('Harbour Letter')), 'n1:0', { labels }));
    expect(posts()[0]?.appliedTags).toEqual([tag('', 0).id]);
  },
);

test('uses the first tag if one is required and none matches', async () => {
  const tags = [tag('Staff', 0, true), tag('General', 1)];
  const { platform, destination, body, posts } = await square({ tags, needsTag: true });
  receiptOf(await platform.send(destination, body(letter('Harbour Letter')), 'n1:0', { labels: ['note'] }));
  expect(posts()[0]?.appliedTags).toEqual([tags[1]?.id]);
});

test('a required tag that we can’t use is explained', async () => {
  const { platform, destination, body } = await square({ tags: [tag('Staff', 0, true)], needsTag: true });
  expect(await platform.send(destination, body(letter('Harbour Letter')), 'n1:0')).toMatchObject({
    status: 'unreachable',
    gone: false,
    fix: en.discord.fixes.tags,
  });
});

test('further parts and replies go into the post', async () => {
  const { platform, destination, body, shown } = await square();
  const first = receiptOf(await platform.send(destination, body(letter('One')), 'n1:0'));
  receiptOf(await platform.send(destination, body([paragraph(text('More.'))]), 'n1:1', { first }));
  const answer = await platform.send(destination, body(letter('Two')), 'n2:0', { replyTo: first });
  receiptOf(
    await platform.send(destination, body([paragraph(text('Yet more.'))]), 'n2:1', {
      first: receiptOf(answer),
    }),
  );
  expect(Object.keys(shown())).toEqual(['One']);
  expect(shown()['One']).toHaveLength(4);
});

test('an edit renames the post only if the headline changed', async () => {
  const { discord, platform, destination, body, posts } = await square();
  const first = receiptOf(await platform.send(destination, body(letter('One')), 'n1:0'));
  const [post] = posts();
  discord.world.changeChannel(post!, { name: 'Named by a moderator' });
  const same = receiptOf(await platform.edit(destination, first, body(letter('One', 'The port is busy.'))));
  expect(namesIn(posts())).toEqual(['Named by a moderator']);
  const second = receiptOf(await platform.edit(destination, same, body(letter('Two'))));
  expect(namesIn(posts())).toEqual(['Two']);
  expect(idsOf(second)).toEqual(idsOf(first));
  expect(receiptOf(await platform.edit(destination, second, body(letter('Two'))))).toBe(second);
});

test('a refused rename is retried with the next edit', async () => {
  const { discord, platform, destination, body, posts } = await square();
  const first = receiptOf(await platform.send(destination, body(letter('One')), 'n1:0'));
  discord.fault({ route: 'PATCH /channels/:channel', effect: { limit: { retryAfter: 600 } } });
  const second = receiptOf(await platform.edit(destination, first, body(letter('Two'))));
  expect(namesIn(posts())).toEqual(['One']);
  expect(second).toBe(first);
});

test('an archived post is reopened for an edit', async () => {
  const { discord, platform, destination, body, posts } = await square();
  const first = receiptOf(await platform.send(destination, body(letter('One')), 'n1:0'));
  discord.world.changeChannel(posts()[0]!, { archived: true });
  receiptOf(await platform.edit(destination, first, body(letter('Two'))));
  expect(namesIn(posts())).toEqual(['Two']);
});

test('deleting removes the post with everything in it', async () => {
  const { platform, destination, body, posts, manage } = await square();
  manage();
  const first = receiptOf(await platform.send(destination, body(letter('One')), 'n1:0'));
  const part = receiptOf(
    await platform.send(destination, body([paragraph(text('More.'))]), 'n1:1', { first }),
  );
  expect(await platform.remove(destination, first)).toMatchObject({ status: 'sent' });
  expect(posts()).toEqual([]);
  for (const receipt of [part, first])
    expect(await platform.remove(destination, receipt)).toMatchObject({ status: 'sent' });
  expect(await platform.edit(destination, part, body(letter('Two')))).toEqual({
    status: 'sent',
    receipt: part,
  });
});

test('without Manage Posts, the post is emptied, renamed and archived', async () => {
  const { platform, destination, body, posts, shown } = await square();
  const first = receiptOf(await platform.send(destination, body(letter('One')), 'n1:0'));
  expect(await platform.remove(destination, first)).toMatchObject({ status: 'sent' });
  expect(shown()).toEqual({ [en.platform.removed]: [] });
  expect(posts()[0]?.archived).toBe(true);
});

test('deleting a reply keeps its post', async () => {
  const { platform, destination, body, shown, manage } = await square();
  manage();
  const first = receiptOf(await platform.send(destination, body(letter('One')), 'n1:0'));
  const answer = receiptOf(await platform.send(destination, body(letter('Two')), 'n2:0', { replyTo: first }));
  expect(await platform.remove(destination, answer)).toMatchObject({ status: 'sent' });
  expect(shown()['One']).toHaveLength(1);
});

test('a deleted post gets no further parts; a reply opens a new one', async () => {
  const { discord, platform, destination, body, posts } = await square();
  const first = receiptOf(await platform.send(destination, body(letter('One')), 'n1:0'));
  discord.world.deleteChannel(posts()[0]!);
  const part = await platform.send(destination, body([paragraph(text('More.'))]), 'n1:1', { first });
  expect(part).toMatchObject({ status: 'rejected' });
  receiptOf(await platform.send(destination, body(letter('Two')), 'n2:0', { replyTo: first }));
  expect(namesIn(posts())).toEqual(['Two']);
});

test('a locked post does not suspend the forum', async () => {
  const { discord, platform, destination, body, posts } = await square();
  const first = receiptOf(await platform.send(destination, body(letter('One')), 'n1:0'));
  discord.world.changeChannel(posts()[0]!, { locked: true });
  const part = await platform.send(destination, body([paragraph(text('More.'))]), 'n1:1', { first });
  expect(part).toMatchObject({ status: 'rejected' });
});

test.each(['auto', 'card', 'plain'])('an uncertain post is searched for, in style %s', async (style) => {
  const { discord, platform, destination, body, posts } = await square();
  const send = (document: Document, key: string, uncertain = false) =>
    platform.send(destination, body(document, style), key, { uncertain });
  receiptOf(await send(letter('One', 'Another day.'), 'n0:0'));
  discord.fault({ route: OPEN, effect: 'reset after' });
  expect(await send(letter('One'), 'n1:0')).toMatchObject({ status: 'retry', uncertain: true });
  for (const archived of [false, true]) {
    discord.world.changeChannel(posts()[1]!, { archived });
    const receipt = receiptOf(await send(letter('One'), 'n1:0', true));
    expect(parseReceipt(receipt).post).toBe(posts()[1]?.id);
  }
  expect(posts()).toHaveLength(2);
  receiptOf(await send(letter('One', 'A third day.'), 'n2:0', true));
  expect(posts()).toHaveLength(3);
});

test('missing forum permissions are named as in Discord’s client', async () => {
  const { discord, platform, forum, destination, body } = await square();
  const { host } = fakeHost();
  await platform.start(host);
  discord.world.setOverwrites(forum, [
    { of: discord.world.bot, deny: ['SendMessages', 'SendMessagesInThreads'] },
  ]);
  await expect
    .poll(() => platform.send(destination, body(letter('One')), 'n1:0'))
    .toMatchObject({
      status: 'unreachable',
      fix: en.discord.missingPermissions([en.discord.permissions.posts, en.discord.permissions.writeInPosts]),
    });
});

test('a post can be silent', async () => {
  const { discord, platform, destination, body, posts } = await square();
  receiptOf(await platform.send(destination, body(letter('One')), 'n1:0', { silent: true }));
  // SUPPRESS_NOTIFICATIONS (Message, Message Flags).
  expect(discord.messages(posts()[0]!)[0]?.flags).toBe(1 << 12);
});

test('all parts of a delivered note are in one tagged post', async () => {
  const { discord, guild, subscriptions, publish } = await startDelivery();
  const tags = [tag('Note', 0), tag('harbour', 1), tag('Photo', 2)];
  const forum = discord.world.addChannel(guild, { name: 'letters', kind: 'forum', tags });
  await subscriptions.subscribe(`discord:${forum.id}`);
  await publish(`${'The port is quiet. '.repeat(400)} #harbour`);
  const posts = () => [...guild.channels.values()].filter(({ parent }) => parent === forum);
  await discord.until(() => posts().some((post) => discord.messages(post).length === 2));
  expect(posts().map(({ appliedTags }) => appliedTags)).toEqual([[tags[0]?.id, tags[1]?.id]]);
});
