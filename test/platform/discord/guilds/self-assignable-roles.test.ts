import { describe, expect, test } from 'vitest';
import type { PermissionName } from '../../../../sandbox/discord/world/flags.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { zh } from '../../../../src/i18n/zh/catalogue.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/preferences/preferences.ts';
import { formatPreferences } from '../../../../src/preferences/preferences-format.ts';
import { messageText } from '../discord.fixture.ts';
import { componentsOf, startGuild } from '../guild.fixture.ts';

const { pings, assignRefusals, where } = en.servers;
const missive = en.postTypes.missive.one;
/** The part of a sentence after the role's name, up to the next Markdown character. */
const sentence = (say: (role: string) => string): string =>
  (say('\0').split('\0').at(-1) ?? '').replace(/^\P{L}+/u, '').split(/[@\u00a0(“]/u)[0] ?? '';

/** A server where the role Letters is mentioned for missives. */
async function letters(more: { readonly mentionable?: boolean; readonly tags?: Record<string, null> } = {}) {
  const all = await startGuild();
  const { discord, guild, program, destination, mira, ask } = all;
  const role = discord.world.addRole(guild, { name: 'Letters', mentionable: true, ...more });
  const preferences = { ...DEFAULT_PREFERENCES, mentionRoles: { missive: role.id } };
  await program.store.destinations.subscribe({ id: destination, source: 'command', preferences });
  return { ...all, role, everybody: guild.roles.get(guild.id)!, take: () => ask('/notify missive', mira) };
}

describe('a role with channel permissions is not assigned', () => {
  test.each(['text', 'category', 'voice', 'stage', 'forum', 'announcement'] as const)('%s', async (kind) => {
    const { discord, guild, everybody, role, mira, take, rolesOf } = await letters();
    const staff = discord.world.addChannel(guild, {
      name: 'staff-only',
      kind,
      overwrites: [
        { of: everybody, deny: ['ViewChannel'] },
        { of: role, allow: ['ViewChannel'] },
      ],
    });
    expect(messageText(await take())).toContain(sentence(assignRefusals.channels));
    expect(rolesOf(mira)).toEqual([]);
    discord.world.setOverwrites(staff, [{ of: everybody, deny: ['ViewChannel'] }]);
    await expect.poll(async () => messageText(await take())).toContain('@');
    expect(rolesOf(mira)).toEqual([role.id]);
  });

  test('even if the gateway has not reported the channel yet', async () => {
    const { discord, guild, everybody, role, mira, take, rolesOf } = await letters();
    discord.gateway.silently(() =>
      discord.world.addChannel(guild, {
        name: 'staff-only',
        overwrites: [
          { of: everybody, deny: ['ViewChannel'] },
          { of: role, allow: ['ViewChannel'] },
        ],
      }),
    );
    expect(messageText(await take())).toContain(sentence(assignRefusals.channels));
    expect(rolesOf(mira)).toEqual([]);
  });

  test('a role that denies a channel is not removed', async () => {
    const { discord, guild, channel, role, mira, take, rolesOf } = await letters();
    discord.world.setMember(guild, mira, { roles: [role.id] });
    discord.world.setOverwrites(channel, [{ of: role, deny: ['AttachFiles'] }]);
    expect(messageText(await take())).toContain(sentence(assignRefusals.channels));
    expect(rolesOf(mira)).toEqual([role.id]);
  });
});

test('a linked role is not assigned', async () => {
  const { mira, take, rolesOf } = await letters({ tags: { guild_connections: null } });
  expect(messageText(await take())).toContain(sentence(assignRefusals.managed));
  expect(rolesOf(mira)).toEqual([]);
});

test.each([
  ['the roles', 'GET /guilds/:guild/roles', 500],
  ['the channels', 'GET /guilds/:guild/channels', 403],
])('without %s, nothing is assigned', async (_name, route, status) => {
  const { discord, mira, take, rolesOf } = await letters();
  discord.fault({ route, effect: { status, ...(status === 403 && { code: 50001 }) } });
  expect(messageText(await take())).toContain(assignRefusals.unknown('Letters').slice(0, 30));
  expect(rolesOf(mira)).toEqual([]);
  expect(messageText(await take())).toContain('Letters');
  expect(rolesOf(mira)).not.toEqual([]);
});

test('nothing is assigned during an outage', async () => {
  const { discord, guild, mira, take, rolesOf } = await letters();
  discord.world.setOutage(guild, true);
  await expect
    .poll(async () => messageText(await take()))
    .toContain(assignRefusals.unknown('Letters').slice(0, 30));
  expect(rolesOf(mira)).toEqual([]);
});

/** A user with Manage Server and additional permissions. */
async function chooser(can: readonly PermissionName[], mentionable = true) {
  const all = await startGuild();
  const { discord, guild, program, destination, ask, press } = all;
  const { world } = discord;
  world.setRole(guild, guild.roles.get(guild.id)!, [
    'ViewChannel',
    'SendMessages',
    'ReadMessageHistory',
    'UseApplicationCommands',
  ]);
  const own = [...guild.roles.values()].find(({ managed }) => managed);
  world.setRole(guild, own!, ['ManageRoles', 'MentionEveryone']);
  const deck = world.addRole(guild, { name: 'Deck', can: ['ManageGuild', ...can], position: 5 });
  const ada = world.addUser({ name: 'Ada' });
  world.addMember(guild, ada, [deck]);
  const role = world.addRole(guild, { name: 'Letters', mentionable });
  await program.store.destinations.subscribe({ id: destination, source: 'command' });
  return {
    ...all,
    ada,
    deck,
    role,
    choose: async (id = role.id) =>
      messageText(await press(await ask('/settings pings', ada), pings.choose(missive), [id], ada)),
    line: async (words: string) => messageText(await ask(`/settings ${words}`, ada)),
  };
}

const imported = (role: string) =>
  `import ${formatPreferences({ ...DEFAULT_PREFERENCES, mentionRoles: { missive: role } })}`.replaceAll(
    '\n',
    ' ',
  );

/** The ways to choose a role. */
const WAYS = {
  press: ({ choose }: Awaited<ReturnType<typeof chooser>>, id: string) => choose(id),
  line: ({ line }: Awaited<ReturnType<typeof chooser>>, id: string) => line(`pings missive <@&${id}>`),
  import: ({ line }: Awaited<ReturnType<typeof chooser>>, id: string) => line(imported(id)),
};

describe.each(Object.entries(WAYS))('a role that is chosen by %s', (_name, choose) => {
  test('can be chosen with Manage Roles', async () => {
    const deck = await chooser(['ManageRoles']);
    await choose(deck, deck.role.id);
    expect((await deck.choices())?.mentionRoles).toEqual({ missive: deck.role.id });
  });

  test.each<[string, readonly PermissionName[], boolean, keyof typeof pings.refusals]>([
    ['without Manage Roles', [], true, 'chooser'],
    ['that the chooser may not mention', ['ManageRoles'], false, 'mention'],
  ])('can’t be one %s', async (_name, can, mentionable, reason) => {
    const deck = await chooser(can, mentionable);
    expect(await choose(deck, deck.role.id)).toContain(sentence(pings.refusals[reason]));
    expect((await deck.choices())?.mentionRoles).toEqual({});
  });

  test('is neither @everyone nor as high as the user’s own', async () => {
    const deck = await chooser(['ManageRoles', 'MentionEveryone']);
    expect(await choose(deck, deck.guild.id)).toContain(sentence(pings.refusals.everyone));
    expect(await choose(deck, deck.deck.id)).toContain(pings.refusals.rank('Deck').slice(-40));
    expect((await deck.choices())?.mentionRoles).toEqual({});
  });
});

test('Manage Permissions in a channel does not count as Manage Roles', async () => {
  const deck = await chooser([]);
  deck.discord.world.setOverwrites(deck.channel, [{ of: deck.ada, allow: ['ManageRoles'] }]);
  expect(await deck.choose()).toContain(sentence(pings.refusals.chooser));
  const [make] = componentsOf(await deck.ask('/settings pings', deck.ada)).filter(
    ({ label }) => label === pings.createRole(missive),
  );
  expect(make).toBeDefined();
  const refused = await deck.press(
    await deck.ask('/settings pings', deck.ada),
    pings.createRole(missive),
    undefined,
    deck.ada,
  );
  expect(messageText(refused)).toContain(sentence(pings.refusals.chooser));
  expect([...deck.guild.roles.values()].map(({ name }) => name)).not.toContain(pings.roleName(missive));
});

test('users who can’t choose roles can change everything else', async () => {
  const deck = await chooser([]);
  const choices = { ...DEFAULT_PREFERENCES, mentionRoles: { missive: deck.role.id } };
  await deck.program.store.destinations.setPreferences(deck.destination, choices);
  await deck.line('sound off');
  expect(await deck.choices()).toMatchObject({ silent: true, mentionRoles: { missive: deck.role.id } });
  expect(await deck.line(`pings photo ${deck.role.id}`)).toContain(sentence(pings.refusals.chooser));
  await deck.line('pings missive none');
  expect((await deck.choices())?.mentionRoles).toEqual({});
});

test('a new channel starts without roles the user can’t choose', async () => {
  const deck = await chooser([]);
  const other = deck.discord.world.addChannel(deck.guild, { name: 'port' });
  const choices = { ...DEFAULT_PREFERENCES, silent: true, mentionRoles: { missive: deck.role.id } };
  await deck.program.store.destinations.setPreferences(deck.destination, choices);
  const panel = await deck.ask('/settings where', deck.ada);
  const said = messageText(await deck.press(panel, where.choose, [other.id], deck.ada));
  expect(said).toContain(where.withoutPings.slice(0, 40));
  expect(await deck.choices(other)).toMatchObject({ silent: true, mentionRoles: {} });
});

test('an import names roles that the server lacks', async () => {
  const deck = await chooser(['ManageRoles']);
  expect(await deck.line(imported('123456789012345678'))).toContain('123456789012345678');
  expect((await deck.choices())?.mentionRoles).toEqual({});
});

test('@everyone chosen by an old release is not mentioned', async () => {
  const { discord, guild, channel, program, destination, ask } = await letters();
  await program.store.destinations.setPreferences(destination, {
    ...DEFAULT_PREFERENCES,
    mentionRoles: { missive: guild.id },
  });
  await ask('/preview');
  expect(discord.history(channel).map((message) => JSON.stringify(message))).not.toEqual(
    expect.arrayContaining([expect.stringContaining(`<@&${guild.id}>`)]),
  );
});

test.each([en, zh])('every reason names its role', ({ servers }) => {
  const { everyone: _, ...ofOne } = servers.assignRefusals;
  const { absent, rank, mention } = servers.pings.refusals;
  for (const say of [...Object.values(ofOne), absent, rank, mention])
    expect(say('Letters')).toContain('Letters');
});
