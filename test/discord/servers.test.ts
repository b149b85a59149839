import { expect, test } from 'vitest';
import { DEFAULT_CHOICES } from '../../src/choices/choices.ts';
import { en } from '../../src/text/en.ts';
import { componentsOf, town } from './town.ts';
import { wordsOf } from './wire.ts';

const { pings, roles, where, publish } = en.servers;
const missive = en.postTypes.missive;

test('a channel that is chosen from Discord’s own list gets posts too, with the choices of this one', async () => {
  const { discord, guild, ask, press, program, destination, choices } = await town();
  const forum = discord.world.addChannel(guild, { name: 'letters', kind: 'forum' });
  await program.store.subscribe({
    id: destination,
    source: 'command',
    choices: { ...DEFAULT_CHOICES, silent: true },
  });
  const panel = await ask('/settings where');
  expect(wordsOf(panel)).toContain(where.here);
  expect(wordsOf(await press(panel, where.choose, [forum.id]))).toContain('#letters');
  expect(await choices(forum)).toMatchObject({ silent: true });
  expect(wordsOf(await ask('/settings where'))).toContain('#letters');
});

test('what is missing in a channel that is chosen is named, with another look when it was granted', async () => {
  const { discord, guild, ask, press, program, destination, choices } = await town();
  const other = discord.world.addChannel(guild, { name: 'news' });
  await program.store.subscribe({ id: destination, source: 'command' });
  discord.world.setOverwrites(other, [{ of: discord.world.bot, deny: ['SendMessages'] }]);
  const refusal = async () => press(await ask('/settings where'), where.choose, [other.id]);
  await expect.poll(async () => wordsOf(await refusal())).toContain(en.discord.permissions.write);
  const refused = await refusal();
  expect(wordsOf(refused)).toContain(en.servers.whereToGrant);
  expect(await choices(other)).toBeUndefined();
  discord.world.setOverwrites(other, []);
  await expect
    .poll(async () => {
      await press(refused, en.servers.checkAgain);
      return choices(other);
    })
    .toBeDefined();
});

test('a role is chosen from Discord’s own list, made, or named no more', async () => {
  const { discord, guild, ask, press, program, destination, choices } = await town();
  const role = discord.world.addRole(guild, { name: 'Letters', mentionable: true });
  await program.store.subscribe({ id: destination, source: 'command' });
  const panel = await ask('/settings pings');
  const chosen = await press(panel, pings.choose(missive), [role.id]);
  expect(wordsOf(chosen)).toContain(pings.one(missive, 'Letters').slice(-7));
  expect((await choices())?.pings).toEqual({ missive: role.id });
  await press(chosen, pings.nobody(missive));
  expect((await choices())?.pings).toEqual({});
  await press(panel, pings.make(missive));
  const made = guild.roles.get((await choices())?.pings.missive ?? '');
  expect(made).toMatchObject({ name: pings.name(missive), mentionable: true, permissions: 0n });
});

test('without Manage Roles no role is made, and the panel says what it takes', async () => {
  const { ask, press, program, destination, choices } = await town([]);
  await program.store.subscribe({ id: destination, source: 'command' });
  const refused = await press(await ask('/settings pings'), pings.make(missive));
  expect(wordsOf(refused)).toContain(pings.mayNotMake.slice(0, 20));
  expect((await choices())?.pings).toEqual({});
});

test('members take a role by a button and give it back, also where the buttons stand elsewhere', async () => {
  const { discord, guild, mira, ask, press, program, destination, rolesOf } = await town();
  const role = discord.world.addRole(guild, { name: 'Letters' });
  await program.store.subscribe({
    id: destination,
    source: 'command',
    choices: { ...DEFAULT_CHOICES, pings: { missive: role.id } },
  });
  const elsewhere = discord.world.addChannel(guild, { name: 'welcome' });
  const offer = await ask('/roles', guild.owner, elsewhere);
  expect(offer.onlyFor).toBeUndefined();
  const label = `${en.postTypeIcons.missive} ${roles.button(missive)}`;
  const given = await press(offer, label, undefined, mira);
  expect(given.onlyFor).toBe(mira);
  expect(rolesOf(mira)).toEqual([role.id]);
  await press(offer, label, undefined, mira);
  expect(rolesOf(mira)).toEqual([]);
});

