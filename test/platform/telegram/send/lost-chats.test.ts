import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { ready } from '../../../ready.fixture.ts';
import {
  botTexts,
  callsOf,
  destinationOf,
  type Instance,
  startInstance,
  startTestTelegram,
} from '../instance.fixture.ts';

const { fixes } = en.telegram;
const DAY_MS = 86_400_000;

/** A reader and a group with its owner, who both get the notes, and another reader who is never affected. */
async function harbour() {
  const telegram = await startTestTelegram();
  const instance = startInstance(telegram);
  const [reader, other, owner] = ['Wren', 'Tam', 'Ada'].map((firstName) => telegram.person({ firstName }));
  const group = telegram.supergroup({ title: 'Harbour', owner: owner!, bot: 'member' });
  for (const chat of [reader!, other!, group]) await instance.subscriptions.subscribe(destinationOf(chat));
  return { telegram, instance, reader: reader!, other: other!, owner: owner!, group };
}

const stateOf = async ({ store }: Instance, chat: { readonly id: number }) =>
  (await store.destinations.get(destinationOf(chat)))?.state;
async function until(instance: Instance, chat: { readonly id: number }, state: string): Promise<void> {
  await expect.poll(() => stateOf(instance, chat)).toBe(state);
}

/** Publishes a note, and waits until the unaffected reader has it. */
async function publish({ telegram, instance, other }: Awaited<ReturnType<typeof harbour>>, words: string) {
  await instance.publish(words);
  await telegram.until(() => botTexts(telegram, other).includes(words));
}

test("a user who blocks the bot isn't tried again", async () => {
  const world = await harbour();
  const { telegram, instance, reader } = world;
  telegram.block(reader);
  await publish(world, 'one');
  await until(instance, reader, 'gone');
  expect(await instance.store.destinations.get(destinationOf(reader))).toMatchObject({
    reason: fixes.blocked,
  });
  await publish(world, 'two');
  const tried = callsOf(telegram, 'sendMessage').filter(({ payload }) => payload['chat_id'] === reader.id);
  expect(tried).toHaveLength(1);
});

test("a deleted account isn't tried again", async () => {
  const world = await harbour();
  world.telegram.deactivate(world.reader);
  await publish(world, 'one');
  await until(world.instance, world.reader, 'gone');
  expect(await world.instance.store.destinations.get(destinationOf(world.reader))).toMatchObject({
    reason: fixes.deactivated,
  });
});

test('a group that removes the bot gets nothing, even without an update', async () => {
  const world = await harbour();
  const { telegram, instance, group } = world;
  // The platform isn't started, so it gets no updates.
  telegram.setStatus(group, telegram.bot, 'kicked');
  await publish(world, 'one');
  await until(instance, group, 'gone');
  expect(await instance.store.destinations.get(destinationOf(group))).toMatchObject({
    reason: fixes.kicked,
  });
  expect(botTexts(telegram, group)).toEqual([]);
});

test('a user who unblocks the bot gets notes from where they stopped', async () => {
  const world = await harbour();
  const { telegram, instance, reader } = world;
  await instance.start();
  telegram.block(reader);
  await until(instance, reader, 'gone');
  await publish(world, 'while blocked');
  telegram.unblock(reader);
  await until(instance, reader, 'active');
  await publish(world, 'after');
  await telegram.until(() => botTexts(telegram, reader).length === 2);
  expect(botTexts(telegram, reader)).toEqual(['while blocked', 'after']);
});

test('a user who blocked the bot and taps Start gets new notes only', async () => {
  const world = await harbour();
  const { telegram, instance, reader } = world;
  telegram.block(reader);
  await publish(world, 'while blocked');
  await until(instance, reader, 'gone');
  // As if it happened before the updates that Telegram keeps.
  telegram.unblock(reader);
  telegram.forgetUpdates();
  await instance.start();
  telegram.say({ chat: reader, user: reader, text: '/start' });
  await telegram.until(() => botTexts(telegram, reader).length === 1);
  await publish(world, 'after');
  await telegram.until(() => botTexts(telegram, reader).length === 2);
  expect(botTexts(telegram, reader)).toEqual(['Salt', 'after']);
});

test('a group that adds the bot again resumes, and old posts can be deleted', async () => {
  const world = await harbour();
  const { telegram, instance, group } = world;
  await instance.start();
  await publish(world, 'before');
  await telegram.until(() => botTexts(telegram, group).length === 1);
  telegram.setStatus(group, telegram.bot, 'kicked');
  await until(instance, group, 'gone');
  await publish(world, 'while away');
  telegram.setStatus(group, telegram.bot, 'member');
  await until(instance, group, 'active');
  await publish(world, 'after');
  await telegram.until(() => botTexts(telegram, group).length === 3);
  expect(botTexts(telegram, group)).toEqual(['before', 'while away', 'after']);
  const [before] = (await instance.store.archive.latest({ count: 3 })).toReversed();
  await instance.store.journal.delete({
    id: 'de'.repeat(32),
    createdAt: 0,
    ids: [before!.id],
    addresses: [],
  });
  instance.delivery.wake();
  await telegram.until(() => botTexts(telegram, group).length === 2);
  expect(botTexts(telegram, group)).toEqual(['while away', 'after']);
});

