import { expect, onTestFinished, test } from 'vitest';
import { silent } from '../../src/log.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { idOf, noteOf, old } from '../contract/store-notes.ts';

test('a long note that is asked for again is made once, the last sixteen of them', async () => {
  const made: string[] = [];
  const store = openStore({
    path: ':memory:',
    log: silent,
    noteFrom(event) {
      made.push(event.id);
      return noteOf(event);
    },
  });
  onTestFinished(() => store.close());
  const names = Array.from({ length: 17 }, (_, n) => `long ${n}`);
  const words = 'tide '.repeat(4_000);
  await store.accept(names.map((name) => old({ name, words: `${name} ${words}` })));
  made.length = 0;

  for (let time = 0; time < 6; time += 1) await store.find(idOf('long 0'));
  expect(made).toEqual([idOf('long 0')]);
  for (const name of names.slice(1)) await store.find(idOf(name));
  await store.find(idOf('long 0'));
  expect(made.filter((id) => id === idOf('long 0'))).toHaveLength(2);
});
