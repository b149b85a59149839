import fc from 'fast-check';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { createDailyStats as createPostgresStats } from '../../src/store/postgres/daily-stats.ts';
import { putInFlight } from '../../src/store/postgres/delivery/in-flight-table.ts';
import { createEntrySkipper as createPostgresSkipper } from '../../src/store/postgres/delivery/skip-unwanted.ts';
import { createJournalTable as createPostgresJournal } from '../../src/store/postgres/journal-table.ts';
import { change, select } from '../../src/store/postgres/sql.ts';
import { preferenceColumns } from '../../src/store/preference-columns.ts';
import type { EntryState } from '../../src/store/rules/entry-filter.ts';
import { type InFlight, newInFlight } from '../../src/store/rules/in-flight.ts';
import { nextStep } from '../../src/store/rules/next-step.ts';
import { createDailyStats } from '../../src/store/sqlite/daily-stats.ts';
import { createInFlightTable } from '../../src/store/sqlite/delivery/in-flight-table.ts';
import { createJournalTable } from '../../src/store/sqlite/delivery/journal-table.ts';
import { createEntrySkipper } from '../../src/store/sqlite/delivery/skip-unwanted.ts';
import { openDatabase } from '../../src/store/sqlite/open-database.ts';
import { openSchema } from './postgres/schema.fixture.ts';
import { hasPostgres, useTestServer } from './postgres/server.fixture.ts';

const KEY = 'key';

const destination = fc.record({
  postTypes: fc.subarray(['note', 'photo'] as const),
  /** The version each part shows. */
  shown: fc.array(fc.constantFrom('new', 'old'), { maxLength: 2 }),
  inFlight: fc.option(
    fc
      .record({ seq: fc.constantFrom(1, 2, 3), part: fc.constant(0) }, { requiredKeys: ['seq'] })
      .map((begun): InFlight => ({ ...newInFlight(begun.seq), ...begun })),
    { nil: undefined },
  ),
});
type Destination = typeof destination extends fc.Arbitrary<infer T> ? T : never;

