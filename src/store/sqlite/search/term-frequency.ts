import type { DatabaseSync } from 'node:sqlite';
import type { Term } from '../../../note/search/terms.ts';
import { select } from '../sql.ts';
import { matchToken } from './fts-query.ts';

/** Words in fewer notes than this are rare: all their notes are looked at, and ranked by bm25. */
const RARE_BELOW = 1_000;

/** Tests whether few notes have any of some terms, without counting further than that takes. */
export function createRareTermTest(db: DatabaseSync): (group: readonly Term[]) => boolean {
  const counted = select<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM (SELECT 1 FROM words WHERE words MATCH :match LIMIT ${RARE_BELOW})`,
  );
  const notesWith = (token: string): number => counted.get({ match: matchToken(token) })?.count ?? 0;

  /** An upper bound: a phrase is no more frequent than its rarest word. A character that begins a pair is not a word. */
  const mostWith = ({ open, tokens }: Term): number =>
    (open === 'character' && tokens.length > 1 ? tokens.slice(0, -1) : tokens).reduce(
      (least, token) => Math.min(least, notesWith(token)),
      RARE_BELOW,
    );

  return (group) => {
    let most = 0;
    return group.every((term) => (most += mostWith(term)) < RARE_BELOW);
  };
}
