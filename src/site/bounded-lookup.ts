import type { Clock } from '../lib/clock.ts';
import type { Note } from '../note/note.ts';
import { NOTHING_RESOLVED, type ResolvedReferences } from '../note/references/references.ts';

/** How long a page waits for the names of people and for notes that it quotes. */
const WAIT_MS = 150;
/** Look-ups at the same time. They ask relays, so nobody may cause any number of them by opening pages. */
const MAX_RUNNING = 16;

/**
 * Look-ups for pages: what is stored comes within milliseconds; what must be asked for first is on the page the next time
 * it is opened.
 */
export function createBoundedLookup(
  resolve: (note: Note) => Promise<ResolvedReferences>,
  clock: Pick<Clock, 'wait'>,
): (note: Note) => Promise<ResolvedReferences> {
  let running = 0;
  return async (note) => {
    if (running >= MAX_RUNNING) return NOTHING_RESOLVED;
    running += 1;
    const answered = new AbortController();
    const known = resolve(note).finally(() => {
      running -= 1;
      answered.abort();
    });
    return Promise.race([known, clock.wait(WAIT_MS, answered.signal).then(() => NOTHING_RESOLVED)]);
  };
}
