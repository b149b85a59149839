import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import { createCommandFixture, shown } from './command.fixture.ts';

test('/privacy lists what is stored and what isn’t, and links to /forgetme', async () => {
  const { ask, press } = await createCommandFixture();
  const { document, to } = await ask('privacy', { line: '' });
  expect(to).toBe('user');
  for (const words of [...Object.values(en.privacy.keeps), ...en.privacy.keepsNot])
    expect(shown(document)).toContain(words);
  expect(shown(await press(en.privacy.forget, document))).toContain(en.privacy.forgetme.goes);
});

test('/forgetme asks for confirmation, then deletes the private chat, the preferences and the subscriber’s record', async () => {
  const bench = await createCommandFixture();
  const own = { kind: 'private', destination: 'discord:5', home: 'discord:5' } as const;
  const server = { kind: 'group', destination: 'discord:9', home: 'discord:90' } as const;
  await bench.ask('subscribe', { line: '' }, own);
  await bench.ask('settings', { line: 'zone Asia/Shanghai' }, own);
  await bench.ask('subscribe', { line: '' }, server);
  const places = async () => (await bench.store.destinations.list()).map(({ id }) => id);
  const kept = async () => [
    await bench.store.values.keyv('reader').get('discord:7'),
    await bench.store.values.keyv('made').get('asker discord:7'),
  ];
  expect(await kept()).toEqual([
    expect.objectContaining({ timeZone: 'Asia/Shanghai', chat: 'discord:5' }),
    ['discord:5', 'discord:9'],
  ]);

  const { document } = await bench.ask('forgetme', { line: '' }, server);
  expect(await places()).toEqual(['discord:5', 'discord:9']);
  // It also works from another chat, since the private chat is recorded.
  const done = await bench.press(en.privacy.forgetme.sure, document);
  expect(shown(done)).toContain(en.privacy.forgetme.done);
  expect(await places()).toEqual(['discord:9']);
  expect(await kept()).toEqual([undefined, undefined]);
});

test('/forgetme can be cancelled: nothing is deleted, and the answer says so', async () => {
  const bench = await createCommandFixture();
  await bench.ask('settings', { line: 'preset everything' });
  const before = await bench.store.destinations.list();
  const { document } = await bench.ask('forgetme', { line: '' });
  const cancelled = await bench.press(en.privacy.forgetme.cancel, document);
  expect(shown(cancelled)).toBe(en.privacy.forgetme.cancelled);
  expect(await bench.store.destinations.list()).toEqual(before);
  expect(await bench.store.values.keyv('made').get('asker discord:7')).toEqual(['discord:1']);
});

test('unknown users can be forgotten, too', async () => {
  const { answer } = await createCommandFixture();
  expect(await answer('/forgetme sure:yes')).toContain(en.privacy.forgetme.done);
});