test('nobody gets a role that was not chosen for posts, and none that stands too high', async () => {
  const { discord, guild, mira, ask, program, destination, rolesOf } = await town();
  expect(wordsOf(await ask('/notify missive', mira))).toContain(roles.none.slice(0, 20));
  const high = discord.world.addRole(guild, { name: 'Captains', position: 9 });
  await program.store.subscribe({
    id: destination,
    source: 'command',
    choices: { ...DEFAULT_CHOICES, pings: { missive: high.id } },
  });
  await expect.poll(async () => wordsOf(await ask('/notify missive', mira))).toContain('Captains');
  expect(rolesOf(mira)).toEqual([]);
  discord.world.deleteRole(guild, high);
  await expect
    .poll(async () => wordsOf(await ask('/notify missive', mira)))
    .toContain(roles.deleted.slice(0, 20));
  expect(wordsOf(await ask('/settings pings'))).toContain(pings.deleted(missive).slice(0, 20));
});

test('publishing is switched on in an announcement channel, and elsewhere it is said what is missing', async () => {
  const { discord, guild, ask, program, destination, choices } = await town();
  const news = discord.world.addChannel(guild, { name: 'wire', kind: 'announcement' });
  for (const id of [destination, `discord:${news.id}`])
    await program.store.subscribe({ id, source: 'command' });
  expect(wordsOf(await ask('/settings publish'))).toContain(publish.missing.slice(0, 20));
  const panel = await ask('/settings publish', guild.owner, news);
  expect(wordsOf(panel)).not.toContain(publish.missing.slice(0, 20));
  const yes = componentsOf(panel).find(({ label }) => label?.endsWith(en.settings.yes))?.label ?? '';
  const id = componentsOf(panel).find(({ label }) => label === yes)?.custom_id ?? '';
  await discord.press({ user: guild.owner, message: panel, customId: id });
  expect((await choices(news))?.publish).toBe(true);
});

test('what is about roles is offered here', async () => {
  const { discord, channel, guild } = await town();
  const offered = discord.offered(channel, guild.owner).map(({ name }) => name);
  expect(offered).toEqual(expect.arrayContaining(['roles', 'notify']));
});

test('samples of what there is arrive as posts do, and go again', async () => {
  const { discord, guild, channel, ask, press, program, destination } = await town();
  const role = discord.world.addRole(guild, { name: 'Letters', mentionable: true });
  const choices = { ...DEFAULT_CHOICES, pings: { missive: role.id }, look: 'embed/cut' };
  await program.store.subscribe({ id: destination, source: 'command', choices });
  const report = await ask('/preview');
  const { trial } = en.servers;
  expect(wordsOf(report)).toContain(trial.allWell);
  const shown = discord.messages(channel);
  // An embed's title stands above it, where a phone's notification shows it.
  expect(shown[0]?.content).toContain(trial.title);
  expect(JSON.stringify(shown.map(({ embeds }) => embeds))).toContain(en.note.readOn);
  expect(shown.map(({ pings }) => pings.roles.length)).toEqual([1, ...shown.slice(1).map(() => 0)]);
  expect(shown.length).toBeGreaterThanOrEqual(5);
  expect(wordsOf(await press(report, trial.takeAway))).toContain(trial.away);
  expect(discord.messages(channel)).toEqual([]);
});

test('what of the samples is shown more plainly, or not at all, is said with the reason', async () => {
  const { discord, ask } = await town();
  const { trial } = en.servers;
  discord.fault({ route: 'POST /channels/:channel/messages', effect: { status: 400, code: 50035 } });
  const report = wordsOf(await ask('/preview'));
  expect(report).toContain(trial.notAll);
  expect(report).toContain('⚠️');
});

test('a role that allows more than everybody may is given to nobody', async () => {
  const { discord, guild, mira, ask, program, destination, rolesOf } = await town([
    'ManageRoles',
    'ManageMessages',
  ]);
  const crew = discord.world.addRole(guild, { name: 'Crew', can: ['ManageMessages'] });
  await program.store.subscribe({
    id: destination,
    source: 'command',
    choices: { ...DEFAULT_CHOICES, pings: { missive: crew.id } },
  });
  await expect.poll(async () => wordsOf(await ask('/notify missive', mira))).toContain('Crew');
  expect(rolesOf(mira)).toEqual([]);
});
