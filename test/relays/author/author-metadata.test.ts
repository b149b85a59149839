import { expect, test } from 'vitest';
import type { VerifiedEvent } from '../../../src/note/note.ts';
import { openAuthorMetadata } from '../../../src/relays/author/author-metadata.ts';
import { alice } from '../relays.fixture.ts';

const shelf = new Map<string, VerifiedEvent>();
const open = () =>
  openAuthorMetadata(alice.pubkey, {
    get: async (key) => shelf.get(key),
    set: async (key, event) => shelf.set(key, event),
  });
const list = (kind: number, tags: readonly (readonly string[])[]) =>
  alice.note('', { kind, tags }) as VerifiedEvent;

test('letters go where the author says, else where the author reads, also after a restart', async () => {
  const book = await open();
  expect(book.dmRelays()).toEqual([]);
  await book.update(
    list(10_002, [
      ['r', 'wss://write.example', 'write'],
      ['r', 'wss://read.example', 'read'],
      ['r', 'wss://both.example'],
    ]),
  );
  expect(book.dmRelays()).toEqual(['wss://read.example/', 'wss://both.example/']);
  await book.update(
    list(10_050, [['relay', 'wss://inbox.example'], ['relay', 'https://no.example'], ['relay']]),
  );
  expect(book.dmRelays()).toEqual(['wss://inbox.example/']);
  expect((await open()).dmRelays()).toEqual(['wss://inbox.example/']);
  // A list that names nothing says nothing.
  await book.update(list(10_050, []));
  expect(book.dmRelays()).toEqual(['wss://read.example/', 'wss://both.example/']);
});
