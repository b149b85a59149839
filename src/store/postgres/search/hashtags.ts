import type { Pool } from 'pg';
import { hashtagKey } from '../../../note/hashtag.ts';
import type { HashtagCount } from '../../archive.ts';
import { MAX_HASHTAGS_CONSIDERED } from '../../rules/completions.ts';
import { hashtagToken, type NoteTokens } from '../../rules/note-tokens.ts';
import { type Connection, change, select, together } from '../sql.ts';
import { lexemeOf } from './lexemes.ts';

const byPrefix = select<HashtagCount>(
  `SELECT tag, count FROM (
     SELECT tag, count FROM hashtag WHERE tag >= :prefix AND tag < :prefix || chr(1114111)
     ORDER BY tag LIMIT ${MAX_HASHTAGS_CONSIDERED}
   ) AS considered ORDER BY count DESC, tag LIMIT :count`,
);

/** Finds hashtags by prefix, the most used first. */
export const createHashtagSuggestions =
  (readers: Pool) =>
  (prefix: string, count: number): Promise<readonly HashtagCount[]> =>
    byPrefix.all(readers, { prefix: hashtagKey(prefix), count: Math.max(count, 0) });

// In the order of the key, so that two writers can't wait for each other.
const add = change(
  `INSERT INTO hashtag SELECT tag, count FROM unnest(:tags::text[], :counts::bigint[]) AS change (tag, count)
   ORDER BY tag COLLATE "C" ON CONFLICT (tag) DO UPDATE SET count = hashtag.count + excluded.count`,
);
const dropUnused = change(`DELETE FROM hashtag WHERE tag = ANY (:tags::text[]) AND count <= 0`);

/** Counts the hashtags of added notes, and no longer those with the lexemes of removed ones, inside the caller's transaction. */
export async function countHashtags(
  on: Connection,
  added: readonly NoteTokens[],
  removed: readonly string[],
): Promise<void> {
  const changes = new Map<string, number>();
  const count = (lexeme: string, by: number): void => {
    const tag = hashtagOf(lexeme);
    if (tag !== undefined) changes.set(tag, (changes.get(tag) ?? 0) + by);
  };
  for (const { hashtags } of added)
    for (const lexeme of new Set(hashtags.map(({ mark }) => lexemeOf(mark)))) count(lexeme, 1);
  for (const lexeme of removed) count(lexeme, -1);
  const changed = [...changes].filter(([, by]) => by !== 0);
  if (changed.length === 0) return;
  const tags = changed.map(([tag]) => tag);
  const adding = add(on, { tags, counts: changed.map(([, by]) => by) });
  await together([adding, removed.length > 0 && dropUnused(on, { tags })]);
}

/** The hashtag of a lexeme; `undefined` if it is too long for one, so that only its digest is known. */
function hashtagOf(lexeme: string): string | undefined {
  const hex = lexeme.slice(hashtagToken('').length);
  return hex.length % 2 === 0 ? Buffer.from(hex, 'hex').toString() : undefined;
}
