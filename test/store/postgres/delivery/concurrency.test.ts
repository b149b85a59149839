import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDailyStats } from '../../../../src/store/postgres/daily-stats.ts';
import { BATCH_SIZE, createEntrySkipper } from '../../../../src/store/postgres/delivery/skip-unwanted.ts';
import { createJournalTable } from '../../../../src/store/postgres/journal-table.ts';
import type { Connection } from '../../../../src/store/postgres/sql.ts';
import { skipFrom } from '../../../../src/store/rules/skipping.ts';
import type { Store } from '../../../../src/store/store.ts';
import { deleteNotes, NOBODY, news, subscribe } from '../../../contract/store-notes.fixture.ts';
import { hasPostgres, useTestServer } from '../server.fixture.ts';
import { createStoreDatabase, type OpenedStore, openStoreAt } from '../store.fixture.ts';

/** Aborts a transaction that moves a position back. */
const NO_WAY_BACK = `
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'moved back'; END $$;
  CREATE TRIGGER no_way_back BEFORE UPDATE ON destination FOR EACH ROW WHEN (new.position < old.position)
    EXECUTE FUNCTION refuse()`;
const CROWD = 60;
const NOTES = 40;

describe.skipIf(!hasPostgres)('several processes on one Postgres', () => {
  const server = useTestServer();
  let url: string;
  let opened: OpenedStore[];
  const open = async (): Promise<OpenedStore> => {
    const one = await openStoreAt(url);
    opened.push(one);
    return one;
  };
  beforeEach(async () => {
    url = await createStoreDatabase(server);
    opened = [];
  });
  afterEach(async () => {
    for (const one of opened) await one.close();
    await server.dropDatabase(url);
  });

  /** Delivers what is due, as the owner of the platform does, until `isOver` and nothing is left. */
  async function deliverAll(store: Store, isOver: () => boolean, got: Map<string, string[]>): Promise<void> {
    for (;;) {
      const wasOver = isOver();
      const tasks = await store.deliveries.nextTasks('discord', 0, 50, NOBODY);
      await Promise.all(
        tasks.map(async ({ destination: { id }, entry: { seq, key, action }, note }) => {
          await store.deliveries.recordIntent(id, seq, 0);
          got.set(id, [...(got.get(id) ?? []), `${action} ${key}`]);
          const receipt = { noteId: note?.id ?? '', part: 0, receipt: `m${seq}` };
          await (action === 'delete'
            ? store.deliveries.recordRemoval(id, seq, key, 0, true)
            : store.deliveries.recordReceipt(id, seq, key, receipt, true));
        }),
      );
      if (wasOver && tasks.length === 0) return;
    }
  }

  const arrivals = Array.from({ length: NOTES }, (_, n) =>
    news({ name: `n${n}`, postType: n % 3 === 0 ? 'photo' : 'note' }),
  );

  test('while the journal grows and positions are skipped, each gets every wanted post once and in order', async () => {
    const [relay, owner] = [await open(), await open()];
    const ids = Array.from({ length: CROWD }, (_, n) => `discord:${n}`);
    await Promise.all(ids.map((id, n) => subscribe(owner.store, id, n % 2 === 0 ? ['note'] : ['photo'])));
    await owner.client.query(NO_WAY_BACK);
    const got = new Map<string, string[]>();
    let isOver = false;
    const accepted = (async () => {
      for (const arrival of arrivals) await relay.store.journal.accept([arrival]);
      isOver = true;
    })();
    await Promise.all([accepted, deliverAll(owner.store, () => isOver, got)]);
    const wanted = (type: string) =>
      arrivals.filter(({ note }) => note.postType === type).map(({ note }) => `post ${note.key}`);
    for (const [n, id] of ids.entries()) expect(got.get(id)).toEqual(wanted(n % 2 === 0 ? 'note' : 'photo'));
    expect((await owner.store.stats.totals()).waiting).toBe(0);
  });

  test('what is deleted while it is delivered is deleted where it arrived, and nowhere else', async () => {
    const [relay, owner] = [await open(), await open()];
    const ids = Array.from({ length: CROWD }, (_, n) => `discord:${n}`);
    await Promise.all(ids.map((id) => subscribe(owner.store, id)));
    await owner.client.query(NO_WAY_BACK);
    const got = new Map<string, string[]>();
    let isOver = false;
    const accepted = (async () => {
      for (let n = 0; n < NOTES; n += 1) {
        await relay.store.journal.accept([news({ name: `n${n}` })]);
        await deleteNotes(relay.store, [`n${n}`]);
      }
      isOver = true;
    })();
    await Promise.all([accepted, deliverAll(owner.store, () => isOver, got)]);
    for (const id of ids) {
      const all = got.get(id) ?? [];
      const keysOf = (action: string) =>
        all.flatMap((one) => (one.startsWith(`${action} `) ? one.slice(action.length + 1) : []));
      expect(keysOf('delete')).toEqual(keysOf('post'));
    }
    const { rows } = await owner.client.query('SELECT count(*) AS count FROM receipt');
    expect(rows).toEqual([{ count: 0 }]);
  });

  test('commands of another process lose no result, and no result loses a command', async () => {
    const [relay, owner, commands] = [await open(), await open(), await open()];
    const ids = Array.from({ length: CROWD }, (_, n) => `discord:${n}`);
    await Promise.all(ids.map((id) => subscribe(owner.store, id, ['note', 'photo'])));
    await owner.client.query(NO_WAY_BACK);
    const got = new Map<string, string[]>();
    let isOver = false;
    const accepted = (async () => {
      for (const arrival of arrivals) await relay.store.journal.accept([arrival]);
    })();
    const commanded = (async () => {
      for (let round = 0; round < 6; round += 1) {
        await Promise.all(ids.map((id) => commands.store.destinations.suspend(id, 'asleep', false)));
        await Promise.all(ids.map((id) => commands.store.destinations.resume(id)));
      }
    })();
    const over = (async () => {
      await Promise.all([accepted, commanded]);
      isOver = true;
    })();
    await Promise.all([over, deliverAll(owner.store, () => isOver, got)]);
    for (const id of ids) expect(got.get(id)).toEqual(arrivals.map(({ note }) => `post ${note.key}`));
    const all = await owner.store.destinations.list({ platform: 'discord' });
    expect(new Set(all.map(({ state, position }) => `${state} ${position}`))).toEqual(
      new Set([`active ${NOTES}`]),
    );
  });

  test('two processes that subscribe a destination at once agree', async () => {
    const [one, other] = [await open(), await open()];
    for (let n = 0; n < 20; n += 1) {
      const outcomes = await Promise.all([one, other].map(({ store }) => subscribe(store, `discord:${n}`)));
      expect(outcomes.toSorted()).toEqual(['added', 'already']);
    }
    expect((await one.store.stats.totals()).destinations.active).toBe(20);
  });

  describe('skipping', () => {
    const skipper = createEntrySkipper(createJournalTable(createDailyStats(Date.now)));
    const positions = async (store: Store) =>
      (await store.destinations.list()).map(({ position }) => position);
    /** Two destinations at position 0, and an entry that nobody wants any more. */
    async function undonePost(): Promise<readonly [OpenedStore, OpenedStore]> {
      const both = [await open(), await open()] as const;
      for (const n of [1, 2]) await subscribe(both[0].store, `discord:${n}`);
      await both[0].store.journal.accept([news({ name: 'a' })]);
      await deleteNotes(both[0].store, ['a']);
      return both;
    }

    test("doesn't wait for a destination whose result is just being recorded, and leaves it alone", async () => {
      const [relay, owner] = await undonePost();
      await owner.client.query('BEGIN');
      await owner.client.query("SELECT FROM destination WHERE id = 'discord:1' FOR NO KEY UPDATE");
      expect(await relay.queue.write((on) => skipper.skip(on, 'discord', 0, []))).toBe(1);
      await owner.client.query('COMMIT');
      expect(await positions(owner.store)).toEqual([0, 1]);
    });

    test('sees an intent that was committed after it had begun', async () => {
      const [relay, owner] = await undonePost();
      await relay.queue.write((on) => skipper.skip(lateIntent(on), 'discord', 0, []));
      expect(await positions(owner.store)).toEqual([0, 1]);
    });

    test('looks at one batch in a transaction, however many of it want the entry', async () => {
      const { store, queue, client } = await open();
      const others = 10;
      await store.journal.accept([news({ name: 'a' })]);
      await client.query(
        `INSERT INTO destination (id, platform, source, post_types, position)
         SELECT 'discord:' || n, 'discord', 'command', CASE WHEN n <= $1 THEN ' note ' ELSE ' photo ' END, 0
         FROM generate_series(1, $1::int + $2) AS n`,
        [BATCH_SIZE, others],
      );
      const next = await queue.write((on) => skipper.skipNew(on, skipFrom(0)));
      expect(next).toMatchObject({ position: 0, platform: 'discord' });
      expect((await store.stats.totals()).waiting).toBe(BATCH_SIZE + others);
      expect(next && (await queue.write((on) => skipper.skipNew(on, next)))).toBeUndefined();
      expect((await store.stats.totals()).waiting).toBe(BATCH_SIZE);
    });

    /** A connection on which an intent appears once the destinations are found: as if it was committed just before their lock. */
    const lateIntent = (on: Connection): Connection =>
      new Proxy(on, {
        get(target, name) {
          if (name !== 'query') return Reflect.get(target, name);
          return async (query: { text: string }) => {
            const result = await (target.query as (q: unknown) => Promise<unknown>).call(target, query);
            if (query.text.includes('SKIP LOCKED'))
              await on.query(
                `INSERT INTO in_flight SELECT ref, 1, 0, false, false, 0 FROM destination WHERE id = 'discord:1'`,
              );
            return result;
          };
        },
      });
  });
});
