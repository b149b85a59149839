import type { Client } from 'pg';
import { eventToNote } from '../../src/note/event-to-note.ts';
import { datedAt, type NostrEvent, type Note, type VerifiedEvent } from '../../src/note/note.ts';
import { noteVector } from '../../src/store/postgres/search/note-vector.ts';
import { createWordIndex } from '../../src/store/postgres/search/word-index.ts';
import { change } from '../../src/store/postgres/sql.ts';
import { momentOf } from '../../src/store/rules/moment.ts';
import { noteTokens } from '../../src/store/rules/note-tokens.ts';

const insertNotes = change(
  `INSERT INTO note (moment, id, key, created_at, post_type, event)
   SELECT * FROM unnest(:moments::bigint[], :ids::text[], :keys::text[], :dates::bigint[], :types::text[], :events::text[])`,
);
const insertWords = change('INSERT INTO word SELECT * FROM unnest(:moments::bigint[], :vectors::tsvector[])');

const BATCH = 500;

export function* noteBatches(
  events: Iterator<NostrEvent>,
  count: number,
  size: number,
): Generator<readonly Note[], void> {
  for (let left = count; left > 0; left -= size) {
    const some = Array.from({ length: Math.min(size, left) }, () => events.next().value as VerifiedEvent);
    yield some.flatMap((event) => eventToNote(event) ?? []);
  }
}

const momentsOf = (notes: readonly Note[]): readonly number[] =>
  notes.map((note) => momentOf(datedAt(note), note.id));

const rowsOf = (notes: readonly Note[]) => ({
  moments: momentsOf(notes),
  ids: notes.map(({ id }) => id),
  keys: notes.map(({ key }) => key),
  dates: notes.map(({ createdAt }) => createdAt),
  types: notes.map(({ postType }) => postType),
  events: notes.map(({ event }) => JSON.stringify(event)),
});

/** Fills the tables that searches read. The index of words is built at the end, which is five times as fast. */
export async function fillDirectly(bare: Client, events: Iterator<NostrEvent>, count: number): Promise<void> {
  const { rows } = await bare.query<{ indexdef: string }>(
    `SELECT indexdef FROM pg_indexes WHERE indexname = 'word_by_words'`,
  );
  await bare.query('DROP INDEX word_by_words');
  const index = createWordIndex();
  for (const notes of noteBatches(events, count, BATCH)) {
    const values = rowsOf(notes);
    const batch = index.batch();
    notes.forEach((note, at) => {
      batch.add(values.moments[at] ?? 0, note);
    });
    await bare.query('BEGIN');
    await Promise.all([insertNotes(bare, values), batch.write(bare)]);
    await bare.query('COMMIT');
  }
  await bare.query(`SET maintenance_work_mem = '512MB'`);
  await bare.query(rows[0]?.indexdef ?? '');
  await bare.query('VACUUM ANALYZE');
}

/** The least that has to be written for notes: themselves and their words, all prepared beforehand. */
export function prepareBareInsert(notes: readonly Note[]): (bare: Client) => Promise<void> {
  const values = rowsOf(notes);
  const vectors = notes.map((note, at) => noteVector(values.moments[at] ?? 0, noteTokens(note)));
  return async (bare) => {
    await Promise.all([
      bare.query('BEGIN'),
      insertNotes(bare, values),
      insertWords(bare, { moments: values.moments, vectors }),
      bare.query('COMMIT'),
    ]);
  };
}
