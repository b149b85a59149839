import type { VerifiedEvent } from '../../note/note.ts';
import type { QueryResult } from './one-shot-query.ts';

/** What came of a search; `answered`: at least one relay said that it has nothing. */
export interface TieredResult {
  readonly event?: VerifiedEvent;
  readonly answered: boolean;
}

/**
 * Asks group after group of relays, each relay once; the first event is taken. A group has its turn when all before it
 * have said no, or have had their head start.
 */
export async function queryInTiers(
  groups: readonly (readonly string[])[],
  ask: (url: string) => Promise<QueryResult>,
  headStart: () => Promise<void>,
): Promise<TieredResult> {
  const first = Promise.withResolvers<VerifiedEvent>();
  const asked = new Map<string, Promise<void>>();
  let found = false;
  let answered = false;

  async function askOne(url: string): Promise<void> {
    const reply = await ask(url);
    if (reply.status === 'none') answered = true;
    if (reply.status !== 'found') return;
    found = true;
    first.resolve(reply.event);
  }

  for (const group of groups) {
    const fresh = group.filter((url) => !asked.has(url));
    for (const url of fresh) asked.set(url, askOne(url));
    if (fresh.length > 0) await Promise.race([first.promise, Promise.all(asked.values()), headStart()]);
    if (found) break;
  }
  const event = await Promise.race([first.promise, Promise.all(asked.values()).then(() => undefined)]);
  // Whoever said no counts only where nobody said yes.
  return event ? { event, answered: true } : { answered };
}
