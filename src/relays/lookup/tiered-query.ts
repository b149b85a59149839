import type { VerifiedEvent } from '../../note/note.ts';
import type { QueryResult } from './one-shot-query.ts';

/** `answered`: at least one relay has it, or says that it doesn't. */
export interface TieredResult {
  readonly event?: VerifiedEvent;
  readonly answered: boolean;
}

/**
 * Queries tier after tier of relays, each relay once, and takes the first event. A tier's turn comes when all relays before
 * it have said no, or have had their head start.
 */
export async function queryInTiers(
  tiers: readonly (readonly string[])[],
  query: (url: string) => Promise<QueryResult>,
  headStart: () => Promise<void>,
): Promise<TieredResult> {
  const first = Promise.withResolvers<VerifiedEvent>();
  const queries = new Map<string, Promise<void>>();
  let found = false;
  let answered = false;

  async function queryOne(url: string): Promise<void> {
    const result = await query(url);
    if (result.status === 'none') answered = true;
    if (result.status !== 'found') return;
    found = true;
    first.resolve(result.event);
  }

  for (const tier of tiers) {
    const fresh = tier.filter((url) => !queries.has(url));
    for (const url of fresh) queries.set(url, queryOne(url));
    if (fresh.length > 0) await Promise.race([first.promise, Promise.all(queries.values()), headStart()]);
    if (found) break;
  }
  const event = await Promise.race([first.promise, Promise.all(queries.values()).then(() => undefined)]);
  return event ? { event, answered: true } : { answered };
}
