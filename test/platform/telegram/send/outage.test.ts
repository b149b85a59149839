import { expect, test } from 'vitest';
import type { Fault } from '../../../../sandbox/telegram/http/faults.ts';
import type { Block } from '../../../../src/note/document.ts';
import { ready } from '../../../ready.fixture.ts';
import { botTexts, callsOf, destinationOf, startInstance, startTestTelegram } from '../instance.fixture.ts';
import { documentOf } from '../platform.fixture.ts';

const page = (status: number): Fault['effect'] => ({
  kind: 'page',
  status,
  body: `<html><h1>${status}</h1></html>`,
});
const broken: Fault['effect'] = { kind: 'refuse', code: 500, description: 'Internal Server Error' };
const lost: Fault['effect'] = { kind: 'reset', when: 'after' };
const pictures: Block = {
  type: 'media',
  items: ['a.jpg', 'b.jpg'].map((name) => ({
    kind: 'image',
    url: `https://media.example/${name}`,
    alternatives: [],
  })),
};

async function harbour() {
  const telegram = await startTestTelegram();
  const instance = startInstance(telegram);
  const reader = telegram.person({ firstName: 'Wren' });
  await instance.subscriptions.subscribe(destinationOf(reader));
  async function postponed(): Promise<void> {
    await expect
      .poll(() => instance.store.deliveries.nextDueMs('telegram', 0))
      .toBeGreaterThan(instance.desk.now());
  }
  return { telegram, instance, reader, postponed };
}

test.each([
  ['a gateway’s page', page(502)],
  ['a gateway time-out', page(504)],
  ['a proxy that refuses everything', page(403)],
  ['a missing page', page(404)],
  ['a server error', broken],
])('every note arrives once and in order in spite of %s', async (_, effect) => {
  const { telegram, instance, reader, postponed } = await harbour();
  const times = 4;
  telegram.fault({ times, effect });
  await instance.publish('one', 'two', 'three');
  for (let n = 0; n < times; n += 1) {
    await telegram.until(() => telegram.calls.filter(({ status }) => status >= 400).length > n);
    await postponed();
    await instance.later();
  }
  await telegram.until(() => botTexts(telegram, reader).length === 3);
  expect(botTexts(telegram, reader)).toEqual(['one', 'two', 'three']);
});

test('after hours of outage, each note arrives once', async () => {
  const { telegram, instance, reader, postponed } = await harbour();
  const back = telegram.fault({ times: Number.POSITIVE_INFINITY, effect: page(502) });
  await instance.publish('one', 'two');
  for (let hours = 0; hours < 3; ) {
    await postponed();
    const before = instance.desk.now();
    await instance.later();
    hours += (instance.desk.now() - before) / 3_600_000;
  }
  // The uncertain message was sent once. After that, only probes were made.
  expect(callsOf(telegram, 'sendMessage')).toHaveLength(1);
  await postponed();
  back();
  await instance.later();
  await telegram.until(() => botTexts(telegram, reader).length === 2);
  expect(botTexts(telegram, reader)).toEqual(['one', 'two']);
});

test('a refused connection leaves nothing uncertain', async () => {
  const { telegram, instance, reader } = await harbour();
  await telegram.stop();
  expect(await instance.send(reader)).toMatchObject({
    status: 'retry',
    scope: 'destination',
    uncertain: false,
  });
});

test('a lost response is followed by one repeat, and counted', async () => {
  const { telegram, instance, reader, postponed } = await harbour();
  telegram.fault({ method: 'sendMessage', effect: lost });
  await instance.publish('one');
  await postponed();
  await instance.later();
  await telegram.until(() => botTexts(telegram, reader).length === 2);
  expect(botTexts(telegram, reader)).toEqual(['one', 'one']);
  const counted = instance.delivery.counters.all().find(({ name }) => name === 'messages_in_doubt_total');
  expect(counted?.value).toBe(1);
});

test("a lost response isn't followed by a repeat during an outage", async () => {
  const { telegram, instance, reader } = await harbour();
  telegram.fault({ method: 'sendMessage', effect: lost });
  telegram.fault({ method: 'getMe', times: 2, effect: page(502) });
  expect(await instance.send(reader)).toMatchObject({ status: 'retry', uncertain: true });
  for (let n = 0; n < 2; n += 1)
    expect(await instance.send(reader)).toMatchObject({ status: 'retry', uncertain: false });
  expect(botTexts(telegram, reader)).toEqual(['Salt']);
  expect(await instance.send(reader)).toMatchObject({ status: 'sent' });
});

test('after two lost responses, pictures are linked instead', async () => {
  const { telegram, instance, reader } = await harbour();
  telegram.fault({ method: 'sendMediaGroup', times: 2, effect: lost });
  const document = [...documentOf('Salt'), pictures];
  for (let n = 0; n < 2; n += 1)
    expect(await instance.send(reader, document)).toMatchObject({ status: 'retry', uncertain: true });
  expect(await instance.send(reader, document)).toMatchObject({ status: 'sent' });
  expect(botTexts(telegram, reader)).toEqual(['Salt', undefined, 'Salt', undefined, 'Salt\n\nimage\nimage']);
});

test('an edit with a lost response is made once', async () => {
  const { telegram, instance, reader } = await harbour();
  const sent = await instance.send(reader);
  const receipt = 'receipt' in sent ? sent.receipt : '';
  telegram.fault({ method: 'editMessageText', effect: lost });
  const [body] = instance.platform.render(ready(documentOf('Pepper')), 'classic');
  expect(await instance.platform.edit(destinationOf(reader), receipt, body!)).toMatchObject({
    status: 'retry',
  });
  expect(await instance.platform.edit(destinationOf(reader), receipt, body!)).toEqual({
    status: 'sent',
    receipt,
  });
  expect(botTexts(telegram, reader)).toEqual(['Pepper']);
});

test.each(['edit', 'remove'] as const)('an unknown refusal is retried only once: %s', async (what) => {
  const { telegram, instance, reader } = await harbour();
  const sent = await instance.send(reader);
  const receipt = 'receipt' in sent ? sent.receipt : '';
  telegram.fault({
    times: Number.POSITIVE_INFINITY,
    effect: { kind: 'refuse', code: 400, description: 'Bad Request: the moon is full' },
  });
  const [body] = instance.platform.render(ready(documentOf('Pepper')), 'classic');
  const change = () =>
    what === 'edit'
      ? instance.platform.edit(destinationOf(reader), receipt, body!)
      : instance.platform.remove(destinationOf(reader), receipt);
  expect(await change()).toMatchObject({ status: 'retry' });
  expect(await change()).toMatchObject({ status: 'rejected' });
});

test('a slow chat delays no other', async () => {
  const { telegram, instance, reader } = await harbour();
  const other = telegram.person({ firstName: 'Tam' });
  await instance.subscriptions.subscribe(destinationOf(other));
  const { promise, resolve } = Promise.withResolvers<void>();
  telegram.fault({
    when: (fields) => fields['chat_id'] === String(reader.id),
    effect: { kind: 'hold', until: promise },
  });
  await instance.publish('one', 'two');
  await telegram.until(() => botTexts(telegram, other).length === 2);
  expect(botTexts(telegram, reader)).toEqual([]);
  resolve();
  await telegram.until(() => botTexts(telegram, reader).length === 2);
});
