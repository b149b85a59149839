import { expect, test } from 'vitest';
import type { FakeTelegram } from '../../../../sandbox/telegram/telegram.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { paragraph, text } from '../../../../src/note/document.ts';
import { ready } from '../../../ready.fixture.ts';
import { call } from '../../../sandbox/telegram/call.fixture.ts';
import {
  botTexts,
  destinationOf,
  type Instance,
  startInstance,
  startTestTelegram,
} from '../instance.fixture.ts';

const { standby, shared } = en.telegram.errors;
const MINUTE = 60_000;

const interruptions = ({ calls }: FakeTelegram): number =>
  calls.filter(({ status }) => status === 409).length;

/** Starts the only instance, and waits until its request for updates is being held. */
async function begin(telegram: FakeTelegram, instance: Instance): Promise<void> {
  await instance.start();
  await telegram.until(() => telegram.polling);
}

async function end(telegram: FakeTelegram, { platform }: Instance): Promise<void> {
  await platform.stop();
  await telegram.until(() => !telegram.polling);
}

/** Gives a polling instance a minute without interruption. */
async function quietMinute(telegram: FakeTelegram, { clock }: Instance): Promise<void> {
  await telegram.until(() => telegram.polling);
  clock.advance(MINUTE);
  telegram.endPoll();
  await telegram.until(() => telegram.polling);
}

/** Lets a waiting instance poll again, which interrupts the other one. */
async function wakes(telegram: FakeTelegram, { clock }: Instance, ms = 5_000): Promise<void> {
  await expect.poll(() => clock.waiting).toBe(1);
  const before = interruptions(telegram);
  clock.advance(ms);
  await telegram.until(() => interruptions(telegram) > before);
}

/** An instance that has been running for a while, and one started by mistake, which has gone on standby. */
async function mistake() {
  const telegram = await startTestTelegram();
  const channel = telegram.channel({ title: 'Harbour', bot: 'administrator' });
  const [first, second] = [startInstance(telegram), startInstance(telegram)];
  for (const { subscriptions } of [first, second]) await subscriptions.subscribe(destinationOf(channel));
  await begin(telegram, first);
  await quietMinute(telegram, first);
  await second.start();
  await telegram.until(() => interruptions(telegram) === 1);
  for (const one of [first, second, first, second, first]) await wakes(telegram, one);
  await expect.poll(() => second.clock.waiting).toBe(1);
  return { telegram, channel, first, second };
}

test('a second instance still sends urgent messages', async () => {
  const { telegram, channel, second } = await mistake();
  const { platform } = second;
  const [body] = platform.render(ready([paragraph(text('Two of us'))]), '');
  const send = (urgent: boolean) => platform.send(destinationOf(channel), body!, `${urgent}`, { urgent });
  expect((await send(false)).status).toBe('retry');
  expect((await send(true)).status).toBe('sent');
  expect([platform.obstacle?.(), botTexts(telegram, channel)]).toEqual(['standby', ['Two of us']]);
});

test('a second instance says so once and posts nothing', async () => {
  const { telegram, channel, first, second } = await mistake();
  expect(second.platform.error()).toBe(standby);
  for (const instance of [first, second]) await instance.publish('Fog at ten');
  await telegram.until(() => botTexts(telegram, channel).length > 0);
  await expect.poll(() => second.store.deliveries.nextDueMs('telegram', 0)).toBeDefined();
  expect(botTexts(telegram, channel)).toEqual(['Fog at ten']);
  // It polls once, and goes back to standby.
  await wakes(telegram, second, MINUTE);
  await wakes(telegram, first);
  await second.later();
  await expect.poll(() => second.clock.waiting).toBe(1);
  expect(botTexts(telegram, channel)).toEqual(['Fog at ten']);
  expect(second.lines('token.standby')).toHaveLength(1);
  expect(second.lines('token.standby')[0]).toContain(standby);
  expect(await second.store.stats.totals()).toMatchObject({ waiting: 1, destinations: { active: 1 } });
});

