import { expect, test } from 'vitest';
import type { FakeTelegram } from '../../../../sandbox/telegram/telegram.ts';
import { botTexts, callsOf, destinationOf, startInstance, startTestTelegram } from '../instance.fixture.ts';

/** A program with `count` readers who get the notes. */
async function readers(count: number) {
  const telegram = await startTestTelegram();
  const instance = startInstance(telegram);
  const all = Array.from({ length: count }, (_, n) => telegram.person({ firstName: `Reader ${n}` }));
  for (const reader of all) await instance.subscriptions.subscribe(destinationOf(reader));
  return { telegram, instance, all };
}

/** The next message to each of these chats gets a 429. */
function tooMany(
  telegram: FakeTelegram,
  seconds: number,
  ...chats: readonly { readonly id: number }[]
): void {
  for (const { id } of chats)
    telegram.fault({
      method: 'sendMessage',
      when: (fields) => fields['chat_id'] === String(id),
      effect: {
        kind: 'refuse',
        code: 429,
        description: `Too Many Requests: retry after ${seconds}`,
        retryAfter: seconds,
      },
    });
}

const tried = (telegram: FakeTelegram, { id }: { readonly id: number }): number =>
  callsOf(telegram, 'sendMessage').filter(({ payload }) => payload['chat_id'] === id).length;

test('a 429 for one chat delays only that chat', async () => {
  const { telegram, instance, all } = await readers(3);
  const [busy, ...others] = all;
  tooMany(telegram, 7, busy!);
  await instance.publish('one', 'two');
  for (const reader of others) await telegram.until(() => botTexts(telegram, reader).length === 2);
  await expect
    .poll(() => instance.store.deliveries.nextDueMs('telegram', 0))
    .toBe(instance.desk.now() + 7_000);
  expect(botTexts(telegram, busy!)).toEqual([]);
  await instance.later();
  await telegram.until(() => botTexts(telegram, busy!).length === 2);
  expect(botTexts(telegram, busy!)).toEqual(['one', 'two']);
});

test('a wait of 30 s pauses all broadcasts, and nothing is lost', async () => {
  const { telegram, instance, all } = await readers(4);
  const [busy, ...others] = all;
  tooMany(telegram, 30, busy!);
  await instance.publish('one');
  await expect
    .poll(() => instance.store.deliveries.nextDueMs('telegram', 0))
    .toBe(instance.desk.now() + 30_000);
  await instance.publish('two');
  for (const chat of others)
    expect(await instance.send(chat)).toMatchObject({ status: 'retry', scope: 'platform', afterMs: 30_000 });
  expect(all.flatMap((chat) => botTexts(telegram, chat))).not.toContain('two');
  instance.clock.advance(30_000);
  await instance.later();
  for (const chat of all) await telegram.until(() => botTexts(telegram, chat).length === 2);
});

test('429s from several chats within seconds pause the bot', async () => {
  const { telegram, instance, all } = await readers(6);
  const [first, second, third, ...others] = all;
  tooMany(telegram, 4, first!, second!, third!);
  const scopes = [];
  for (const chat of [first!, second!, third!]) scopes.push(await instance.send(chat));
  expect(scopes).toMatchObject([{ scope: 'destination' }, { scope: 'destination' }, { scope: 'platform' }]);
  for (const chat of others)
    expect(await instance.send(chat)).toMatchObject({ status: 'retry', scope: 'platform' });
  instance.clock.advance(4_000);
  for (const chat of others) expect(await instance.send(chat)).toMatchObject({ status: 'sent' });
  expect(telegram.calls).toHaveLength(3 + others.length);
});

test("429s from one chat, or spread over time, don't pause the bot", async () => {
  const { telegram, instance, all } = await readers(3);
  const [first, second, third] = all;
  tooMany(telegram, 2, first!, first!, first!, second!, third!);
  for (const chat of [first!, first!, first!, second!])
    expect(await instance.send(chat)).toMatchObject({ status: 'retry', scope: 'destination' });
  instance.clock.advance(6_000);
  expect(await instance.send(third!)).toMatchObject({ status: 'retry', scope: 'destination' });
});

test('during a pause, users still get answers, one at a time', async () => {
  const { telegram, instance, all } = await readers(3);
  await instance.start();
  const [busy, ...askers] = all;
  tooMany(telegram, 60, busy!);
  await instance.publish('one');
  await telegram.until(() => tried(telegram, busy!) === 1);
  await expect.poll(() => instance.store.deliveries.nextDueMs('telegram', 0)).toBeDefined();
  const answers = () =>
    askers.flatMap((chat) => botTexts(telegram, chat).filter((words) => words === 'Salt')).length;
  for (const user of askers) telegram.say({ chat: user, user, text: '/latest' });
  for (const count of [1, 2]) {
    await expect.poll(() => instance.clock.waiting).toBe(1);
    expect(answers()).toBe(count - 1);
    instance.clock.advance(1_000);
    await telegram.until(() => answers() === count);
  }
});

test('a 429 on an answer pauses broadcasts as well', async () => {
  const { telegram, instance, all } = await readers(2);
  await instance.start();
  const [asker, reader] = all;
  tooMany(telegram, 45, asker!);
  telegram.say({ chat: asker!, user: asker!, text: '/latest' });
  await telegram.until(() => tried(telegram, asker!) === 1);
  await expect
    .poll(() => instance.send(reader!))
    .toMatchObject({ status: 'retry', scope: 'platform', afterMs: 45_000 });
});
