import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { componentsOf, startGuild } from '../guild.fixture.ts';

const written = (message: Parameters<typeof componentsOf>[0]): string =>
  componentsOf(message)
    .map((one) => ('content' in one ? String(one.content) : ''))
    .join('\n');

test('commands in our texts are clickable, with their options as code', async () => {
  const { ask } = await startGuild();
  await ask('/subscribe');
  // Commands are registered after the login.
  await expect
    .poll(async () => written(await ask('/settings shoes')))
    .toMatch(/Use <\/settings:\d+>, or one of: /u);
  expect(written(await ask('/settings rhythm hourly'))).toMatch(
    /<\/settings:\d+> `schedule daily 8:30`\n<\/settings:\d+> `schedule weekly sunday 8:00`/u,
  );
  expect(written(await ask('/subscribe'))).toMatch(/Stop any time with <\/unsubscribe:\d+>/u);
});

test('commands in users’ texts are not', async () => {
  const { ask } = await startGuild();
  await ask('/subscribe');
  await expect.poll(async () => written(await ask('/settings'))).toContain(en.settings.presetScreen.first);
  for (const words of ['/unsubscribe', 'zone /unsubscribe', 'types </unsubscribe:1> /help']) {
    const said = written(await ask(`/settings ${words}`));
    expect(said).not.toMatch(/<\/(?:unsubscribe|help):\d+>/u);
    expect(said).toContain('unsubscribe');
  }
});
