import { expect, test } from 'vitest';
import type { PermissionName } from '../../../sandbox/discord/world/flags.ts';
import { addTestGuild, call, startTestDiscord } from './discord.fixture.ts';

async function town(can: readonly PermissionName[] = ['ManageRoles']) {
  const discord = await startTestDiscord();
  const { guild, mira } = addTestGuild(discord);
  const own = [...guild.roles.values()].find(({ managed }) => managed);
  discord.world.setRole(guild, own!, can);
  const member = (role: string) => `/guilds/${guild.id}/members/${mira.id}/roles/${role}`;
  return { discord, guild, mira, own: own!, member };
}

test('Manage Roles allows creating and assigning roles', async () => {
  const { discord, guild, mira, member } = await town();
  const made = await call(discord, 'POST', `/guilds/${guild.id}/roles`, { name: 'News', permissions: '0' });
  const id = String(made.body['id']);
  expect(made).toMatchObject({ status: 200, body: { name: 'News', position: 1 } });
  expect(await call(discord, 'PUT', member(id))).toMatchObject({ status: 204 });
  expect(guild.members.get(mira.id)?.roles).toEqual([id]);
  expect(await call(discord, 'DELETE', member(id))).toMatchObject({ status: 204 });
  expect(guild.members.get(mira.id)?.roles).toEqual([]);
});

test('without Manage Roles, both are refused', async () => {
  const { discord, guild, member } = await town([]);
  const role = discord.world.addRole(guild, { name: 'News' });
  for (const [method, path] of [
    ['POST', `/guilds/${guild.id}/roles`],
    ['PUT', member(role.id)],
  ] as const)
    expect(await call(discord, method, path, {})).toMatchObject({ status: 403, body: { code: 50013 } });
});

test('higher and managed roles and @everyone can’t be assigned', async () => {
  const { discord, guild, own, member } = await town();
  const high = discord.world.addRole(guild, { name: 'Captains', position: 5 });
  for (const id of [high.id, own.id, guild.id])
    expect(await call(discord, 'PUT', member(id))).toMatchObject({ body: { code: 50013 } });
  expect(await call(discord, 'PUT', member('123456789012345678'))).toMatchObject({ body: { code: 10011 } });
});

test('a role can’t have permissions that the bot lacks', async () => {
  const { discord, guild } = await town();
  const body = { name: 'Crew', permissions: String(1n << 3n) };
  expect(await call(discord, 'POST', `/guilds/${guild.id}/roles`, body)).toMatchObject({
    body: { code: 50013 },
  });
});
