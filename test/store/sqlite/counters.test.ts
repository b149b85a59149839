import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { deleteNotes, deliverNext, news, noteOf, subscribe, T0 } from '../../contract/store-notes.fixture.ts';

const ids = ['discord:1', 'discord:2', 'telegram:3', 'telegram:4'];
const id = fc.constantFrom(...ids);
const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');

type Step = (store: Store) => Promise<unknown>;
const step: fc.Arbitrary<Step> = fc.oneof(
  name.map(
    (of): Step =>
      (store) =>
        store.journal.accept([news({ name: of })]),
  ),
  name.map(
    (of): Step =>
      (store) =>
        store.journal.accept([news({ d: of, words: of, at: T0 + of.charCodeAt(0) })]),
  ),
  name.map(
    (of): Step =>
      (store) =>
        deleteNotes(store, [of], [of], T0 + 1_000),
  ),
  id.map(
    (of): Step =>
      (store) =>
        subscribe(store, of),
  ),
  id.map(
    (of): Step =>
      (store) =>
        store.destinations.unsubscribe(of),
  ),
  id.map(
    (of): Step =>
      (store) =>
        deliverNext(store, of),
  ),
  id.map(
    (of): Step =>
      (store) =>
        store.destinations.suspend(of, 'full', false),
  ),
  id.map(
    (of): Step =>
      (store) =>
        store.destinations.suspend(of, 'left', true),
  ),
  id.map(
    (of): Step =>
      (store) =>
        store.destinations.resume(of),
  ),
  fc.tuple(id, id).map(
    ([from, to]): Step =>
      (store) =>
        store.destinations.move(from, to),
  ),
  fc.constant<Step>((store) => store.maintain(Date.now() + 40 * 86_400_000)),
);

test('counters always equal the counted rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-tally-'));
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
      const path = join(folder, `${(runs += 1)}.db`);
      const store = openStore({ path, log: silentLog, noteFrom: noteOf });
      for (const go of steps) await go(store);
      const { notes, waiting, destinations } = await store.stats.totals();
      await store.close();
      const db = new DatabaseSync(path);
      const value = (sql: string) => db.prepare(`SELECT ${sql} AS value`).get()?.['value'];
      const inState = (state: string) => value(`(SELECT count(*) FROM destination WHERE state = '${state}')`);
      expect({ notes, waiting, destinations }).toEqual({
        notes: value('(SELECT count(*) FROM note)'),
        waiting: value(`(SELECT coalesce(sum((SELECT coalesce(max(seq), 0) FROM journal) - position), 0)
          FROM destination WHERE state = 'active')`),
        destinations: {
          active: inState('active'),
          suspended: inState('suspended'),
          gone: inState('gone'),
        },
      });
      db.close();
    }),
    { numRuns: 60 },
  );
  rmSync(folder, { recursive: true });
});
