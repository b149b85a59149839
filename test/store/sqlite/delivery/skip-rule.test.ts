import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/preferences/preferences.ts';
import { type InFlight, newInFlight } from '../../../../src/store/rules/in-flight.ts';
import { nextStep } from '../../../../src/store/rules/next-step.ts';
import { createDailyStats } from '../../../../src/store/sqlite/daily-stats.ts';
import { createDestinations } from '../../../../src/store/sqlite/delivery/destinations.ts';
import { createInFlightTable } from '../../../../src/store/sqlite/delivery/in-flight-table.ts';
import { createJournalTable } from '../../../../src/store/sqlite/delivery/journal-table.ts';
import { createEntrySkipper } from '../../../../src/store/sqlite/delivery/skip-unwanted.ts';
import { openDatabase } from '../../../../src/store/sqlite/open-database.ts';

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
const situation = fc.record({
  action: fc.constantFrom('post', 'replace', 'delete'),
  isArchived: fc.boolean(),
  isDeletedLater: fc.boolean(),
  destinations: fc.array(destination, { minLength: 4, maxLength: 12 }),
});

test('skipping in one statement agrees with the rule', () => {
  const db = openDatabase(':memory:', silentLog);
  onTestFinished(() => db.close());
  const dailyStats = createDailyStats(db, () => 0);
  const journal = createJournalTable(db, dailyStats);
  const flights = createInFlightTable(db);
  const table = createDestinations(db, { journal, inFlight: flights, dailyStats, now: () => 0 });
  const skipper = createEntrySkipper(db, journal);
  const append = db.prepare('INSERT INTO journal (action, key, post_type) VALUES (?, ?, ?)');
  const receipt = db.prepare(`INSERT INTO receipt VALUES (?, ?, ?, ?, 'm')`);

  fc.assert(
    fc.property(situation, ({ action, isArchived, isDeletedLater, destinations: all }) => {
      db.exec('BEGIN');
      append.run('post', 'another', 'note');
      for (const [n, { postTypes, shown, inFlight }] of all.entries()) {
        const preferences = { ...DEFAULT_PREFERENCES, postTypes };
        table.subscribe({ id: `discord:${n}`, source: 'command', preferences });
        for (const [part, version] of shown.entries()) receipt.run(n + 1, KEY, part, version);
        if (inFlight) flights.put(n + 1, inFlight);
      }
      append.run(action, KEY, action === 'post' ? 'note' : null);
      if (isDeletedLater) append.run('delete', KEY, null);
      if (isArchived) db.exec(`INSERT INTO note VALUES (1, 'new', '${KEY}', 1, 'note', NULL, '')`);

      const [entry] = journal.after(1, 1);
      if (!entry) throw new Error('Nothing is journaled');
      skipper.skip('discord', 1, []);
      const moved = all.map((_, n) => (table.get(`discord:${n}`)?.position ?? 0) > 1);
      const excluded = all.map(({ postTypes, shown, inFlight }) => {
        const facts = {
          entry,
          preferences: { ...DEFAULT_PREFERENCES, postTypes },
          receipts: () => shown.map((noteId) => ({ noteId })),
          note: () => undefined,
        };
        const isSettled = inFlight !== undefined && inFlight.seq <= 1;
        const step = nextStep(facts, isSettled ? undefined : inFlight, 0);
        return step.do === 'skip' && step.together;
      });
      db.exec('ROLLBACK');
      expect(moved).toEqual(excluded);
    }),
    { numRuns: 1_000 },
  );
});
