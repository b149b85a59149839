import type { Client, Pool } from 'pg';
import type { Note, VerifiedEvent } from '../../../../src/note/note.ts';
import { connect, createReaders } from '../../../../src/store/postgres/connection.ts';
import { migrate } from '../../../../src/store/postgres/migrations/migrate.ts';
import { createHashtagSuggestions } from '../../../../src/store/postgres/search/hashtags.ts';
import { createSearch } from '../../../../src/store/postgres/search/search.ts';
import { createWordIndex } from '../../../../src/store/postgres/search/word-index.ts';
import { findServer } from '../../../../src/store/postgres/server-address.ts';
import { change } from '../../../../src/store/postgres/sql.ts';
import { momentOf } from '../../../../src/store/rules/moment.ts';
import type { Store } from '../../../../src/store/store.ts';
import { noteOf } from '../../../contract/store-notes.fixture.ts';

/** An archive with only what search needs of it. */
export interface IndexedArchive {
  readonly client: Client;
  readonly readers: Pool;
  /** Archives notes in one transaction; returns their moments. */
  add(notes: readonly Note[]): Promise<readonly number[]>;
  remove(moments: readonly number[]): Promise<void>;
  /** Makes it empty. */
  clear(): Promise<void>;
  readonly search: ReturnType<typeof createSearch>;
  readonly hashtags: ReturnType<typeof createHashtagSuggestions>;
  /** For the suite of the port. */
  readonly store: Store;
  close(): Promise<void>;
}

const insert = change(
  `INSERT INTO note (moment, id, key, created_at, post_type, event)
   SELECT * FROM unnest(:moments::bigint[], :ids::text[], :keys::text[], :dates::bigint[], :types::text[], :events::text[])`,
);

export async function openIndexedArchive(url: string): Promise<IndexedArchive> {
  const address = await findServer(url);
  const { client } = await connect(address);
  await migrate(client);
  const readers = createReaders(address);
  let index = createWordIndex();
  const search = createSearch(readers);

  async function inTransaction(run: () => Promise<void>): Promise<void> {
    await client.query('BEGIN');
    try {
      await run();
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    }
  }

  async function add(notes: readonly Note[]): Promise<readonly number[]> {
    const moments = notes.map(({ createdAt, id }) => momentOf(createdAt, id));
    await inTransaction(async () => {
      await insert(client, {
        moments,
        ids: notes.map(({ id }) => id),
        keys: notes.map(({ key }) => key),
        dates: notes.map(({ createdAt }) => createdAt),
        types: notes.map(({ postType }) => postType),
        events: notes.map(({ event }) => JSON.stringify(event)),
      });
      const batch = index.batch();
      notes.forEach((note, at) => {
        batch.add(moments[at] ?? 0, note);
      });
      await batch.write(client);
    });
    return moments;
  }

  async function notesAt(moments: readonly number[]): Promise<readonly Note[]> {
    const { rows } = await readers.query<{ event: string }>(
      'SELECT event FROM unnest($1::bigint[]) WITH ORDINALITY AS a (m, n) JOIN note ON moment = m ORDER BY n',
      [moments],
    );
    return rows.map(({ event }) => noteOf(JSON.parse(event) as VerifiedEvent));
  }

  const ports: Pick<Store, 'close'> & {
    journal: Pick<Store['journal'], 'accept'>;
    archive: Pick<Store['archive'], 'search' | 'hashtags' | 'find'>;
  } = {
    journal: {
      async accept(incoming) {
        await add(incoming.map(({ note }) => note));
        return incoming.map(() => 'added');
      },
    },
    archive: {
      async search(query, { count, offset = 0, postType }) {
        const { moments, ...found } = await search(query, postType);
        return {
          ...found,
          notes: await notesAt(moments.slice(offset, offset + count)),
          total: moments.length,
        };
      },
      find: async () => undefined,
      hashtags: createHashtagSuggestions(readers),
    },
    close: async () => undefined,
  };

  return {
    client,
    readers,
    add,
    remove: (moments) =>
      inTransaction(async () => {
        await client.query('DELETE FROM note WHERE moment = ANY ($1::bigint[])', [moments]);
        const batch = index.batch();
        for (const moment of moments) batch.remove(moment);
        await batch.write(client);
      }),
    async clear() {
      await client.query(
        'DELETE FROM note; DELETE FROM word; DELETE FROM vocabulary; DELETE FROM spelling; DELETE FROM hashtag',
      );
      index = createWordIndex();
    },
    search,
    hashtags: ports.archive.hashtags,
    store: ports as Store,
    async close() {
      await readers.end();
      await client.end();
    },
  };
}
