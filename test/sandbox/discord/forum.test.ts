import { expect, test } from 'vitest';
import { addTestGuild, call, startTestDiscord } from './discord.fixture.ts';

const TAG = { id: '123456789012345678', name: 'News', moderated: false };
const STAFF = { id: '123456789012345679', name: 'Staff', moderated: true };
const POST = { name: 'Letter', message: { content: 'x' } };

async function square(
  options: { readonly needsTag?: boolean; readonly deny?: readonly ['SendMessages'] } = {},
) {
  const discord = await startTestDiscord();
  const { guild, channel, mira } = addTestGuild(discord);
  const { deny = [], needsTag = false } = options;
  const overwrites = [{ of: discord.world.bot, deny }];
  const forum = discord.world.addChannel(guild, {
    name: 'letters',
    kind: 'forum',
    tags: [TAG, STAFF],
    needsTag,
    overwrites,
  });
  const open = (body: object, id = forum.id) => call(discord, 'POST', `/channels/${id}/threads`, body);
  return { discord, guild, channel, mira, forum, open };
}

test.each<[string, Parameters<typeof square>[0], object, number]>([
  ['without a name', {}, { ...POST, name: ' ' }, 50035],
  ['with a name that is too long', {}, { ...POST, name: 'x'.repeat(101) }, 50035],
  ['without a message', {}, { name: 'Letter' }, 50035],
  ['with an empty message', {}, { ...POST, message: {} }, 50006],
  ['with six tags', {}, { ...POST, applied_tags: Array.from({ length: 6 }, () => TAG.id) }, 50035],
  ['with a tag of another forum', {}, { ...POST, applied_tags: ['123456789012345670'] }, 10087],
  ['with a tag for moderators', {}, { ...POST, applied_tags: [STAFF.id] }, 50013],
  ['without a tag where one is asked for', { needsTag: true }, POST, 40067],
  ['without Send Messages', { deny: ['SendMessages'] }, POST, 50013],
])('a post %s is refused', async (_, options, body, code) => {
  const { open, discord, forum } = await square(options);
  expect(await open(body)).toMatchObject({ body: { code } });
  expect([...(forum.guild?.channels.values() ?? [])].filter(({ parent }) => parent === forum)).toEqual([]);
  expect(discord.unknownRequests()).toEqual([]);
});

test('a post has the id of its first message, and takes no nonce', async () => {
  const { open, discord } = await square();
  const body = { ...POST, message: { content: 'x', nonce: 'n', enforce_nonce: true } };
  const [one, two] = [await open(body), await open(body)];
  expect(one).toMatchObject({ status: 201, body: { type: 11, owner_id: discord.world.bot.id } });
  expect((one.body['message'] as { id: string }).id).toBe(one.body['id']);
  expect(two.body['id']).not.toBe(one.body['id']);
});

test('a text channel takes no posts', async () => {
  const { open, channel } = await square();
  expect(await open(POST, channel.id)).toMatchObject({ body: { code: 50024 } });
});

test('the creator may rename and archive a thread; deleting takes Manage Threads', async () => {
  const { open, discord, forum, guild, mira } = await square();
  const { body } = await open(POST);
  const own = `/channels/${String(body['id'])}`;
  expect(await call(discord, 'PATCH', own, { name: 'Other' })).toMatchObject({ body: { name: 'Other' } });
  expect(await call(discord, 'DELETE', own)).toMatchObject({ body: { code: 50013 } });
  const theirs = discord.world.addChannel(guild, { name: 't', kind: 'thread', parent: forum, owner: mira });
  expect(await call(discord, 'PATCH', `/channels/${theirs.id}`, { name: 'Mine' })).toMatchObject({
    body: { code: 50013 },
  });
  expect(await call(discord, 'PATCH', own, { archived: true })).toMatchObject({ status: 200 });
  expect(await call(discord, 'PATCH', own, { name: 'Late' })).toMatchObject({ body: { code: 50083 } });
});

test('active and archived threads are listed separately', async () => {
  const { open, discord, guild, forum } = await square();
  const [one, two] = [await open(POST), await open({ ...POST, name: 'Second' })];
  await call(discord, 'PATCH', `/channels/${String(one.body['id'])}`, { archived: true });
  const ids = async (path: string) =>
    ((await call(discord, 'GET', path)).body['threads'] as { id: string }[]).map(({ id }) => id);
  expect(await ids(`/guilds/${guild.id}/threads/active`)).toEqual([two.body['id']]);
  expect(await ids(`/channels/${forum.id}/threads/archived/public`)).toEqual([one.body['id']]);
});
