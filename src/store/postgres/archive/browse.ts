import type { Pool } from 'pg';
import type { ArchiveEntry, ListCursor, Listing, ListPage, ListRequest } from '../../archive.ts';
import type { StoredEvent } from '../../event-parser.ts';
import { firstMomentAt, MAX_MOMENT } from '../../rules/moment.ts';
import { select } from '../sql.ts';
import { listedTag } from './hashtag-table.ts';
import type { NoteReader } from './note-reader.ts';

/** Where each kind of list reads its moments in order. */
const SOURCES = {
  all: 'note WHERE :name::text IS NULL',
  postType: 'note WHERE post_type = :name',
  series: 'series WHERE name = :name',
  hashtag: 'note_hashtag WHERE tag = :name',
} as const;

type Source = keyof typeof SOURCES;

interface ListedEvent extends StoredEvent {
  readonly moment: number;
  readonly has_newer: boolean;
  readonly has_older: boolean;
}

/** In one statement, because all of it has to be of the same time. */
const pageOf = (source: Source, order: 'ASC' | 'DESC') => {
  const inList = `FROM ${SOURCES[source]} AND moment >= :since AND moment < :until`;
  return select<ListedEvent>(
    `WITH page AS MATERIALIZED (
       SELECT moment ${inList} AND moment > :after AND moment < :before ORDER BY moment ${order} LIMIT :count)
     SELECT moment, event,
       EXISTS (SELECT ${inList} AND moment > (SELECT max(moment) FROM page)) AS has_newer,
       EXISTS (SELECT ${inList} AND moment < (SELECT min(moment) FROM page)) AS has_older
     FROM page JOIN note USING (moment) ORDER BY moment DESC`,
  );
};
const both = (source: Source) => ({ newest: pageOf(source, 'DESC'), oldest: pageOf(source, 'ASC') });
const PAGES = {
  all: both('all'),
  postType: both('postType'),
  series: both('series'),
  hashtag: both('hashtag'),
};

const entries = select<ArchiveEntry>(
  `SELECT id, key, created_at AS "editedAt", is_protected AS protected FROM note
   WHERE moment >= :from AND moment < :to ORDER BY moment DESC LIMIT :count`,
);
const place = select<{ moment: number }>('SELECT moment FROM note WHERE id = :id');
const monthRows = select<{ month: string; count: number }>(
  'SELECT month, count FROM month WHERE count > 0 ORDER BY month DESC LIMIT 2400',
);
const tombstone = select<{ key: string }>('SELECT key FROM tombstone WHERE key = :key');
const tombstoneByPrefix = select<{ key: string }>(
  `SELECT key FROM tombstone WHERE key >= :prefix AND key < :prefix || 'g' LIMIT 1`,
);

/** Reads lists of notes by their places, which are moments: newest first is descending (`moment.ts`). */
export function createBrowser(readers: Pool, reader: NoteReader) {
  return {
    async page(
      { of, sinceS = 0, untilS }: Listing,
      { count, before = MAX_MOMENT, after }: ListRequest,
    ): Promise<ListPage> {
      const [source, name] = sourceOf(of);
      const rows = await PAGES[source][after === undefined ? 'newest' : 'oldest'].all(readers, {
        name,
        since: firstMomentAt(sinceS),
        until: untilS === undefined ? MAX_MOMENT : firstMomentAt(untilS),
        before: after === undefined ? before : MAX_MOMENT,
        after: after ?? -1,
        count: Math.max(count, 0),
      });
      const [newest, oldest] = [rows[0], rows.at(-1)];
      return {
        notes: await reader.notesOf(readers, rows),
        ...(newest?.has_newer && { newer: newest.moment }),
        ...(oldest?.has_older && { older: oldest.moment }),
      };
    },

    entriesBetween: (sinceS: number, untilS: number, count: number): Promise<readonly ArchiveEntry[]> =>
      entries.all(readers, { from: firstMomentAt(sinceS), to: firstMomentAt(untilS), count }),

    cursorOf: async (id: string): Promise<ListCursor | undefined> =>
      (await place.get(readers, { id }))?.moment,

    months: () => monthRows.all(readers),

    wasDeleted: async (idOrKey: string): Promise<boolean> =>
      (/^[0-9a-f]{8,63}$/u.test(idOrKey)
        ? await tombstoneByPrefix.get(readers, { prefix: idOrKey })
        : await tombstone.get(readers, { key: idOrKey })) !== undefined,
  };
}

function sourceOf(of: Listing['of']): readonly [Source, string | null] {
  if (of === undefined) return ['all', null];
  if ('postType' in of) return ['postType', of.postType];
  if ('series' in of) return ['series', of.series];
  return ['hashtag', listedTag(of.hashtag)];
}
