import type { Note } from '../../../note/note.ts';
import type { EventParser } from '../../event-parser.ts';
import type { ArchivedVersion, ChangingArchive } from '../../rules/archive-changes.ts';
import type { NewEntry } from '../journal-table.ts';
import { type Connection, change, select, together } from '../sql.ts';
import type { NoteRow, NoteTable } from './note-table.ts';

/** What a change may ask about. */
export interface Concerned {
  readonly ids: readonly string[];
  readonly keys: readonly string[];
  /** Ids of notes that those to be archived answer. */
  readonly answered?: readonly string[];
}

/** A version that is archived, or that will be once the changes are written. */
interface StagedVersion extends ArchivedVersion {
  /** Absent until it is written. */
  readonly moment?: number;
}

/** Changes to be written. */
export interface StagedChanges {
  readonly archive: ChangingArchive<StagedVersion>;
  /** Moments of removed notes. */
  readonly removed: readonly number[];
  readonly added: () => readonly Note[];
  readonly entries: readonly NewEntry[];
  /** Writes what was remembered and forbidden. */
  write(on: Connection): Promise<void>;
}

const remembered = select<{ id: string }>('SELECT id FROM past WHERE id = ANY (:ids::text[])');
const archived = select<{ id: string }>('SELECT id FROM note WHERE id = ANY (:ids::text[])');
const forbidden = select<{ key: string; until: number | null }>(
  'SELECT key, until FROM tombstone WHERE key = ANY (:names::text[])',
);
const remember = change(
  `INSERT INTO past (id, key, created_at) SELECT * FROM unnest(:ids::text[], :keys::text[], :createdAt::bigint[])
   ON CONFLICT (id) DO NOTHING`,
);
const forbid = change(
  `INSERT INTO tombstone (key, until) SELECT * FROM unnest(:names::text[], :until::bigint[])
   ON CONFLICT (key) DO UPDATE SET until = excluded.until`,
);

/**
 * Fetches all that a change may ask about, in one round trip, and answers from it, with the change's own doings on top. Nobody
 * else may change the archive until the transaction ends.
 */
export async function stageChanges(
  on: Connection,
  { ids, keys, answered = [] }: Concerned,
  { notes, parser }: { readonly notes: NoteTable; readonly parser: EventParser },
): Promise<StagedChanges> {
  const [versions, pastIds, own, tombstones] = await together([
    notes.named(on, keys, ids),
    remembered.all(on, { ids: [...ids, ...answered] }),
    answered.length === 0 ? [] : archived.all(on, { ids: answered }),
    forbidden.all(on, { names: [...new Set([...ids, ...keys])] }),
  ]);
  return stagedOn({ versions, pastIds, own, tombstones }, parser);
}

interface Facts {
  readonly versions: readonly NoteRow[];
  readonly pastIds: readonly { readonly id: string }[];
  readonly own: readonly { readonly id: string }[];
  readonly tombstones: readonly { readonly key: string; readonly until: number | null }[];
}

function stagedOn({ versions, pastIds, own, tombstones }: Facts, parser: EventParser): StagedChanges {
  const byKey = new Map<string, StagedVersion>(versions.map((row) => [row.key, row]));
  const byId = new Map<string, StagedVersion>(versions.map((row) => [row.id, row]));
  const known = new Set([...pastIds, ...own].map(({ id }) => id));
  const past = new Set(pastIds.map(({ id }) => id));
  /** Names that must stay out, until when; `null` for good. */
  const until = new Map(tombstones.map((row) => [row.key, row.until]));

  const added = new Map<string, Note>();
  const removed: number[] = [];
  const newlyPast: ArchivedVersion[] = [];
  const newlyForbidden = new Set<string>();
  const entries: NewEntry[] = [];

  const isOwn = (id: string): boolean => known.has(id) || byId.has(id);

  const archive: ChangingArchive<StagedVersion> = {
    byId: (id) => byId.get(id),
    byKey: (key) => byKey.get(key),
    isForbidden: ({ id, key, createdAt }) =>
      until.get(id) === null || (until.get(key) ?? Number.NEGATIVE_INFINITY) >= createdAt,
    isRemembered: (id) => past.has(id),
    inThread: (note) => parser.inThread(note, isOwn),
    put(note) {
      const { id, key, createdAt } = note;
      added.set(id, note);
      byId.set(id, { id, key, createdAt });
      byKey.set(key, { id, key, createdAt });
    },
    remove({ id, key, moment }) {
      added.delete(id);
      byId.delete(id);
      byKey.delete(key);
      if (moment !== undefined) removed.push(moment);
    },
    remember({ id, key, createdAt }) {
      if (past.has(id)) return;
      past.add(id);
      known.add(id);
      newlyPast.push({ id, key, createdAt });
    },
    forbidId(id) {
      until.set(id, null);
      newlyForbidden.add(id);
    },
    forbidAddress(address, second) {
      const before = until.get(address);
      until.set(address, before === null ? null : Math.max(second, before ?? second));
      newlyForbidden.add(address);
    },
    appendPost: (key, postType, isBreaking) =>
      void entries.push({ action: 'post', key, postType, isBreaking }),
    appendChange: (action, key) => void entries.push({ action, key }),
  };

  return {
    archive,
    removed,
    added: () => [...added.values()],
    entries,
    async write(on) {
      const names = [...newlyForbidden];
      await together([
        newlyPast.length > 0 &&
          remember(on, {
            ids: newlyPast.map(({ id }) => id),
            keys: newlyPast.map(({ key }) => key),
            createdAt: newlyPast.map(({ createdAt }) => createdAt),
          }),
        names.length > 0 && forbid(on, { names, until: names.map((name) => until.get(name) ?? null) }),
      ]);
    },
  };
}