test('a topic comes back with its group', async () => {
  const world = await harbour();
  const { telegram, instance, owner } = world;
  const forum = telegram.supergroup({ title: 'Quay', forum: true, owner, bot: 'member' });
  const topic = telegram.createTopic(forum, 'Notes');
  await instance.subscriptions.subscribe(destinationOf(forum, topic));
  await instance.start();
  telegram.setStatus(forum, telegram.bot, 'left');
  const state = async () => (await instance.store.destinations.get(destinationOf(forum, topic)))?.state;
  await expect.poll(state).toBe('gone');
  telegram.setStatus(forum, telegram.bot, 'member');
  await expect.poll(state).toBe('active');
});

test('a public chat configured by name is recognized', async () => {
  const { telegram, instance } = await harbour();
  const channel = telegram.channel({ title: 'Harbour', username: 'Harbour_News', bot: 'administrator' });
  await instance.subscriptions.applyConfig('telegram', ['@harbour_news']);
  await instance.start();
  const state = async () => (await instance.store.destinations.get('telegram:@harbour_news'))?.state;
  telegram.setStatus(channel, telegram.bot, 'kicked');
  await expect.poll(state).toBe('gone');
  telegram.setStatus(channel, telegram.bot, 'administrator');
  await expect.poll(state).toBe('active');
});

test('a gone destination is remembered for thirty days', async () => {
  const world = await harbour();
  const { telegram, instance, reader, group } = world;
  await instance.start();
  telegram.block(reader);
  telegram.setStatus(group, telegram.bot, 'kicked');
  await until(instance, reader, 'gone');
  await until(instance, group, 'gone');
  await instance.store.maintain(Date.now() + 29 * DAY_MS);
  telegram.unblock(reader);
  await until(instance, reader, 'active');
  await instance.store.maintain(Date.now() + 31 * DAY_MS);
  expect(await stateOf(instance, reader)).toBe('active');
  expect(await stateOf(instance, group)).toBeUndefined();
});

test(`one false "chat not found" doesn't lose the note`, async () => {
  const world = await harbour();
  const { telegram, instance, reader } = world;
  telegram.fault({
    when: (fields) => fields['chat_id'] === String(reader.id),
    effect: { kind: 'refuse', code: 400, description: 'Bad Request: chat not found' },
  });
  await publish(world, 'one');
  await expect.poll(() => instance.store.deliveries.nextDueMs('telegram', 0)).toBeDefined();
  expect(callsOf(telegram, 'getChat')).toHaveLength(1);
  await instance.later();
  await telegram.until(() => botTexts(telegram, reader).length === 1);
});

test('repeated false "chat not found" only suspends a chat', async () => {
  const world = await harbour();
  const { telegram, instance, reader } = world;
  telegram.fault({
    method: 'sendMessage',
    times: 2,
    when: (fields) => fields['chat_id'] === String(reader.id),
    effect: { kind: 'refuse', code: 400, description: 'Bad Request: chat not found' },
  });
  await publish(world, 'one');
  await expect.poll(() => instance.store.deliveries.nextDueMs('telegram', 0)).toBeDefined();
  await instance.later();
  await until(instance, reader, 'suspended');
  await instance.subscriptions.probe();
  await telegram.until(() => botTexts(telegram, reader).length === 1);
});

test.each(['send', 'edit', 'remove'] as const)(
  'a missing chat counts as gone after any call: %s',
  async (what) => {
    const { instance } = await harbour();
    const { platform } = instance;
    const [body] = platform.render(ready([]), 'classic');
    const receipt = '-100999:7';
    const tries = {
      send: () => platform.send('telegram:-100999', body!, 'k'),
      edit: () => platform.edit('telegram:-100999', receipt, body!),
      remove: () => platform.remove('telegram:-100999', receipt),
    };
    expect(await tries[what]()).toMatchObject({ status: 'unreachable', gone: true, fix: fixes.notFound });
  },
);

test('a migrated group gets the note, and old posts stay editable', async () => {
  const { telegram, instance, owner } = await harbour();
  const group = telegram.group({ title: 'Salt', owner, bot: 'member' });
  await instance.subscriptions.subscribe(destinationOf(group));
  await instance.publish('old');
  await telegram.until(() => botTexts(telegram, group).length === 1);
  // The platform isn't started, so only the failed send reveals it.
  const supergroup = telegram.migrate(group);
  await instance.publish('new');
  await telegram.until(() => botTexts(telegram, supergroup).length === 1);
  instance.desk.advance(1_000);
  expect(await instance.store.destinations.get(destinationOf(group))).toBeUndefined();
  const [, old] = await instance.store.archive.latest({ count: 2 });
  await instance.store.journal.delete({ id: 'de'.repeat(32), createdAt: 0, ids: [old!.id], addresses: [] });
  instance.delivery.wake();
  await telegram.until(() => botTexts(telegram, group)[0] === en.platform.removed);
  expect(botTexts(telegram, supergroup)).toEqual(['new']);
});
