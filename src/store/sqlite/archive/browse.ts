import type { DatabaseSync } from 'node:sqlite';
import type { ArchiveEntry, ListCursor, Listing, ListPage, ListRequest } from '../../archive.ts';
import { firstMomentAt, MAX_MOMENT } from '../../rules/moment.ts';
import { hashtagToken } from '../../rules/note-tokens.ts';
import { matchToken } from '../search/fts-query.ts';
import { select } from '../sql.ts';
import type { NoteReader } from './note-reader.ts';

/** Where each kind of list reads its row ids in order, and the column that has them. */
const SOURCES = {
  all: { from: 'note WHERE :name IS NULL', moment: 'moment' },
  postType: { from: 'note WHERE post_type = :name', moment: 'moment' },
  series: { from: 'series WHERE name = :name', moment: 'moment' },
  hashtag: { from: 'words WHERE words MATCH :name', moment: 'rowid' },
} as const;

type Source = keyof typeof SOURCES;

/** Reads lists of notes by their places, which are row ids: newest first is descending (`moment.ts`). */
export function createBrowser(db: DatabaseSync, reader: NoteReader) {
  const momentsIn = (source: Source, order: 'ASC' | 'DESC') => {
    const { from, moment } = SOURCES[source];
    return select<{ moment: number }>(
      db,
      `SELECT ${moment} AS moment FROM ${from} AND ${moment} >= :from AND ${moment} < :to
       ORDER BY ${moment} ${order} LIMIT :count`,
    );
  };
  const both = (source: Source) => ({
    ASC: momentsIn(source, 'ASC'),
    DESC: momentsIn(source, 'DESC'),
  });
  const lists = {
    all: both('all'),
    postType: both('postType'),
    series: both('series'),
    hashtag: both('hashtag'),
  };
  // The event is stored as JSON, so this only matches a tag: quotes in strings have a backslash before them.
  const entries = select<Omit<ArchiveEntry, 'protected'> & { readonly protected: number }>(
    db,
    `SELECT id, key, created_at AS editedAt, instr(event, '["-"') > 0 AS protected FROM note
     WHERE moment >= :from AND moment < :to ORDER BY moment DESC LIMIT :count`,
  );
  const place = select<{ moment: number }>(db, 'SELECT moment FROM note WHERE id = :id');
  const monthRows = select<{ month: string; count: number }>(
    db,
    'SELECT month, count FROM month WHERE count > 0 ORDER BY month DESC LIMIT 2400',
  );
  const tombstone = select<{ key: string }>(db, 'SELECT key FROM tombstone WHERE key = :key');
  const tombstoneByPrefix = select<{ key: string }>(
    db,
    `SELECT key FROM tombstone WHERE key >= :prefix AND key < :prefix || 'g' LIMIT 1`,
  );

  return {
    async page(
      { of, sinceS = 0, untilS }: Listing,
      { count, before, after }: ListRequest,
    ): Promise<ListPage> {
      const [source, name] = sourceOf(of);
      const bounds = {
        from: firstMomentAt(sinceS),
        to: untilS === undefined ? MAX_MOMENT : firstMomentAt(untilS),
      };
      const read = (order: 'ASC' | 'DESC', from: number, to: number, limit: number): readonly number[] => {
        // FTS5 honours bounds only if they are integers; node:sqlite binds numbers as floating point.
        const range = { from: BigInt(Math.max(from, bounds.from)), to: BigInt(Math.min(to, bounds.to)) };
        return lists[source][order].all({ name, ...range, count: limit }).map(({ moment }) => moment);
      };
      const limit = Math.max(count, 0);
      const moments =
        after === undefined
          ? read('DESC', 0, before ?? MAX_MOMENT, limit)
          : read('ASC', after + 1, MAX_MOMENT, limit).toReversed();
      const [newest, oldest] = [moments[0], moments.at(-1)];
      const hasNewer = newest !== undefined && read('ASC', newest + 1, MAX_MOMENT, 1).length > 0;
      const hasOlder = oldest !== undefined && read('DESC', 0, oldest, 1).length > 0;
      return {
        notes: await reader.notesAt(moments),
        ...(hasNewer && { newer: newest }),
        ...(hasOlder && { older: oldest }),
      };
    },

    entriesBetween: (sinceS: number, untilS: number, count: number): readonly ArchiveEntry[] =>
      entries
        .all({ from: firstMomentAt(sinceS), to: firstMomentAt(untilS), count })
        .map((row) => ({ ...row, protected: row.protected === 1 })),

    cursorOf: (id: string): ListCursor | undefined => place.get({ id })?.moment,

    months: () => monthRows.all(),

    wasDeleted: (idOrKey: string): boolean =>
      (/^[0-9a-f]{8,63}$/u.test(idOrKey)
        ? tombstoneByPrefix.get({ prefix: idOrKey })
        : tombstone.get({ key: idOrKey })) !== undefined,
  };
}

function sourceOf(of: Listing['of']): readonly [Source, string | null] {
  if (of === undefined) return ['all', null];
  if ('postType' in of) return ['postType', of.postType];
  if ('series' in of) return ['series', of.series];
  return ['hashtag', matchToken(hashtagToken(of.hashtag))];
}
