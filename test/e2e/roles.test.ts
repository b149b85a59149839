import { expect, onTestFinished, test } from 'vitest';
import { openDmClient } from '../../sandbox/relay/fake-dm-client.ts';
import { eventually, numbers, startFleet } from './roles.fixture.ts';

test('two processes share the work; when one stops, the other does all of it, and nothing comes twice or is lost', async () => {
  const { publish, shown, start, database } = await startFleet();
  const one = await start(['relay', 'discord']);
  const two = await start(['relay', 'discord', 'telegram']);
  await one.logged('relay.completed');
  await one.logged('platform.connected', { platform: 'discord' });
  await two.logged('platform.connected', { platform: 'telegram' });
  expect([database.holderOf('relay'), database.holderOf('discord'), database.holderOf('telegram')]).toEqual([
    one.pid,
    one.pid,
    two.pid,
  ]);
  expect(await two.health()).toEqual({
    code: 200,
    status: 'ok',
    failing: {},
    roles: { relay: 'standby', discord: 'standby', telegram: 'active' },
  });

  publish(numbers(1, 6));
  const all = (to: number) =>
    eventually(() => {
      const { discord, telegram } = shown();
      return discord.length >= to && telegram.length >= to;
    });
  await all(6);

  publish(numbers(7, 12));
  await one.stop();
  publish(numbers(13, 18));
  await two.logged('role.taken', { role: 'discord' });
  await two.logged('relay.completed');
  await all(18);
  const { discord, telegram } = shown();
  for (const texts of [discord, telegram])
    expect(texts.map((text) => /Tide \d+\./u.exec(text)?.[0])).toEqual(numbers(1, 18));
  expect(database.refused).toEqual([]);
});

test('an owner whose roles were taken from it neither writes nor sends, and stands by', async () => {
  const { publish, shown, start, database } = await startFleet();
  const roles = ['relay', 'discord', 'telegram'] as const;
  const one = await start(roles);
  await one.logged('program.ready');
  await one.logged('relay.completed');
  const two = await start(roles);
  // As if it had been frozen: the roles are gone, and it doesn't know.
  for (const role of roles) database.steal(role);
  for (const role of roles) await two.logged('role.taken', { role });
  await two.logged('relay.completed');
  publish(numbers(1, 8));
  const has = (to: number) => () => shown().discord.length >= to && shown().telegram.length >= to;
  await eventually(has(8));
  expect(one.lines.filter(({ event }) => event === 'message.sent')).toEqual([]);

  publish(numbers(9, 12));
  await eventually(has(12));
  for (const texts of Object.values(shown()))
    expect(texts.map((text) => /Tide \d+\./u.exec(text)?.[0])).toEqual(numbers(1, 12));
});

test('suggestions, answers and alerts cross from one process to another; the page and /status know both', async () => {
  const { relay, author, telegram, start } = await startFleet();
  const inbox = await openDmClient(author, relay.url);
  onTestFinished(inbox.stop);
  relay.publish(author.note('', { kind: 10_050, tags: [['relay', relay.url]] }));
  const env = { BOT_KEY: '3'.repeat(64), OPERATOR: `telegram:${telegram.reader.id}` };
  const one = await start(['relay'], env);
  const two = await start(['discord', 'telegram'], env);
  await two.logged('program.ready');
  await one.logged('relay.completed');
  const answers = () =>
    telegram
      .messages(telegram.reader)
      .filter(({ byBot }) => byBot)
      .map(({ message }) => message.text ?? '');
  const say = (text: string) => telegram.say({ chat: telegram.reader, user: telegram.reader, text });

  say('/suggest how tides are predicted');
  const letter = await inbox.next();
  expect(letter.words).toContain('> how tides are predicted');
  await eventually(() => answers().length === 1);
  expect(answers()[0]).toContain('Thanks!');
  await inbox.reply(letter, 'In the spring issue.');
  await eventually(() => answers().length === 2);
  expect(answers()[1]).toContain('In the spring issue.');

  // Both are on both pages, and in what readers see.
  for (const { page } of [one, two])
    await eventually(async () => {
      const text = await page();
      const isThere = ['relay', 'discord', 'telegram'].every((role) => text.includes(`<bdi>${role}</bdi>`));
      return isThere && text.includes('✓ live');
    });
  say('/status');
  await eventually(() => answers().length === 3);
  expect(answers()[2]).toContain('Connected to 1 of 1 relay');
  expect(answers()[2]).toContain('Everything is working.');
});
