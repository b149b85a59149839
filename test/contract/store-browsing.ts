import { expect, test } from 'vitest';
import type { PostType } from '../../src/note/post-types.ts';
import type { StoreContext } from './store-engine.fixture.ts';
import { deleteNotes, idOf, note, old, T0 } from './store-notes.fixture.ts';

export function describeBrowsing(context: StoreContext): void {
  const tagged = (name: string, ...hashtags: string[]) => old({ name, hashtags });

  const tagsOf = async (prefix: string, count: number) =>
    (await context.store.archive.hashtags(prefix, count)).map(({ tag }) => tag);

  test('hashtags are found by prefix, the most used first', async () => {
    await context.store.journal.accept([
      tagged('a', 'lithium', 'lime'),
      tagged('b', 'lithium', 'gold'),
      tagged('c', 'lime', 'lithium'),
    ]);
    expect(await tagsOf('li', 9)).toEqual(['lithium', 'lime']);
    expect(await tagsOf('lit', 9)).toEqual(['lithium']);
    expect(await tagsOf('', 2)).toEqual(['lithium', 'lime']);
    expect(await tagsOf('x', 9)).toEqual([]);
  });

  test('hashtags in any script and with punctuation', async () => {
    await context.store.journal.accept([tagged('a', '锂价', 'rare-earth', 'rare_gas', 'é"t\'é')]);
    expect(await tagsOf('锂', 9)).toEqual(['锂价']);
    expect(await tagsOf('rare', 9)).toEqual(['rare-earth', 'rare_gas']);
    expect(await tagsOf('é"', 9)).toEqual(['é"t\'é']);
    expect(await tagsOf('%', 9)).toEqual([]);
    expect(await tagsOf('e\u0301"', 9)).toEqual(['é"t\'é']);
    expect(await tagsOf('＃ｒａｒｅ_', 9)).toEqual(['rare_gas']);
  });

  test('a hashtag is gone with the last note that has it', async () => {
    await context.store.journal.accept([tagged('a', 'lithium'), tagged('b', 'lithium', 'lime')]);
    await deleteNotes(context.store, ['b']);
    expect(await tagsOf('li', 9)).toEqual(['lithium']);
  });

  test('hashtags come with the number of notes that have them', async () => {
    await context.store.journal.accept([tagged('a', 'lithium', 'gold'), tagged('b', 'lithium')]);
    expect(await context.store.archive.hashtags('', 9)).toEqual([
      { tag: 'lithium', count: 2 },
      { tag: 'gold', count: 1 },
    ]);
  });

  test('posts are counted by the time they are dated at, whatever their type', async () => {
    const at = [0, 899, 900, 86_400 * 200, 86_400 * 200 + 1].map((seconds) => 900_000_000 + seconds);
    const types: readonly PostType[] = ['note', 'photo', 'link', 'note', 'missive'];
    await context.store.journal.accept(
      at.map((moment, n) => old({ name: `t${n}`, at: moment, postType: types[n] ?? 'note' })),
    );
    const { archive } = context.store;
    const from = 900_000_000;
    expect(await archive.postCounts(from, from + 86_400 * 400, 900)).toEqual([
      { atS: from, count: 2 },
      { atS: from + 900, count: 1 },
      { atS: from + 86_400 * 200, count: 2 },
    ]);
    expect(await archive.postCounts(from + 899, from + 901, 900)).toEqual([
      { atS: from, count: 1 },
      { atS: from + 900, count: 1 },
    ]);
    expect(await archive.postCounts(from, from, 900)).toEqual([]);
    await deleteNotes(context.store, ['t0']);
    expect((await archive.postCounts(from, from + 900, 900))[0]?.count).toBe(1);
  });

  test('random notes cover all notes of the types, and no others', async () => {
    const types: readonly PostType[] = ['note', 'photo', 'note', 'reply', 'photo'];
    await context.store.journal.accept(
      types.map((postType, n) => old({ words: `${n}`, at: T0 + n, postType })),
    );
    const picked = async (shares: readonly number[], ...of: PostType[]) =>
      (await Promise.all(shares.map((share) => context.store.archive.randomNote(share, of)))).map(
        (one) => one?.event.content,
      );
    const shares = [0, 0.25, 0.5, 0.75, 0.999];
    expect(new Set(await picked(shares, 'note', 'photo'))).toEqual(new Set(['0', '1', '2', '4']));
    expect(await picked([0, 0.49, 0.5, 0.999], 'photo')).toEqual(['1', '1', '4', '4']);
    expect(await picked([0.5], 'video')).toEqual([undefined]);
  });

  test('at most eight relays of a note are stored', async () => {
    const arrival = (relay: string) => ({ note: note({ name: 'a' }), news: false, relay });
    await context.store.journal.accept([arrival('wss://b.example/'), arrival('wss://a.example/')]);
    expect(await context.store.archive.relaysOf(idOf('a'))).toEqual(['wss://a.example/', 'wss://b.example/']);
    await context.store.journal.accept(Array.from({ length: 12 }, (_, n) => arrival(`wss://c${n}.example/`)));
    expect(await context.store.archive.relaysOf(idOf('a'))).toHaveLength(8);
    await context.store.archive.recordSighting(idOf('b'), 'wss://a.example/');
    expect(await context.store.archive.relaysOf(idOf('b'))).toEqual([]);
    await context.store.journal.accept([{ note: note({ name: 'b' }), news: false }]);
    await context.store.archive.recordSighting(idOf('b'), 'wss://a.example/');
    expect(await context.store.archive.relaysOf(idOf('b'))).toEqual(['wss://a.example/']);
  });

  test('relays belong to one version of a note', async () => {
    const version = (words: string, at: number, relay: string) => ({
      note: note({ d: 'ore', words, at }),
      news: false,
      relay,
    });
    const [first, second] = [
      version('v1', T0, 'wss://a.example/'),
      version('v2', T0 + 1, 'wss://b.example/'),
    ];
    await context.store.journal.accept([first, second]);
    expect(await context.store.archive.relaysOf(first.note.id)).toEqual([]);
    expect(await context.store.archive.relaysOf(second.note.id)).toEqual(['wss://b.example/']);
    await context.store.journal.accept([first]);
    expect(await context.store.archive.relaysOf(second.note.id)).toEqual(['wss://b.example/']);
    await deleteNotes(context.store, [], ['ore'], T0 + 2);
    expect(await context.store.archive.relaysOf(second.note.id)).toEqual([]);
  });
}
