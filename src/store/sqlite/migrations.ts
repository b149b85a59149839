import type { DatabaseSync } from 'node:sqlite';
import { figureSchema } from './figure-schema.ts';
import { heldSchema } from './held-schema.ts';
import { milestoneSchema } from './milestone-schema.ts';
import { peopleSchema } from './people-schema.ts';
import { firstSchema } from './schema.ts';
import { seriesSchema } from './series-schema.ts';
import { spellingSchema } from './spelling-schema.ts';
import { select, transaction } from './sql.ts';
import { tallySchema } from './tally-schema.ts';

/** Marks the file as ours ("PstR"): SQLite's own field for that in the header. */
const APPLICATION_ID = 0x50737452;

/**
 * Migration n leads from schema n to n + 1. Only ever appended to, each a text that names no constant of the program:
 * databases have been through it as it was. `test/store/migrations.test.ts` holds each to its digest.
 */
export const MIGRATIONS: readonly string[] = [
  firstSchema,
  // The first program wrote the default of its time; nobody had chosen it.
  "UPDATE destination SET variant = ''",
  // Since when it is gone: it is forgotten after a time.
  `ALTER TABLE destination ADD COLUMN gone_ms INTEGER;
   UPDATE destination SET gone_ms = unixepoch() * 1000 WHERE state = 'gone'`,
  // Relays are told what is known, with its dates. Those of what is past already nobody kept.
  `ALTER TABLE past ADD COLUMN created_at INTEGER;
   CREATE INDEX past_by_date ON past (created_at, id) WHERE created_at IS NOT NULL`,
  milestoneSchema,
  tallySchema,
  seriesSchema,
  // What a place may choose became more than can be a column each.
  `ALTER TABLE destination ADD COLUMN choices TEXT NOT NULL DEFAULT '';
   UPDATE destination SET choices = 'types: ' || coalesce(nullif(replace(trim(post_types), ' ', ', '), ''), 'none');
   ALTER TABLE destination DROP COLUMN variant`,
  heldSchema,
  figureSchema,
  peopleSchema,
  // What series a title belongs to is told better: all notes are looked at again in steps, as when there were none.
  `DELETE FROM series;
   INSERT OR REPLACE INTO unsorted SELECT 1, max(moment) + 1 FROM note HAVING count(*) > 0`,
  spellingSchema,
  // An edited article stands where it first came out; what is known is told by the date of its newest version.
  'CREATE INDEX note_edited ON note (created_at) WHERE created_at > moment / 1048576 + 1',
];

/** A file that is healthy but can't be used by this program; the message completes "can't open …:". */
class WrongSchema extends Error {
  override readonly name = 'WrongSchema';
}

/**
 * Brings the database to the newest schema, each step in a transaction of its own, and returns the schema it found.
 * Refuses one that a newer program wrote, and one that another program wrote.
 */
export function migrate(db: DatabaseSync, migrations: readonly string[] = MIGRATIONS): number {
  const found = pragma(db, 'user_version');
  if (found > migrations.length)
    throw new WrongSchema(
      `it was written by a newer Postrider (schema ${found}; this one knows up to ${migrations.length}); ` +
        'run that version, or restore a backup from before the update',
    );
  const tables = select<{ n: number }>(db, 'SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0;
  if (tables > 0 && pragma(db, 'application_id') !== APPLICATION_ID)
    throw new WrongSchema("it holds another program's data; choose another path");
  migrations.slice(found).forEach((sql, index) => {
    transaction(db, () => {
      // Another process may have been faster.
      if (pragma(db, 'user_version') !== found + index) return;
      db.exec(sql);
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${found + index + 1}`);
    });
  });
  return found;
}

function pragma(db: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return select<Record<string, number>>(db, `PRAGMA ${name}`).get()?.[name] ?? 0;
}
