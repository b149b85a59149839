import { expect, test } from 'vitest';
import { openAuthorBook } from '../../src/nostr/author-book.ts';
import type { VerifiedEvent } from '../../src/note/note.ts';
import { alice } from './support.ts';

const shelf = new Map<string, VerifiedEvent>();
const open = () =>
  openAuthorBook(alice.pubkey, {
    get: async (key) => shelf.get(key),
    set: async (key, event) => shelf.set(key, event),
  });
const list = (kind: number, tags: readonly (readonly string[])[]) =>
  alice.note('', { kind, tags }) as VerifiedEvent;

test('letters go where the author says, else where the author reads, also after a restart', async () => {
  const book = await open();
  expect(book.inbox()).toEqual([]);
  await book.take(
    list(10_002, [
      ['r', 'wss://write.example', 'write'],
      ['r', 'wss://read.example', 'read'],
      ['r', 'wss://both.example'],
    ]),
  );
  expect(book.inbox()).toEqual(['wss://read.example/', 'wss://both.example/']);
  await book.take(
    list(10_050, [['relay', 'wss://inbox.example'], ['relay', 'https://no.example'], ['relay']]),
  );
  expect(book.inbox()).toEqual(['wss://inbox.example/']);
  expect((await open()).inbox()).toEqual(['wss://inbox.example/']);
  // A list that names nothing says nothing.
  await book.take(list(10_050, []));
  expect(book.inbox()).toEqual(['wss://read.example/', 'wss://both.example/']);
});
