import { hashtagKey } from '../../note/hashtag.ts';
import type { NoteFrom } from '../event-parser.ts';
import { noteTokens } from '../rules/note-tokens.ts';
import { type Digest, digestOf, isSame } from './digest.ts';
import { CopyError, noteOfRow, type Place, type Side, type Target } from './side.ts';
import { keyOf, NOTE, type Row, TABLES, type Table } from './tables.ts';

/** What a copy is doing; `table` is the one it is at. */
export interface Progress {
  readonly doing: 'copying' | 'verifying' | 'starting-over';
  readonly table: string;
  /** Rows of the table so far. */
  readonly rows: number;
}

export interface CopyOptions {
  readonly from: Side;
  readonly to: Target;
  readonly noteFrom: NoteFrom;
  onProgress?(progress: Progress): void;
  /** At most so many rows in one transaction; for tests. */
  readonly batch?: number;
}

/** What was compared at the end, all of it read from the databases. */
export interface CopyResult {
  /** The rows of each table, which are the same on both sides. */
  readonly rows: ReadonlyMap<string, number>;
  /** Posts that were searched for in the copy by their words, and found. */
  readonly searches: number;
}

/** Posts to search for at the end. */
const SEARCHES = 20;
const WORDS_PER_SEARCH = 8;

/**
 * Copies a database to an empty one, or goes on with a copy of it that was interrupted, then compares both. Until that
 * has succeeded the program doesn't open the copy. Rejects with `CopyError`, whatever fails; called again it goes on from there,
 * or starts over if the source has changed since.
 */
export async function copyDatabase(options: CopyOptions): Promise<CopyResult> {
  const { from, to } = options;
  await copyRows(await firstPlace(options), options);
  const result = await verify(options);
  await to.finish();
  return result;

  /** Where to begin or to go on. */
  async function firstPlace({ onProgress }: CopyOptions): Promise<Place> {
    const place = await to.place();
    if (place && (await isUpToDate(place, options))) return place;
    if (place) onProgress?.({ doing: 'starting-over', table: NOTE.name, rows: 0 });
    await to.begin(from.name);
    return { table: NOTE.name };
  }
}

/** Whether what was copied before is still the same in the source. */
async function isUpToDate(place: Place, { from, to }: CopyOptions): Promise<boolean> {
  for (const table of TABLES) {
    const isCurrent = table.name === place.table;
    const [there, here] = [
      await digestOf(to, table),
      await digestOf(from, table, isCurrent ? (place.after ?? []) : undefined),
    ];
    if (!isSame(there, here)) return false;
    if (isCurrent) return true;
  }
  return true;
}

async function copyRows(
  start: Place,
  { from, to, batch = Number.MAX_SAFE_INTEGER, onProgress }: CopyOptions,
): Promise<void> {
  let rows = 0;
  for (let place = start; place.table !== undefined; ) {
    const table = tableNamed(place.table);
    const limit = Math.min(table.batch, batch);
    const some = await from.rowsAfter(table, place.after, limit);
    const last = some.at(-1);
    place =
      last && some.length === limit ? { table: table.name, after: keyOf(table, last) } : startAfter(table);
    await to.write(table, some, place);
    rows += some.length;
    onProgress?.({ doing: 'copying', table: table.name, rows });
    if (place.table !== table.name) rows = 0;
  }
}

function tableNamed(name: string): Table {
  const table = TABLES.find((one) => one.name === name);
  if (!table)
    throw new CopyError(
      `another version began the copy, with the table "${name}"; empty the database to start over`,
    );
  return table;
}

function startAfter(table: Table): Place {
  const next = TABLES[TABLES.indexOf(table) + 1];
  return next ? { table: next.name } : {};
}

async function verify({ from, to, noteFrom, onProgress }: CopyOptions): Promise<CopyResult> {
  const rows = new Map<string, number>();
  const problems: string[] = [];
  const samples: Row[] = [];
  const every = Math.ceil((await from.count(NOTE)) / SEARCHES);
  for (const table of TABLES) {
    onProgress?.({ doing: 'verifying', table: table.name, rows: 0 });
    let n = 0;
    const there = await digestOf(from, table, undefined, (row) => {
      if (table === NOTE && n % every === 0) samples.push(row);
      n += 1;
    });
    const here = await digestOf(to, table);
    if (!isSame(there, here)) problems.push(differenceText(table, there, here));
    rows.set(table.name, here.rows);
  }
  problems.push(...(await to.problems()));
  const lost = (await to.unindexed()).filter((row) => noteOfRow(row, noteFrom) !== undefined).length;
  if (lost > 0) problems.push(`${lost} posts can't be searched for`);
  const { found, missing } = await searchFor(samples, to, noteFrom);
  if (missing.length > 0) problems.push(`searches don't find ${missing.join(', ')}`);
  if (problems.length === 0) return { rows, searches: found };
  // What is there counts as nothing, so that it isn't gone on with.
  await to.write(NOTE, [], { table: NOTE.name });
  throw new CopyError(
    `"${to.name}" isn't the same as "${from.name}", so it stays unusable: ${problems.join('; ')}. Run the command again to start over`,
  );
}

const differenceText = ({ name }: Table, there: Digest, here: Digest): string =>
  there.rows === here.rows
    ? `rows of "${name}" differ`
    : `"${name}" has ${here.rows} rows instead of ${there.rows}`;

/** Searches for posts by their longest words and a hashtag. */
async function searchFor(samples: readonly Row[], to: Target, noteFrom: NoteFrom) {
  let found = 0;
  const missing: string[] = [];
  for (const row of samples) {
    const note = noteOfRow(row, noteFrom);
    if (!note) continue;
    const byLength = [...new Set(noteTokens(note).words)].sort((a, b) => b.length - a.length);
    const words = byLength.slice(0, WORDS_PER_SEARCH);
    const query = { words, phrases: [], without: [], hashtags: note.hashtags.slice(0, 1).map(hashtagKey) };
    if (words.length + query.hashtags.length === 0) continue;
    const finding = await to.finds(query, Number(row['moment']));
    if (finding === 'found') found += 1;
    if (finding === 'missing') missing.push(note.id);
  }
  return { found, missing };
}
