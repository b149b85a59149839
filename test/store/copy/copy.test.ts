import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../../../src/store/copy/side.ts';
import { inspectServer } from '../../../src/store/postgres/inspect-server.ts';
import { markRestored } from '../../../src/store/sqlite/backup/restored.ts';
import { inspectDatabase } from '../../../src/store/sqlite/inspect-database.ts';
import type { Store } from '../../../src/store/store.ts';
import { news, old, query, subscribe, T0 } from '../../contract/store-notes.fixture.ts';
import { hasPostgres, useTestServer } from '../postgres/server.fixture.ts';
import { answersOf, deliverRest } from './answers.fixture.ts';
import { history, play } from './history.fixture.ts';
import { copy, openSource, openStoreAt, openTarget, rowsIn } from './sides.fixture.ts';

async function inStore<Result>(place: string, run: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStoreAt(place);
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

/** A store with notes, one of which waits for a channel. */
const fill = (store: Store): Promise<unknown> =>
  subscribe(store, 'discord:1').then(() =>
    store.journal.accept([
      ...Array.from({ length: 20 }, (_, n) => old({ name: `n${n}`, words: `ore number${n}`, at: T0 + n })),
      news({ name: 'news', words: 'copper news', at: T0 + 100 }),
    ]),
  );

describe.skipIf(!hasPostgres)('a copy', () => {
  const server = useTestServer();
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postrider-copy-'));
    file = join(folder, 'first.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Somewhere to copy to, of either kind. */
  const PLACES = ['sqlite', 'postgres'] as const;
  const emptyPlace = async (engine: (typeof PLACES)[number]): Promise<string> =>
    engine === 'sqlite' ? join(folder, 'empty.db') : server.createDatabase();
  /** A filled database of the other kind. */
  async function filledFor(engine: (typeof PLACES)[number]): Promise<string> {
    const place = engine === 'postgres' ? file : await server.createDatabase();
    await inStore(place, fill);
    return place;
  }

  test('to PostgreSQL and back is the same, answers the same and goes on the same', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 9 }), async (steps, batch) => {
        runs += 1;
        const [first, last] = [join(folder, `${runs}.db`), join(folder, `${runs}-back.db`)];
        const between = await server.createDatabase();
        await inStore(first, (store) => play(steps, store));
        await copy(first, between, { batch });
        await copy(between, last, { batch });
        expect(rowsIn(last)).toEqual(rowsIn(first));
        const answers = await inStore(first, answersOf);
        expect(await inStore(between, answersOf)).toEqual(answers);
        expect(await inStore(last, answersOf)).toEqual(answers);
        const rest = await inStore(first, deliverRest);
        expect(await inStore(between, deliverRest)).toEqual(rest);
        expect(await inStore(last, deliverRest)).toEqual(rest);
        await server.dropDatabase(between);
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  test('that began on PostgreSQL keeps half surrogate pairs only as U+FFFD', async () => {
    const from = await server.createDatabase();
    await inStore(from, (store) => store.values.keyv('press').set('a\ud800', 'b\0\udc00'));
    await copy(from, file);
    expect(await inStore(file, (store) => store.values.keyv('press').get('a\uFFFD'))).toBe('b\0\udc00');
  });

  test('numbers new destinations after those that were copied', async () => {
    await inStore(file, async (store) => {
      // More than there are tries at a number that is taken.
      for (let n = 1; n <= 9; n += 1) await subscribe(store, `discord:${n}`);
    });
    const to = await server.createDatabase();
    await copy(file, to);
    await inStore(to, (store) => subscribe(store, 'discord:10'));
    const client = new Client({ connectionString: to });
    await client.connect();
    const { rows } = await client.query<{ ref: string }>(
      "SELECT ref, nextval(pg_get_serial_sequence('destination', 'ref')) AS next FROM destination WHERE id = 'discord:10'",
    );
    await client.end();
    expect(rows).toEqual([{ ref: '10', next: '11' }]);
  });

  test('takes notes along whose moments SQLite would not give them', async () => {
    const from = await server.createDatabase();
    // The lowest moment of the second, and one with a checkpoint there.
    const ids = [`fffff${'0'.repeat(59)}`, `ffbff${'0'.repeat(59)}`];
    await inStore(from, (store) => store.journal.accept(ids.map((id) => old({ id, words: 'ore' }))));
    await copy(from, file);
    const found = await inStore(file, (store) =>
      store.archive.search(query({ words: ['ore'] }), { count: 9 }),
    );
    expect(found.notes.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
  });

  test.each(PLACES)('to %s goes on after being interrupted at any transaction', async (engine) => {
    const from = await filledFor(engine);
    const to = await emptyPlace(engine);
    const openings: unknown[] = [];
    for (;;) {
      const outcome = await copy(from, to, { batch: 3, broken: stoppedAt(openings.length) }).then(
        () => 'done',
        String,
      );
      if (outcome === 'done') break;
      expect(outcome).toBe('Error: killed');
      openings.push(await openStoreAt(to).catch(String));
    }
    expect(openings.length).toBeGreaterThan(10);
    const refusal = /unfinished copy of ".*run the same `postrider copy` again to finish it$/u;
    expect(openings).toEqual(openings.map(() => expect.stringMatching(refusal) as string));
    expect(await inStore(to, answersOf)).toEqual(await inStore(from, answersOf));
    expect(await inStore(to, (store) => subscribe(store, 'discord:2'))).toBe('added');
  });

  test.each(PLACES)('to %s starts over if the source has changed in between', async (engine) => {
    const from = await filledFor(engine);
    const to = await emptyPlace(engine);
    const interrupted = new Error('killed');
    const onProgress = ({ table }: { readonly table: string }) => {
      if (table === 'destination') throw interrupted;
    };
    await expect(copy(from, to, { onProgress })).rejects.toBe(interrupted);
    await inStore(from, async (store) => {
      await store.journal.accept([news({ name: 'later', words: 'zinc', d: 'later' })]);
      await deliverRest(store);
    });
    const doing = new Set<string>();
    await copy(from, to, { onProgress: (progress) => void doing.add(progress.doing) });
    expect([...doing]).toEqual(['starting-over', 'copying', 'verifying']);
    expect(await inStore(to, answersOf)).toEqual(await inStore(from, answersOf));
  });

  test.each(PLACES)(
    'to %s that went wrong is found out, stays unusable and can be repeated',
    async (engine) => {
      const from = await filledFor(engine);
      const to = await emptyPlace(engine);
      const broken = ({ write }: Target) => ({
        write: (...[table, rows, next]: Parameters<typeof write>) =>
          write(
            table,
            table.name === 'past' ? [...rows, { id: 'x', key: 'x', created_at: null }] : rows,
            next,
          ),
      });
      await expect(copy(from, to, { broken })).rejects.toThrow(
        /isn't the same as .*"past" has 1 rows instead of 0/u,
      );
      await expect(openStoreAt(to)).rejects.toThrow('unfinished copy');
      await copy(from, to);
      expect(await inStore(to, answersOf)).toEqual(await inStore(from, answersOf));
    },
  );

  test.each([
    [
      'sqlite',
      'DELETE FROM words WHERE rowid = (SELECT max(moment) FROM note)',
      "1 posts can't be searched for",
    ],
    [
      'sqlite',
      "UPDATE tally SET count = count + 1 WHERE name = 'note'",
      'the number of posts is counted wrong',
    ],
    ['sqlite', 'DELETE FROM month', 'the posts by month is counted wrong'],
    [
      'postgres',
      'DELETE FROM word WHERE moment = (SELECT max(moment) FROM note)',
      "1 posts can't be searched for",
    ],
    ['postgres', "UPDATE word SET words = ''", "searches don't find"],
    ['postgres', 'UPDATE tally SET count = count + 1', 'the channels and chats by state is counted wrong'],
    ['postgres', 'UPDATE head SET seq = seq + 1', 'the journal is counted wrong'],
  ] as const)('to %s with "%s" is found out', async (engine, sql, problem) => {
    const from = await filledFor(engine);
    const to = await emptyPlace(engine);
    const broken = (target: Target) => ({
      problems: async () => {
        await changePlace(to, sql);
        return target.problems();
      },
    });
    await expect(copy(from, to, { broken })).rejects.toThrow(problem);
    await copy(from, to);
  });

  test.each(PLACES)('to %s is refused if that has data of its own', async (engine) => {
    const from = await filledFor(engine);
    const to = await emptyPlace(engine);
    await inStore(to, (store) => store.values.keyv('setting').set('a', 'b'));
    await expect(copy(from, to)).rejects.toThrow('has data of its own');
    await copy(to, await emptyPlace(engine === 'sqlite' ? 'postgres' : 'sqlite')).catch(() => undefined);
    expect(await inStore(to, (store) => store.values.keyv('setting').get('a'))).toBe('b');
  });

  test('is refused while a program uses either side, or copies it', async () => {
    const to = await server.createDatabase();
    await inStore(file, fill);
    await inStore(to, async () => {
      await expect(copy(file, to)).rejects.toThrow(
        /^Postrider is running on .* Stop all its processes first, then copy$/u,
      );
      await expect(copy(to, join(folder, 'other.db'))).rejects.toThrow('Postrider is running on');
    });
    const source = await openSource(file);
    await expect(copy(file, to)).rejects.toThrow(
      /^Postrider is running on ".*" \(pid 7 on here, since .*\)\. Stop it first/u,
    );
    await source.close();
    const target = await openTarget(to);
    await expect(copy(file, to)).rejects.toThrow('Postrider is running on');
    await expect(openStoreAt(to)).rejects.toThrow(/^can't open .*it is being copied/u);
    await target.close();
    await copy(file, to);
  });

  test('an unfinished one is named when somebody looks at it', async () => {
    const to = await server.createDatabase();
    await inStore(file, fill);
    const reason = expect.stringContaining('unfinished copy of "sqlite:') as string;
    const stop = () => {
      throw new Error('killed');
    };
    await expect(copy(file, to, { onProgress: stop })).rejects.toThrow('killed');
    expect(await inspectServer(to)).toEqual({ status: 'unusable', reason });
    await expect(copy(to, join(folder, 'other.db'))).rejects.toThrow('unfinished copy');
    await copy(file, to);
    await expect(copy(to, join(folder, 'other.db'), { onProgress: stop })).rejects.toThrow('killed');
    expect(inspectDatabase(join(folder, 'other.db'))).toMatchObject({ status: 'unusable' });
  });

  test.each([
    ['that does not exist', () => undefined, "doesn't exist"],
    [
      'that is no database',
      (path: string) => writeFileSync(path, 'no database'.repeat(100)),
      'not a database',
    ],
    ['that is empty', (path: string) => writeFileSync(path, ''), "isn't a Postrider database"],
    [
      'of another program',
      (path: string) => changeFile(path, 'CREATE TABLE theirs (a)'),
      "another program's data",
    ],
    ['of an older version', (path: string) => inFile(path, 'PRAGMA user_version = 3'), 'older version'],
    ['of a newer version', (path: string) => inFile(path, 'PRAGMA user_version = 999'), 'newer Postrider'],
    [
      'that is not indexed',
      (path: string) => inFile(path, 'INSERT INTO unsorted VALUES (1, 9)'),
      'been indexed',
    ],
    ['that was restored', (path: string) => restored(path), 'restored from a backup'],
  ] as const)('of a file %s is refused', async (_, make, problem) => {
    await make(file);
    const to = await server.createDatabase();
    await expect(copy(file, to)).rejects.toThrow(problem);
    expect(await inspectServer(to)).toEqual({ status: 'empty' });
  });

  async function inFile(path: string, sql: string): Promise<void> {
    await inStore(path, fill);
    changeFile(path, sql);
  }
  async function restored(path: string): Promise<void> {
    await inStore(path, fill);
    using db = new DatabaseSync(path);
    markRestored(db, 1);
  }

  test('of an empty server is refused', async () => {
    await expect(copy(await server.createDatabase(), file)).rejects.toThrow('it is empty');
  });
});

async function changePlace(place: string, sql: string): Promise<void> {
  if (!place.startsWith('postgres:')) return changeFile(place, sql);
  const client = new Client({ connectionString: place });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Lets one transaction through, and fails at the second: before it, or after its commit. */
function stoppedAt(attempt: number) {
  return ({ write }: Target): Partial<Target> => {
    let written = 0;
    const stop = (): void => {
      written += 1;
      if (written > 1) throw new Error('killed');
    };
    return {
      async write(...one) {
        if (attempt % 2 === 0) stop();
        await write(...one);
        if (attempt % 2 === 1) stop();
      },
    };
  };
}

function changeFile(path: string, sql: string): void {
  using db = new DatabaseSync(path);
  db.exec(sql);
}
