import { expect, test } from 'vitest';
import type { FakeDiscord } from '../../../../sandbox/discord/discord.ts';
import type { StoredMessage } from '../../../../sandbox/discord/world/message-store.ts';
import type { Channel } from '../../../../sandbox/discord/world/model.ts';
import { samplePosts } from '../../../../src/command/views/sample-posts.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { iconOf, POST_TYPES } from '../../../../src/note/post-types.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/preferences/preferences.ts';
import { author } from '../../../contract/platform/program.fixture.ts';
import { ready } from '../../../ready.fixture.ts';
import { messageText } from '../discord.fixture.ts';
import { componentsOf, startGuild } from '../guild.fixture.ts';

const { pings, roles, where, publish } = en.servers;
const missive = en.postTypes.missive.one;

/** Resolves with the report, which is sent after the posts. */
async function askPreview(ask: Awaited<ReturnType<typeof startGuild>>['ask']) {
  const report = await ask('/preview');
  await expect.poll(() => messageText(report)).not.toBe('-# …');
  return report;
}

test('another channel can be subscribed, with the same preferences', async () => {
  const { discord, guild, ask, press, program, destination, choices } = await startGuild();
  const forum = discord.world.addChannel(guild, { name: 'letters', kind: 'forum' });
  await program.store.destinations.subscribe({
    id: destination,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, silent: true },
  });
  const panel = await ask('/settings where');
  expect(messageText(panel)).toContain(where.here.channel);
  expect(messageText(await press(panel, where.choose, [forum.id]))).toContain('#letters');
  expect(await choices(forum)).toMatchObject({ silent: true });
  expect(messageText(await ask('/settings where'))).toContain('#letters');
});

test('missing permissions of a chosen channel are named', async () => {
  const { discord, guild, ask, press, program, destination, choices } = await startGuild();
  const other = discord.world.addChannel(guild, { name: 'news' });
  await program.store.destinations.subscribe({ id: destination, source: 'command' });
  discord.world.setOverwrites(other, [{ of: discord.world.bot, deny: ['SendMessages'] }]);
  const refusal = async () => press(await ask('/settings where'), where.choose, [other.id]);
  await expect.poll(async () => messageText(await refusal())).toContain(en.discord.permissions.write);
  const refused = await refusal();
  expect(messageText(refused)).toContain(en.servers.whereToGrant);
  expect(await choices(other)).toBeUndefined();
  discord.world.setOverwrites(other, []);
  await expect
    .poll(async () => {
      await press(refused, en.servers.checkAgain);
      return choices(other);
    })
    .toBeDefined();
});

test('a role can be chosen, created or removed', async () => {
  const { discord, guild, ask, press, program, destination, choices } = await startGuild();
  const role = discord.world.addRole(guild, { name: 'Letters', mentionable: true });
  await program.store.destinations.subscribe({ id: destination, source: 'command' });
  const panel = await ask('/settings pings');
  const chosen = await press(panel, pings.choose(missive), [role.id]);
  expect(messageText(chosen)).toContain(pings.one(missive, 'Letters').slice(-7));
  expect((await choices())?.mentionRoles).toEqual({ missive: role.id });
  await press(chosen, pings.noPing(missive));
  expect((await choices())?.mentionRoles).toEqual({});
  await press(await ask('/settings pings'), pings.createRole(missive));
  const made = guild.roles.get((await choices())?.mentionRoles.missive ?? '');
  expect(made).toMatchObject({ name: pings.roleName(missive), mentionable: true, permissions: 0n });
});

test('without Manage Roles, no role is created', async () => {
  const { ask, press, program, destination, choices } = await startGuild([]);
  await program.store.destinations.subscribe({ id: destination, source: 'command' });
  const refused = await press(await ask('/settings pings'), pings.createRole(missive));
  expect(messageText(refused)).toContain(pings.cannotCreateRoles.slice(0, 20));
  expect((await choices())?.mentionRoles).toEqual({});
});

test('members can take and return a role by button', async () => {
  const { discord, guild, mira, ask, press, program, destination, rolesOf } = await startGuild();
  const role = discord.world.addRole(guild, { name: 'Letters' });
  await program.store.destinations.subscribe({
    id: destination,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, mentionRoles: { missive: role.id } },
  });
  const elsewhere = discord.world.addChannel(guild, { name: 'welcome' });
  const offer = await ask('/roles', guild.owner, elsewhere);
  expect(offer.onlyFor).toBeUndefined();
  const label = `${iconOf('missive')} Missives`;
  const given = await press(offer, label, undefined, mira);
  expect(given.onlyFor).toBe(mira);
  expect(rolesOf(mira)).toEqual([role.id]);
  await press(offer, label, undefined, mira);
  expect(rolesOf(mira)).toEqual([]);
});

