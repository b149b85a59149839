import { MAX_RELAYS } from '../../archive.ts';
import { type Connection, change, select } from '../sql.ts';

/** A relay has a note. */
export interface Sighting {
  readonly id: string;
  readonly relay: string;
}

export type Sightings = ReturnType<typeof createSightings>;

// The first of each note, in their order, for as long as it has room.
const add = change(
  `INSERT INTO seen (moment, relay)
   SELECT moment, relay FROM (
     SELECT n.moment, s.relay, row_number() OVER (PARTITION BY n.moment ORDER BY s.n_th)
       + (SELECT count(*) FROM seen AS before WHERE before.moment = n.moment) AS place
     FROM unnest(:ids::text[], :relays::text[]) WITH ORDINALITY AS s (id, relay, n_th) JOIN note AS n USING (id)
     WHERE NOT EXISTS (SELECT FROM seen AS same WHERE same.moment = n.moment AND same.relay = s.relay)
   ) AS sighting WHERE place <= ${MAX_RELAYS}`,
);
const of = select<{ relay: string }>(
  'SELECT s.relay FROM note AS n JOIN seen AS s USING (moment) WHERE n.id = :id ORDER BY s.relay',
);

/** Which relays have the archived notes. */
export function createSightings() {
  return {
    /** Ignores notes that are not archived. */
    async add(on: Connection, sightings: readonly Sighting[]): Promise<void> {
      const once = [...new Map(sightings.map((one) => [`${one.id} ${one.relay}`, one])).values()];
      if (once.length === 0) return;
      await add(on, { ids: once.map(({ id }) => id), relays: once.map(({ relay }) => relay) });
    },
    of: async (on: Connection, id: string): Promise<readonly string[]> =>
      (await of.all(on, { id })).map(({ relay }) => relay),
  };
}
