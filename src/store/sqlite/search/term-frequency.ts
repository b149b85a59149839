import type { DatabaseSync } from 'node:sqlite';
import type { Term } from '../../../note/search/terms.ts';
import { select } from '../sql.ts';
import { matchToken } from './fts-query.ts';

/** Fewer notes than this are looked at one by one, and their words are worth weighing. */
const RARE_BELOW = 1_000;

/** Tells whether few notes have any of some terms, and looks at no more notes than that takes. */
export function createRareTermTest(db: DatabaseSync): (group: readonly Term[]) => boolean {
  const counted = select<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM (SELECT 1 FROM words WHERE words MATCH :match LIMIT ${RARE_BELOW})`,
  );
  const notesWith = (token: string): number => counted.get({ match: matchToken(token) })?.count ?? 0;

  /** At most so many: a phrase is no more frequent than its rarest word. A character that begins a pair is none. */
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