test('roles that were not chosen or rank too high are not assigned', async () => {
  const { discord, guild, mira, ask, program, destination, rolesOf } = await startGuild();
  expect(messageText(await ask('/notify missive', mira))).toContain(roles.none.slice(0, 20));
  const high = discord.world.addRole(guild, { name: 'Captains', position: 9 });
  await program.store.destinations.subscribe({
    id: destination,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, mentionRoles: { missive: high.id } },
  });
  await expect.poll(async () => messageText(await ask('/notify missive', mira))).toContain('Captains');
  expect(rolesOf(mira)).toEqual([]);
  discord.world.deleteRole(guild, high);
  await expect
    .poll(async () => messageText(await ask('/notify missive', mira)))
    .toContain(roles.deleted.slice(0, 20));
  expect(messageText(await ask('/settings pings'))).toContain(pings.deleted(missive).slice(0, 20));
});

test('with seven types, the type is chosen before its role', async () => {
  const { discord, guild, ask, press, program, destination, choices } = await startGuild();
  const role = discord.world.addRole(guild, { name: 'Lens', mentionable: true });
  await program.store.destinations.subscribe({
    id: destination,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, postTypes: POST_TYPES },
  });
  const opened = await ask('/settings pings');
  const selects = (message: typeof opened) => componentsOf(message).filter(({ placeholder }) => placeholder);
  expect(selects(opened).map(({ placeholder }) => placeholder)).toEqual([pings.type, pings.choose(missive)]);
  const photo = await press(opened, pings.type, ['photo']);
  expect(await choices()).toMatchObject({ mentionRoles: {} });
  const chosen = await press(photo, pings.choose(en.postTypes.photo.one), [role.id]);
  expect((await choices())?.mentionRoles).toEqual({ photo: role.id });
  expect(selects(chosen)[1]).toMatchObject({ default_values: [{ id: role.id, type: 'role' }] });
  // Discord's client can clear the select.
  const none = await press(chosen, pings.choose(en.postTypes.photo.one), []);
  expect((await choices())?.mentionRoles).toEqual({});
  expect(selects(none)[1]).toMatchObject({ default_values: [] });
  await press(none, pings.type, ['repost']);
  await press(none, pings.createRole(en.postTypes.repost.one));
  expect(Object.keys((await choices())?.mentionRoles ?? {})).toEqual(['repost']);
  await press(none, pings.noPing(en.postTypes.repost.one));
  expect((await choices())?.mentionRoles).toEqual({});
});

test('an old role select still works, for its type', async () => {
  const { discord, guild, channel, ask, program, destination, choices } = await startGuild();
  const role = discord.world.addRole(guild, { name: 'Letters', mentionable: true });
  await program.store.destinations.subscribe({ id: destination, source: 'command' });
  await ask('/settings');
  const select = { type: 6, custom_id: '2rsettings?change=pings note', placeholder: 'Who is told: Note' };
  const message = await postRow(discord, channel, select);
  await discord.press({ user: guild.owner, message, customId: select.custom_id, values: [role.id] });
  expect((await choices())?.mentionRoles).toEqual({ note: role.id });
});

test('several types or none can be chosen in one select', async () => {
  const { ask, press, program, destination, choices } = await startGuild();
  await program.store.destinations.subscribe({ id: destination, source: 'command' });
  const label = en.settings.types.heading;
  const chosenIn = (message: Awaited<ReturnType<typeof ask>>) =>
    componentsOf(message)
      .flatMap(({ placeholder, options = [] }) => (placeholder === label ? options : []))
      .filter((option) => option.default)
      .map(({ value }) => value);
  const opened = await ask('/settings what');
  expect(chosenIn(opened)).toEqual(DEFAULT_PREFERENCES.postTypes);
  const two = await press(opened, label, ['video', 'missive']);
  expect((await choices())?.postTypes).toEqual(['missive', 'video']);
  expect(chosenIn(two)).toEqual(['missive', 'video']);
  const none = await press(two, label, []);
  expect((await choices())?.postTypes).toEqual([]);
  expect(messageText(none)).toContain(en.settings.types.empty);
});

test('an outdated option changes nothing and says so', async () => {
  const { discord, guild, channel, ask, program, destination, choices } = await startGuild();
  await program.store.destinations.subscribe({ id: destination, source: 'command' });
  await ask('/settings');
  const select = {
    type: 3,
    custom_id: '2rsettings?change=style',
    options: [{ label: 'Neon', value: 'neon' }],
  };
  const message = await postRow(discord, channel, select);
  const seen = await discord.press({
    user: guild.owner,
    message,
    customId: select.custom_id,
    values: ['neon'],
  });
  const answer = (seen as Extract<typeof seen, { status: 'answered' }>).message;
  expect(messageText(answer)).toContain('neon');
  expect(componentsOf(answer).map(({ placeholder }) => placeholder)).toContain(en.settings.style.heading);
  expect(await choices()).toMatchObject({ style: '' });
});

