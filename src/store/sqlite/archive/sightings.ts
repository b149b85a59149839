import type { DatabaseSync } from 'node:sqlite';
import { MAX_RELAYS } from '../../archive.ts';
import { change, select } from '../sql.ts';

export type Sightings = ReturnType<typeof createSightings>;

/** Which relays have the archived notes. */
export function createSightings(db: DatabaseSync) {
  const add = change(
    db,
    `INSERT OR IGNORE INTO seen (moment, relay) SELECT n.moment, :relay FROM note AS n WHERE n.id = :id
     AND (SELECT count(*) FROM seen AS s WHERE s.moment = n.moment) < ${MAX_RELAYS}`,
  );
  const of = select<{ relay: string }>(
    db,
    'SELECT s.relay FROM note AS n JOIN seen AS s ON s.moment = n.moment WHERE n.id = :id ORDER BY s.relay',
  );
  return {
    /** Ignores notes that are not archived. */
    add: (id: string, relay: string): void => void add({ id, relay }),
    of: (id: string): readonly string[] => of.all({ id }).map(({ relay }) => relay),
  };
}