test('the first instance goes on and reports the other one', async () => {
  const { telegram, channel, first, second } = await mistake();
  expect(first.platform.error()).toBe(shared);
  expect(first.lines('token.shared')).toHaveLength(1);
  await first.publish('Fog at ten');
  await telegram.until(() => botTexts(telegram, channel).length === 1);
  const reader = telegram.person({ firstName: 'Wren' });
  // The command arrives while the second instance polls, which leaves it to the first.
  await wakes(telegram, second, MINUTE);
  telegram.say({ chat: reader, user: reader, text: '/latest' });
  await expect.poll(() => second.clock.waiting).toBe(1);
  first.clock.advance(5_000);
  await telegram.until(() => botTexts(telegram, reader).length === 1);
  await quietMinute(telegram, first);
  await expect.poll(() => first.platform.error()).toBeUndefined();
  expect(first.lines('token.regained')).toHaveLength(1);
});

test('a second instance takes over when the first is gone', async () => {
  const { telegram, channel, first, second } = await mistake();
  await second.publish('Fog at ten');
  await expect.poll(() => second.store.deliveries.nextDueMs('telegram', 0)).toBeDefined();
  await end(telegram, first);
  second.clock.advance(MINUTE);
  await quietMinute(telegram, second);
  await expect.poll(() => second.platform.error()).toBeUndefined();
  await second.later();
  await telegram.until(() => botTexts(telegram, channel).length === 1);
  expect(botTexts(telegram, channel)).toEqual(['Fog at ten']);
  const reader = telegram.person({ firstName: 'Wren' });
  telegram.say({ chat: reader, user: reader, text: '/latest' });
  await telegram.until(() => botTexts(telegram, reader).length === 1);
});

test('an overlapping restart goes unnoticed', async () => {
  const telegram = await startTestTelegram();
  const channel = telegram.channel({ title: 'Harbour', bot: 'administrator' });
  const [old, next] = [startInstance(telegram), startInstance(telegram)];
  await next.subscriptions.subscribe(destinationOf(channel));
  await begin(telegram, old);
  await quietMinute(telegram, old);
  await next.start();
  for (const one of [old, next, old]) await wakes(telegram, one);
  await end(telegram, old);
  await expect.poll(() => next.clock.waiting).toBe(1);
  await next.publish('Fog at ten');
  await telegram.until(() => botTexts(telegram, channel).length === 1);
  next.clock.advance(5_000);
  await quietMinute(telegram, next);
  expect(next.lines('token.standby')).toEqual([]);
  await expect.poll(() => next.platform.error()).toBeUndefined();
});

test('of two that start together, one goes on standby', async () => {
  const telegram = await startTestTelegram();
  const [one, other] = [startInstance(telegram), startInstance(telegram)];
  await begin(telegram, one);
  await other.start();
  await telegram.until(() => interruptions(telegram) === 1);
  for (const next of [one, other, one, other]) await wakes(telegram, next);
  await expect.poll(() => one.platform.error()).toBe(standby);
  await quietMinute(telegram, other);
  // The first instance polls again, which comes too late to displace the other.
  await wakes(telegram, one, MINUTE);
  await wakes(telegram, other);
  await expect.poll(() => one.clock.waiting).toBe(1);
  expect([one, other].map(({ platform }) => platform.error())).toEqual([standby, shared]);
});

test("another kind of program with the token doesn't stop us", async () => {
  const telegram = await startTestTelegram();
  const channel = telegram.channel({ title: 'Harbour', bot: 'administrator' });
  const instance = startInstance(telegram);
  await instance.subscriptions.subscribe(destinationOf(channel));
  await begin(telegram, instance);
  await quietMinute(telegram, instance);
  for (let n = 0; n < 5; n += 1) {
    const foreign = call(telegram, 'getUpdates', { timeout: 30 });
    await expect.poll(() => instance.clock.waiting).toBe(1);
    instance.clock.advance(5_000);
    expect(await foreign).toMatchObject({ error_code: 409 });
    await telegram.until(() => telegram.polling);
  }
  expect(instance.platform.error()).toBe(shared);
  expect(instance.lines('token.shared')).toHaveLength(1);
  await instance.publish('Fog at ten');
  await telegram.until(() => botTexts(telegram, channel).length === 1);
});