test('crossposting can be enabled in announcement channels only', async () => {
  const { discord, guild, ask, program, destination, choices } = await startGuild();
  const news = discord.world.addChannel(guild, { name: 'wire', kind: 'announcement' });
  for (const id of [destination, `discord:${news.id}`])
    await program.store.destinations.subscribe({ id, source: 'command' });
  expect(messageText(await ask('/settings publish'))).toContain(publish.missing.slice(0, 20));
  const panel = await ask('/settings publish', guild.owner, news);
  expect(messageText(panel)).not.toContain(publish.missing.slice(0, 20));
  const id = componentsOf(panel).find(({ label }) => label === en.settings.yes)?.custom_id ?? '';
  const server = await discord.press({ user: guild.owner, message: panel, customId: id });
  expect((await choices(news))?.publish).toBe(true);
  const { message } = server as Extract<typeof server, { status: 'answered' }>;
  const toggle = componentsOf(message).find(({ label }) => label === `✓ ${publish.label('on')}`);
  expect(toggle).toMatchObject({ style: 3 });
  await discord.press({ user: guild.owner, message, customId: toggle?.custom_id ?? '' });
  expect((await choices(news))?.publish).toBe(false);
});

test('role settings are offered', async () => {
  const { discord, channel, guild } = await startGuild();
  const offered = discord.visibleCommands(channel, guild.owner).map(({ name }) => name);
  expect(offered).toEqual(expect.arrayContaining(['roles', 'notify']));
});

test('posts that are only a test look like others and are ephemeral', async () => {
  const { discord, guild, channel, ask, program, destination } = await startGuild();
  const role = discord.world.addRole(guild, { name: 'Letters', mentionable: true });
  const preferences = { ...DEFAULT_PREFERENCES, mentionRoles: { missive: role.id }, style: 'embed/cut' };
  await program.store.destinations.subscribe({ id: destination, source: 'command', preferences });
  const report = await askPreview(ask);
  const { preview } = en.servers;
  expect(messageText(report)).toContain(preview.allWell);
  expect(messageText(report)).toContain(preview.onlyYou);
  expect(messageText(report)).toContain(preview.andPing);
  expect(messageText(report)).not.toContain(preview.plainer);
  expect(discord.messages(channel)).toEqual([]);
  // The report is above the posts.
  const [first, ...shown] = discord.history(channel);
  expect(first).toBe(report);
  expect(shown.map(({ onlyFor }) => onlyFor)).toEqual(shown.map(() => guild.owner));
  // An embed's title is in the text above it, for notifications.
  expect(shown[0]?.content).toContain(preview.title);
  expect(JSON.stringify(shown.map(({ embeds }) => embeds))).toContain(en.note.readOn);
  expect(shown.flatMap(({ pings }) => pings.roles)).toEqual([]);
  expect(shown.length).toBeGreaterThanOrEqual(5);
});

test.each(['auto', 'card', 'embed/split', 'plain/cut'])(
  'posts for a test have the style %s',
  async (look) => {
    const { discord, channel, ask, platform, destination, program } = await startGuild();
    const preferences = { ...DEFAULT_PREFERENCES, style: look };
    await program.store.destinations.subscribe({ id: destination, source: 'command', preferences });
    const report = await askPreview(ask);
    const looks = ({ content, embeds, components }: typeof report) => ({ content, embeds, components });
    const shown = discord.history(channel).filter((one) => one !== report);
    const samples = await samplePosts({
      archive: program.store.archive,
      author: () => author,
      texts: en,
    } as never);
    for (const { name, document, fallback } of samples)
      for (const [part, body] of platform.render(ready(document, {}, fallback), look).entries())
        await platform.send(destination, body, `${name} ${part}`);
    expect(shown.map(looks)).toEqual(discord.messages(channel).map(looks));
  },
);

test('without access, test posts say why', async () => {
  const { discord, channel, ask } = await startGuild();
  discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: ['SendMessages'] }]);
  const report = await askPreview(ask);
  expect(messageText(report)).toContain('Send Messages');
  expect(discord.history(channel)).toEqual([report]);
});

test('simplified and refused test posts are explained', async () => {
  const { discord, ask } = await startGuild();
  const { preview } = en.servers;
  discord.fault({ route: 'POST /webhooks/:application/:token', effect: { status: 400, code: 50035 } });
  const report = messageText(await askPreview(ask));
  expect(report).toContain(preview.notAll);
  expect(report).toContain('⚠️');
});

test('a role with more permissions than @everyone is not assigned', async () => {
  const { discord, guild, mira, ask, program, destination, rolesOf } = await startGuild([
    'ManageRoles',
    'ManageMessages',
  ]);
  const crew = discord.world.addRole(guild, { name: 'Crew', can: ['ManageMessages'] });
  await program.store.destinations.subscribe({
    id: destination,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, mentionRoles: { missive: crew.id } },
  });
  await expect.poll(async () => messageText(await ask('/notify missive', mira))).toContain('Crew');
  expect(rolesOf(mira)).toEqual([]);
});

/** A message of the bot with one component, as an older release may have left it. */
async function postRow(discord: FakeDiscord, channel: Channel, component: object): Promise<StoredMessage> {
  await fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'Settings', components: [{ type: 1, components: [component] }] }),
  });
  const posted = discord.messages(channel).at(-1);
  if (!posted) throw new Error('Nothing was posted');
  return posted;
}
