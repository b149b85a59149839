import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { AcceptOutcome, IncomingNote } from '../../../../src/store/journal.ts';
import { addressOf, idOf, note, noteOf, T0 } from '../../../contract/store-notes.fixture.ts';
import { hasPostgres, useTestServer } from '../server.fixture.ts';
import { type OpenArchive, openArchive } from './archive.fixture.ts';

/** Few names, addresses and seconds, so that they meet. */
const incoming = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c'),
    d: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    at: fc.integer({ min: 0, max: 3 }),
    news: fc.boolean(),
    relay: fc.option(fc.constantFrom('wss://a.example/', 'wss://b.example/'), { nil: undefined }),
  })
  .map(({ name, d, at, news, relay }): IncomingNote => {
    const sketch = { name: `${name}${d}${at}`, at: T0 + at, title: `Log ${at}`, hashtags: ['tide'] };
    return { note: note({ ...sketch, ...(d && { d }) }), news, ...(relay && { relay }) };
  });
const deletion = fc.record({
  id: fc.integer().map((n) => idOf(`request ${n}`)),
  createdAt: fc.integer({ min: T0, max: T0 + 3 }),
  ids: fc.array(
    incoming.map((one) => one.note.id),
    { maxLength: 3 },
  ),
  addresses: fc.array(fc.constantFrom('x', 'y').map(addressOf), { maxLength: 2 }),
});

describe.skipIf(!hasPostgres)('batches of notes on Postgres', () => {
  const server = useTestServer();
  const opened: OpenArchive[] = [];
  const openNew = async (): Promise<OpenArchive> => {
    const open = await openArchive(await server.createDatabase(), noteOf);
    opened.push(open);
    return open;
  };
  afterEach(async () => {
    for (const open of opened.splice(0)) await open.close();
  });

  /** All that is stored of the archive, except for when. */
  async function contents({ client }: OpenArchive): Promise<unknown> {
    const rows = async (sql: string) => (await client.query(sql)).rows;
    return {
      notes: await rows('SELECT moment, id, key, created_at FROM note ORDER BY id'),
      past: await rows('SELECT id, key, created_at FROM past ORDER BY id'),
      tombstones: await rows('SELECT key, until FROM tombstone ORDER BY key'),
      journal: await rows('SELECT seq, action, key, post_type FROM journal ORDER BY seq'),
      head: await rows('SELECT seq FROM head'),
      series: await rows('SELECT s.name, n.id FROM series AS s JOIN note AS n USING (moment) ORDER BY id'),
      hashtags: await rows(
        'SELECT h.tag, n.id FROM note_hashtag AS h JOIN note AS n USING (moment) ORDER BY id',
      ),
      seen: await rows(
        'SELECT s.relay, n.id FROM seen AS s JOIN note AS n USING (moment) ORDER BY id, relay',
      ),
      words: await rows('SELECT n.id FROM word JOIN note AS n USING (moment) ORDER BY id'),
      allWords: await rows('SELECT count(*) FROM word'),
      months: await rows('SELECT month, count FROM month WHERE count > 0'),
      counted: await rows('SELECT count FROM note_count'),
    };
  }

  test('a batch does what its notes do one by one', { timeout: 120_000 }, async () => {
    const [together, alone] = [await openNew(), await openNew()];
    const empty = `TRUNCATE note, note_hashtag, seen, series, past, tombstone, journal, word, month, hashtag;
      UPDATE head SET seq = 0; UPDATE note_count SET count = 0`;
    const step = fc.oneof({ weight: 3, arbitrary: fc.array(incoming, { maxLength: 8 }) }, deletion);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const { client } of [together, alone]) await client.query(empty);
        const outcomes: (readonly [together: unknown, alone: unknown])[] = [];
        for (const [index, one] of steps.entries()) {
          if ('ids' in one) {
            outcomes.push([await together.journal.delete(one), await alone.journal.delete(one)]);
            continue;
          }
          // With news in it, so that their order counts.
          const batch = [{ note: note({ name: `news ${index}` }), news: true }, ...one];
          const each: AcceptOutcome[] = [];
          for (const arriving of batch) each.push(...(await alone.journal.accept([arriving])));
          outcomes.push([await together.journal.accept(batch), each]);
        }
        expect(outcomes.map(([batch]) => batch)).toEqual(outcomes.map(([, each]) => each));
        expect(await contents(together)).toEqual(await contents(alone));
      }),
      { numRuns: 60 },
    );
  });

  test('what was deleted earlier in the same batch is gone for the notes after it', async () => {
    const { journal } = await openNew();
    const version = (n: number) => ({ note: note({ d: 'x', name: `v${n}`, at: T0 + n }), news: true });
    await journal.accept([version(1)]);
    await journal.delete({ id: idOf('request'), createdAt: T0, ids: [version(2).note.id], addresses: [] });
    expect(await journal.accept([version(2), version(3)])).toEqual(['deleted', 'added']);
  });

  test('notes whose moments collide move down, in one batch and over several', async () => {
    const open = await openNew();
    const near = (digit: string) => ({
      note: note({ id: `fffff${digit.repeat(59)}`, words: digit }),
      news: false,
    });
    await open.journal.accept(['0', '1', '2'].map(near));
    await open.journal.accept(['3', '4'].map(near));
    const found = await open.archive.latest({ count: 9 });
    expect(found.map(({ event }) => event.content).toSorted()).toEqual(['0', '1', '2', '3', '4']);
    const { rows } = await open.client.query('SELECT max(moment) - min(moment) AS between FROM note');
    expect(rows).toEqual([{ between: 4 }]);
  });
});
