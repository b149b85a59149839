import { expect, test } from 'vitest';
import { paragraph, text } from '../../../../src/note/document.ts';
import { DISCORD_STYLES } from '../../../../src/platform/discord/styles.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/preferences/preferences.ts';
import { ready } from '../../../ready.fixture.ts';
import { bodyOf, fakeHost, messageText, receiptOf, startBot } from '../discord.fixture.ts';
import { startDelivery } from '../failures/delivery.fixture.ts';

const words = (said: string) => [paragraph(text(said))];

async function roles() {
  const all = await startBot({ nonceWindowMs: 0 });
  const missives = all.discord.world.addRole(all.guild, { name: 'Missives', mentionable: true });
  const others = all.discord.world.addRole(all.guild, { name: 'Others', mentionable: true });
  const pinged = () =>
    all.discord.history(all.channel).map(({ pings }) => pings.roles.map(({ name }) => name));
  return { ...all, missives, others, pinged };
}

test.each(DISCORD_STYLES)('a role is pinged by the message, and no other, in style %s', async (style) => {
  const { platform, destination, missives, others, pinged, discord, channel } = await roles();
  const body = bodyOf(platform, words(`See <@&${others.id}> @everyone`), style);
  const mentionRole = missives.id;
  const receipt = receiptOf(await platform.send(destination, body, 'n1:0', { mentionRole }));
  expect(pinged()).toEqual([['Missives']]);
  expect(receiptOf(await platform.send(destination, body, 'n1:0', { mentionRole, uncertain: true }))).toBe(
    receipt,
  );
  receiptOf(await platform.edit(destination, receipt, body));
  expect(pinged()).toEqual([[]]);
  expect(messageText(discord.messages(channel)[0]!)).not.toContain(missives.id);
});

test('only the first of several messages mentions the role', async () => {
  const { discord, platform, destination, missives, pinged } = await roles();
  discord.fault({ route: 'POST /channels/:channel/messages', effect: { status: 400, code: 50035 } });
  const body = bodyOf(platform, words('The port is quiet. '.repeat(180)));
  receiptOf(await platform.send(destination, body, 'n1:0', { mentionRole: missives.id }));
  expect(pinged()).toEqual([['Missives'], []]);
});

test('the longest text leaves room for a mention', async () => {
  const { platform, destination, missives, pinged } = await roles();
  for (const style of DISCORD_STYLES)
    for (const [part, body] of platform.render(ready(words('港口很安静。'.repeat(900))), style).entries())
      receiptOf(await platform.send(destination, body, `${style}:${part}`, { mentionRole: missives.id }));
  expect(new Set(pinged().map((names) => names.join()))).toEqual(new Set(['Missives']));
});

test('a delivered note mentions the role of its type, once', async () => {
  const { discord, guild, channel, store, destination, publish, shown } = await startDelivery();
  const role = discord.world.addRole(guild, { name: 'News', mentionable: true });
  await store.destinations.setPreferences(destination, {
    ...DEFAULT_PREFERENCES,
    mentionRoles: { note: role.id },
  });
  await publish('The port is quiet. '.repeat(400));
  await discord.until(() => shown().length >= 2);
  expect(discord.messages(channel).map(({ pings }) => pings.roles.length)).toEqual([1, 0]);
});

test('a deleted role is not mentioned', async () => {
  const { discord, guild, channel, platform, destination, missives } = await roles();
  await platform.start(fakeHost().host);
  discord.world.deleteRole(guild, missives);
  const send = async (key: string) => {
    receiptOf(
      await platform.send(destination, bodyOf(platform, words(key)), key, { mentionRole: missives.id }),
    );
    return discord.messages(channel).map(messageText);
  };
  await expect.poll(async () => (await send(`Quiet ${Math.random()}.`)).at(-1)).not.toContain(missives.id);
});
