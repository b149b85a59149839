import { expect, onTestFinished, test } from 'vitest';
import { type Log, silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { SendResult } from '../../src/platform/platform.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { openDatabase } from '../../src/store/sqlite/open-database.ts';
import { createStore } from '../../src/store/sqlite/open-store.ts';
import { createStoreRetry } from '../../src/store/store-retry.ts';
import { fakePlatform, manualClock, noteSaying, startDeliveryLoop } from '../delivery/delivery.fixture.ts';

const A = 'telegram:1';

/** A real store that can be made to fail as the engine does, with its retries and what was logged. */
async function fragile() {
  const db = openDatabase(':memory:', silentLog);
  const store = createStore(db, { log: silentLog, noteFrom: eventToNote });
  onTestFinished(() => store.close());
  await store.destinations.subscribe({
    id: A,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, postTypes: ['note'] },
  });
  const clock = manualClock();
  const logged: string[] = [];
  const note = (event: string) => void logged.push(event);
  const log: Log = { ...silentLog, info: note, warn: note, error: note };
  const stopping = new AbortController();
  const patience = createStoreRetry({ store, log, clock, signal: stopping.signal });
  const pages = () => Number(Object.values(db.prepare('PRAGMA page_count').get() ?? {})[0]);
  return {
    store,
    patient: patience.store,
    patience,
    clock,
    logged,
    stopping,
    /** As on a full disk, or one that is mounted read-only. */
    setReadOnly: (is: boolean) => db.exec(`PRAGMA query_only = ${is ? 'ON' : 'OFF'}`),
    setFull: (is: boolean) => db.exec(`PRAGMA max_page_count = ${is ? pages() : 1_000_000}`),
    accept: (...words: readonly string[]) =>
      patience.store.journal.accept(words.map((each) => ({ note: noteSaying(each), news: true }))),
  };
}

const LONG = 'ore '.repeat(5_000);

test('a full disk pauses intake without losing anything', async () => {
  const { store, accept, setFull, patience, clock, logged } = await fragile();
  setFull(true);
  const taken = accept(LONG, `${LONG} again`);
  await expect.poll(() => patience.error()).toBe('database or disk is full');
  for (let seconds = 0; seconds < 120; seconds += 5) {
    await expect.poll(() => clock.waiting).toBe(1);
    clock.advance(5_000);
  }
  await expect.poll(() => clock.waiting).toBe(1);
  expect(logged).toEqual(['store.failing', 'store.failing', 'store.failing']);
  setFull(false);
  clock.advance(5_000);
  expect(await taken).toEqual(['added', 'added']);
  expect((await store.stats.totals()).notes).toBe(2);
  expect(patience.error()).toBeUndefined();
  expect(logged.at(-1)).toBe('store.recovered');
});

test('a receipt that cannot be stored is retried, not sent again', async () => {
  const { store, patient, accept, setReadOnly, patience, clock } = await fragile();
  await accept('one', 'two');
  const failing = async (): Promise<SendResult> => {
    setReadOnly(true);
    return { status: 'sent', receipt: 'm1' };
  };
  const { platform, told, heard } = fakePlatform({ name: 'telegram', results: [failing] });
  const { counters } = startDeliveryLoop(patient, platform, clock);
  await heard(1);
  await expect.poll(() => patience.error()).toBe('attempt to write a readonly database');
  await expect.poll(() => clock.waiting).toBe(2);
  for (let tries = 0; tries < 3; tries += 1) {
    clock.advance(5_000);
    await expect.poll(() => clock.waiting).toBe(2);
  }
  expect(told).toHaveLength(1);
  setReadOnly(false);
  clock.advance(5_000);
  await heard(2);
  await expect.poll(async () => (await store.destinations.get(A))?.position).toBe(2);
  expect(told.map((line) => line.split(' ')[2])).toEqual(['one', 'two']);
  expect(counters.all().some(({ name }) => name === 'messages_in_doubt_total')).toBe(false);
});

test('nothing is sent before its intent is recorded', async () => {
  const { patient, accept, setReadOnly, patience, clock } = await fragile();
  await accept('one');
  const { platform, told, heard } = fakePlatform({ name: 'telegram' });
  const refusing = {
    ...patient,
    deliveries: {
      ...patient.deliveries,
      recordIntent: (...given: Parameters<typeof patient.deliveries.recordIntent>) => {
        setReadOnly(true);
        return patient.deliveries.recordIntent(...given);
      },
    },
  };
  startDeliveryLoop(refusing, platform, clock);
  await expect.poll(() => patience.error()).toBe('attempt to write a readonly database');
  expect(told).toEqual([]);
  setReadOnly(false);
  await expect.poll(() => clock.waiting).toBe(2);
  clock.advance(5_000);
  await heard(1);
});

test('of many waiting operations one tries', async () => {
  const { patience, clock, setReadOnly, store } = await fragile();
  setReadOnly(true);
  let tries = 0;
  const all = Promise.all(
    Array.from({ length: 20 }, () =>
      patience.retryUntilOk(() => {
        tries += 1;
        return store.check();
      }),
    ),
  );
  await expect.poll(() => clock.waiting).toBe(1);
  expect(tries).toBe(20);
  for (let n = 0; n < 3; n += 1) {
    clock.advance(5_000);
    await expect.poll(() => clock.waiting).toBe(1);
  }
  expect(tries).toBe(20);
  setReadOnly(false);
  clock.advance(5_000);
  await all;
  expect(tries).toBe(40);
});

test('shutdown does not wait for the disk', async () => {
  const { accept, setReadOnly, patience, stopping } = await fragile();
  setReadOnly(true);
  const taken = accept('one');
  await expect.poll(() => patience.error()).toBeDefined();
  stopping.abort();
  await expect(taken).rejects.toThrow('readonly');
});
