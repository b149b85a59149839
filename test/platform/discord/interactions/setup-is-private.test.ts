import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { startGuild } from '../guild.fixture.ts';

const { settings } = en;

test('setup is only visible to the user who does it', async () => {
  const { discord, channel, guild, ask, press } = await startGuild();
  for (const line of [
    '/settings',
    '/subscribe',
    '/settings types missive',
    '/settings shoes',
    '/unsubscribe',
    '/unsubscribe',
  ])
    expect((await ask(line)).onlyFor).toBe(guild.owner);
  const begun = await ask('/subscribe');
  for (const label of [settings.presets.everything, settings.presets.digest, settings.open])
    expect((await press(begun, label)).onlyFor).toBe(guild.owner);
  expect(discord.messages(channel)).toEqual([]);
});
