import type { Client } from 'pg';
import type { Note } from '../../src/note/note.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { change } from '../../src/store/postgres/sql.ts';
import type { Store } from '../../src/store/store.ts';
import { median } from '../timing.ts';

/** Messages on their way at once, as in delivery. */
const IN_PROGRESS = 64;
const ROUNDS = 5;

const intents = change(
  `INSERT INTO bare_in_flight (destination, seq, part, is_uncertain, is_priority, attempts)
   SELECT ref, :seq::bigint, 0, false, false, 0 FROM unnest(:refs::bigint[]) AS ref`,
);
const receipts = change(
  `INSERT INTO bare_receipt SELECT ref, :key, 0, NULL, 'message ' || ref FROM unnest(:refs::bigint[]) AS ref`,
);
const landed = change('DELETE FROM bare_in_flight WHERE destination = ANY (:refs::bigint[])');
const advance = change('UPDATE bare_destination SET position = :seq WHERE ref = ANY (:refs::bigint[])');

/** Records one message to each destination: an intent, and once it is durable, a receipt. Returns messages per second. */
async function throughStore(store: Store, note: Note, seq: number, ids: readonly string[]): Promise<number> {
  const began = performance.now();
  const left = ids[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: IN_PROGRESS }, async () => {
      for (const id of left) {
        await store.deliveries.recordIntent(id, seq, 0);
        const receipt = { noteId: note.id, part: 0, receipt: `message ${id}` };
        await store.deliveries.recordReceipt(id, seq, note.key, receipt, true);
      }
    }),
  );
  return (ids.length / (performance.now() - began)) * 1_000;
}

async function bareSql(bare: Client, key: string, seq: number, count: number): Promise<number> {
  const began = performance.now();
  for (let first = 1; first <= count; first += IN_PROGRESS) {
    const refs = Array.from({ length: Math.min(IN_PROGRESS, count - first + 1) }, (_, n) => first + n);
    await Promise.all([bare.query('BEGIN'), intents(bare, { refs, seq }), bare.query('COMMIT')]);
    await Promise.all([
      bare.query('BEGIN'),
      receipts(bare, { refs, key }),
      landed(bare, { refs }),
      advance(bare, { refs, seq }),
      bare.query('COMMIT'),
    ]);
  }
  return (count / (performance.now() - began)) * 1_000;
}

/** Messages recorded per second, and the same rows written by bare SQL, 64 at a time, in turn with it. */
export async function measureRecording(
  { store, bare }: { readonly store: Store; readonly bare: Client },
  notes: readonly Note[],
  destinations: number,
) {
  const ids = Array.from({ length: destinations }, (_, n) => `telegram:${n + 1}`);
  const preferences = { ...DEFAULT_PREFERENCES, postTypes: ['note' as const] };
  await Promise.all(ids.map((id) => store.destinations.subscribe({ id, source: 'command', preferences })));
  await bare.query(`
    CREATE TABLE bare_in_flight (LIKE in_flight INCLUDING ALL) WITH (fillfactor = 70);
    CREATE TABLE bare_receipt (LIKE receipt INCLUDING ALL);
    CREATE TABLE bare_destination (LIKE destination INCLUDING ALL) WITH (fillfactor = 70);
    INSERT INTO bare_destination SELECT * FROM destination;
  `);
  await bare.query('VACUUM ANALYZE');
  const rounds: { readonly ours: number; readonly bare: number }[] = [];
  for (const [index, note] of notes.slice(0, ROUNDS).entries()) {
    await store.journal.accept([{ note, news: true }]);
    const seq = index + 1;
    const ours = await throughStore(store, note, seq, ids);
    rounds.push({ ours, bare: await bareSql(bare, note.key, seq, destinations) });
  }
  return {
    what: 'messages recorded: intent and receipt',
    perSecond: median(rounds.map(({ ours }) => ours)),
    bare: median(rounds.map((round) => round.bare)),
    share: median(rounds.map((round) => round.ours / round.bare)),
  };
}
