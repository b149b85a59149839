import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventToNote } from '../../../../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../../../src/note/note.ts';
import { addressOf, idOf, note, noteOf, old } from '../../../contract/store-notes.fixture.ts';
import { hasPostgres, useTestServer } from '../server.fixture.ts';
import { type OpenArchive, openArchive } from './archive.fixture.ts';

describe.skipIf(!hasPostgres)('reading the archive on Postgres', () => {
  const server = useTestServer();
  let url: string;
  let open: OpenArchive;
  beforeEach(async () => {
    url = await server.createDatabase();
  });
  afterEach(() => open.close());

  describe('an answer to the author’s own note', () => {
    const AUTHOR = 'a'.repeat(64);
    const noteWith = (name: string, at: number, tags: readonly (readonly string[])[]): Note => {
      const event = {
        id: idOf(name),
        pubkey: AUTHOR,
        created_at: at,
        kind: 1,
        tags,
        content: name,
        sig: 'f'.repeat(128),
      };
      const made = eventToNote(event as unknown as VerifiedEvent);
      if (!made) throw new Error('no note');
      return made;
    };
    const parent = noteWith('parent', 1_700_000_000, []);
    const answer = noteWith('answer', 1_700_000_060, [['e', parent.id, '', 'reply']]);
    const types = async () => (await open.archive.latest({ count: 9 })).map(({ postType }) => postType);

    test.each([
      ['before it', [[parent], [answer]]],
      ['in the same batch, the newest first', [[answer, parent]]],
    ])('continues a thread if the note came %s', async (_, batches) => {
      open = await openArchive(url, eventToNote);
      for (const notes of batches)
        await open.journal.accept(notes.map((one) => ({ note: one, news: false })));
      expect(await types()).toEqual(['note', 'note']);
      expect(await open.archive.latest({ count: 9, postType: 'note' })).toHaveLength(2);
    });

    test('is a reply if the note is unknown', async () => {
      open = await openArchive(url, eventToNote);
      await open.journal.accept([{ note: answer, news: false }]);
      expect(await types()).toEqual(['reply']);
    });
  });

  test.each([
    ['the zero character', '\0'],
    ['half a surrogate pair', '\ud83c'],
    ['the character that marks what is escaped', '\uFFFE0000'],
    ['SQL', "'); DROP TABLE note; --"],
    ['an array', '{"a",NULL}\\'],
  ])('everything may contain %s', async (_, odd) => {
    open = await openArchive(url, noteOf);
    const strange = note({
      name: 'n',
      d: `d${odd}`,
      words: `w${odd}`,
      title: `t${odd} 1`,
      hashtags: [`h${odd}`],
    });
    await open.journal.accept([{ note: strange, news: true, relay: `wss://r${odd}/` }]);
    expect(await open.archive.find(strange.key)).toEqual(strange);
    expect(await open.archive.find(addressOf(`d${odd}.`))).toBeUndefined();
    expect(await open.archive.relaysOf(strange.id)).toEqual([`wss://r${odd}/`]);
    expect((await open.archive.browse({ of: { hashtag: `h${odd}` } }, { count: 1 })).notes).toHaveLength(1);
    expect((await open.archive.notesInSeries(strange.series ?? '', { count: 1 })).total).toBe(1);
    expect(await open.archive.entriesBetween(0, 2e9, 9)).toMatchObject([{ key: strange.key }]);
    await open.journal.delete({
      id: idOf('r'),
      createdAt: strange.createdAt,
      ids: [],
      addresses: [strange.key],
    });
    expect(await open.archive.wasDeleted(strange.key)).toBe(true);
    expect(await open.archive.find(strange.key)).toBeUndefined();
  });

  test('long notes are parsed in the background, and those just archived not again', async () => {
    const read: string[] = [];
    open = await openArchive(
      url,
      (event) => {
        if (event.content.length > 16_384) throw new Error(`${event.id} was made at once`);
        return noteOf(event);
      },
      async (event) => {
        read.push(event.id);
        return noteOf(event);
      },
    );
    const names = Array.from({ length: 20 }, (_, n) => `long ${n}`);
    await open.journal.accept(names.map((name) => old({ name, words: `${name} ${'tide '.repeat(4_000)}` })));
    await open.archive.find(idOf('long 19'));
    expect(read).toEqual([]);
    expect(await open.archive.latest({ count: 20 })).toHaveLength(20);
    expect(read.length).toBeGreaterThan(0);
  });
});
