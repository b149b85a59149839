import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import type { VerifiedEvent } from '../../../../src/note/note.ts';
import type { Store } from '../../../../src/store/store.ts';
import { idOf, noteOf, old } from '../../../contract/store-notes.fixture.ts';
import { openMemoryStore } from '../../memory-store.fixture.ts';

const WORDS = 'tide '.repeat(4_000);

/** A store that records which long notes are parsed, and refuses to parse them synchronously. */
function storeOfLong(): { readonly store: Store; readonly read: string[] } {
  const read: string[] = [];
  const store = openMemoryStore({
    log: silentLog,
    noteFrom(event) {
      if (event.content.length > 16_384) throw new Error(`${event.id} was made at once`);
      return noteOf(event);
    },
    async readNote(event: VerifiedEvent) {
      read.push(event.id);
      return noteOf(event);
    },
  });
  onTestFinished(() => store.close());
  return { store, read };
}

const named = (name: string) => old({ name, words: `${name} ${WORDS}`, title: 'Tides' });
const names = Array.from({ length: 20 }, (_, n) => `long ${n}`);

test('the last sixteen long notes are parsed once', async () => {
  const { store, read } = storeOfLong();
  await store.journal.accept(names.map(named));
  for (let time = 0; time < 6; time += 1) await store.archive.find(idOf('long 0'));
  expect(read).toEqual([idOf('long 0')]);
  for (const name of names.slice(1)) await store.archive.find(idOf(name));
  await store.archive.find(idOf('long 0'));
  expect(read.filter((id) => id === idOf('long 0'))).toHaveLength(2);
});

test('a note that was just archived is not parsed again', async () => {
  const { store, read } = storeOfLong();
  await store.journal.accept([named('long 0')]);
  expect(await store.archive.find(idOf('long 0'))).toMatchObject({ title: 'Tides' });
  expect(read).toEqual([]);
});

test('lists, series and random notes parse long notes asynchronously', async () => {
  const { store, read } = storeOfLong();
  await store.journal.accept(names.map(named));
  expect(await store.archive.latest({ count: 20 })).toHaveLength(20);
  expect((await store.archive.notesInSeries('tides', { count: 20 })).notes).toHaveLength(20);
  expect(await store.archive.randomNote(0, ['note'])).toBeDefined();
  expect(read.length).toBeGreaterThan(0);
});

test('deliveries wait for more long notes than are cached', async () => {
  const { store, read } = storeOfLong();
  await store.destinations.subscribe({ id: 'discord:1', source: 'command' });
  await store.journal.accept(names.map((name) => ({ ...named(name), news: true })));
  const far = { count: 1, beforeS: 1e10, flood: 1 };
  const [task] = await store.deliveries.nextTasks('discord', 1e13, 1, new Set(), far);
  expect(task?.catchUp?.notes).toHaveLength(20);
  expect(read.length).toBeGreaterThan(0);
});
