import { expect, test } from 'vitest';
import { textsFor } from '../../src/i18n/texts.ts';
import { shortNpub } from '../../src/note/pointer.ts';
import { noteToDocument } from '../../src/note/present/note-to-document.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { asked, ida, idaProfile, lookupOver, mentioning } from '../relays/lookup/lookup.fixture.ts';
import { isRequest, sandboxRelay } from '../relays/relays.fixture.ts';
import { fakePlatform, manualClock, memoryStore, noteSaying, startDeliveryLoop } from './delivery.fixture.ts';

const PLACES = ['discord:1', 'discord:2', 'discord:3'];

/** A delivery to three places, with names looked up at one relay. */
async function deliveryWith(relay: Awaited<ReturnType<typeof sandboxRelay>>) {
  const store = memoryStore();
  for (const id of PLACES)
    await store.destinations.subscribe({
      id,
      source: 'command',
      preferences: { ...DEFAULT_PREFERENCES, style: 'card', postTypes: ['note'] },
    });
  const lookup = lookupOver({ relays: [relay] });
  const { platform, told, heard } = fakePlatform();
  const delivery = startDeliveryLoop(store, platform, manualClock(), async (note) =>
    noteToDocument(note, textsFor('en'), await lookup.resolve(note)),
  );
  async function announce(note: ReturnType<typeof mentioning>): Promise<void> {
    await store.journal.accept([{ note, news: true }]);
    delivery.wake();
  }
  return { announce, told, heard, clock: lookup.clock, delivery };
}

test('a mentioned name is looked up once', async () => {
  const relay = await sandboxRelay();
  relay.publish(idaProfile);
  const { announce, told, heard } = await deliveryWith(relay);
  await announce(mentioning());
  await heard(3);
  for (const id of PLACES)
    expect(told.some((line) => line.startsWith(`send ${id} Ask @Ida Moor.`))).toBe(true);
  expect(asked(relay)).toHaveLength(1);
});

test('without an answer the key is shown in time', async () => {
  const relay = await sandboxRelay();
  relay.faults.set({ mute: true });
  const { announce, told, heard, clock } = await deliveryWith(relay);
  await announce(mentioning());
  await relay.received(isRequest);
  clock.advance(2_499);
  await new Promise(setImmediate);
  expect(told).toEqual([]);
  clock.advance(1);
  await heard(3);
  for (const id of PLACES)
    expect(told.some((line) => line.startsWith(`send ${id} Ask @${shortNpub(ida.pubkey)}.`))).toBe(true);
});

test('a lookup holds up only its own destination', async () => {
  const relay = await sandboxRelay();
  relay.faults.set({ mute: true });
  const { announce, told, heard, clock } = await deliveryWith(relay);
  await announce(noteSaying('First.'));
  await heard(3);
  await announce(mentioning());
  await announce(noteSaying('Third.'));
  await relay.received(isRequest);
  clock.advance(2_500);
  await heard(9);
  const first = told.filter((line) => line.includes('discord:1')).map((line) => line.split(' ')[2]);
  expect(first).toEqual(['First.', 'Ask', 'Third.']);
});

test('stopping during a lookup posts nothing', async () => {
  const relay = await sandboxRelay();
  relay.faults.set({ mute: true });
  const { announce, told, delivery, clock } = await deliveryWith(relay);
  await announce(mentioning());
  await relay.received(isRequest);
  const stopped = delivery.stop();
  clock.advance(2_500);
  await stopped;
  expect(told).toEqual([]);
});