/** Destinations at position 1, and what the journal says about the entry after it. */
const situation = fc.record({
  action: fc.constantFrom('post', 'replace', 'delete'),
  isArchived: fc.boolean(),
  isDeletedLater: fc.boolean(),
  destinations: fc.array(destination, { minLength: 4, maxLength: 12 }),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

/** What one statement did, and the entry it was about. */
interface Skipped {
  readonly entry: EntryState | undefined;
  readonly positions: readonly number[];
}

/** Creates the situation, skips on its platform, and undoes everything. */
type Skip = (given: Situation) => Skipped | Promise<Skipped>;

/** Whether the rule excludes the entry for a destination. */
function isExcluded(entry: EntryState, { postTypes, shown, inFlight }: Destination): boolean {
  const facts = {
    entry,
    preferences: { ...DEFAULT_PREFERENCES, postTypes },
    receipts: () => shown.map((noteId) => ({ noteId })),
    note: () => undefined,
  };
  const isSettled = inFlight !== undefined && inFlight.seq <= 1;
  const step = nextStep(facts, isSettled ? undefined : inFlight, 0);
  return step.do === 'skip' && step.together;
}

async function compare(skip: Skip, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(situation, async (given) => {
      const { entry, positions } = await skip(given);
      if (!entry) throw new Error('Nothing is journaled');
      expect(positions.map((position) => position > 1)).toEqual(
        given.destinations.map((one) => isExcluded(entry, one)),
      );
    }),
    { numRuns },
  );
}

/** The journal's entries: one of another note, and those of the note. */
const journaled = ({ action, isDeletedLater }: Situation) =>
  [
    ['post', 'another', 'note'],
    [action, KEY, action === 'post' ? 'note' : null],
    ...(isDeletedLater ? [['delete', KEY, null] as const] : []),
  ] as const;

const columnsOf = ({ postTypes }: Destination) =>
  preferenceColumns({ ...DEFAULT_PREFERENCES, postTypes }).postTypes;

describe('skipping in one statement agrees with the rule', () => {
  // oxlint-disable-next-line vitest/expect-expect -- `compare` does
  test('SQLite', async () => {
    const db = openDatabase(':memory:', silentLog);
    onTestFinished(() => db.close());
    const journal = createJournalTable(
      db,
      createDailyStats(db, () => 0),
    );
    const flights = createInFlightTable(db);
    const skipper = createEntrySkipper(db, journal);
    const append = db.prepare('INSERT INTO journal (action, key, post_type) VALUES (?, ?, ?)');
    const add = db.prepare(
      `INSERT INTO destination (ref, id, platform, source, post_types, position) VALUES (?, ?, 'discord', 'command', ?, 1)`,
    );
    const receipt = db.prepare(`INSERT INTO receipt VALUES (?, ?, ?, ?, 'm')`);
    const positions = db.prepare('SELECT position FROM destination ORDER BY ref');

    await compare((given) => {
      db.exec('BEGIN');
      for (const entry of journaled(given)) append.run(...entry);
      for (const [n, one] of given.destinations.entries()) {
        add.run(n, `discord:${n}`, columnsOf(one));
        for (const [part, version] of one.shown.entries()) receipt.run(n, KEY, part, version);
        if (one.inFlight) flights.put(n, one.inFlight);
      }
      if (given.isArchived) db.exec(`INSERT INTO note VALUES (1, 'new', '${KEY}', 1, 'note', NULL, '')`);
      const [entry] = journal.after(1, 1);
      skipper.skip('discord', 1, []);
      const found = positions.all().map(({ position }) => Number(position));
      db.exec('ROLLBACK');
      return { entry, positions: found };
    }, 1_000);
  });

  describe.skipIf(!hasPostgres)('Postgres', () => {
    const server = useTestServer();
    const journal = createPostgresJournal(createPostgresStats(() => 0));
    const skipper = createPostgresSkipper(journal);
    const append = change(
      `INSERT INTO journal (seq, action, key, post_type)
       SELECT nth, action, key, post_type FROM unnest(:actions::text[], :keys::text[], :postTypes::text[])
         WITH ORDINALITY AS e (action, key, post_type, nth)`,
    );
    const add = change(
      `INSERT INTO destination (ref, id, platform, source, post_types, position)
       SELECT ref, 'discord:' || ref, 'discord', 'command', post_types, 1
       FROM unnest(:refs::bigint[], :postTypes::text[]) AS d (ref, post_types)`,
    );
    const receipt = change(
      `INSERT INTO receipt SELECT ref, :key, part, version, 'm'
       FROM unnest(:refs::bigint[], :parts::int[], :versions::text[]) AS r (ref, part, version)`,
    );
    const archive = change(
      `INSERT INTO note (moment, id, key, created_at, post_type, event) VALUES (1, 'new', :key, 1, 'note', '')`,
    );
    const positions = select<{ position: number }>('SELECT position FROM destination ORDER BY ref');
    let url: string;
    beforeAll(async () => {
      url = await server.createDatabase();
    });

    // oxlint-disable-next-line vitest/expect-expect -- `compare` does
    test('Postgres', async () => {
      const on = await openSchema(url);
      onTestFinished(() => on.end());
      await compare(async (given) => {
        const all = given.destinations.map((one, ref) => ({ ref, ...one }));
        const entries = journaled(given);
        const shown = all.flatMap(({ ref, shown: versions }) =>
          versions.map((version, part) => ({ ref, part, version })),
        );
        await on.query('BEGIN');
        await Promise.all([
          append(on, {
            actions: entries.map(([action]) => action),
            keys: entries.map(([, key]) => key),
            postTypes: entries.map(([, , postType]) => postType),
          }),
          add(on, { refs: all.map(({ ref }) => ref), postTypes: all.map(columnsOf) }),
          receipt(on, {
            key: KEY,
            refs: shown.map(({ ref }) => ref),
            parts: shown.map(({ part }) => part),
            versions: shown.map(({ version }) => version),
          }),
          putInFlight(
            on,
            all.flatMap(({ ref, inFlight }) => (inFlight ? { ref, work: inFlight } : [])),
          ),
          given.isArchived && archive(on, { key: KEY }),
        ]);
        const [entry] = await journal.after(on, 1, 1);
        await skipper.skip(on, 'discord', 1, []);
        const found = (await positions.all(on)).map(({ position }) => position);
        await on.query('ROLLBACK');
        return { entry, positions: found };
      }, 500);
    });
  });
});
