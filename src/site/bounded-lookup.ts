import type { Clock } from '../lib/clock.ts';
import type { Note } from '../note/note.ts';
import { NOTHING_RESOLVED, type ResolvedReferences } from '../note/references/references.ts';

/** How long a page waits for the names of people and for notes that it quotes. */
const WAIT_MS = 150;
/** Concurrent look-ups. They query relays, so visitors mustn't be able to start any number of them. */
const MAX_RUNNING = 16;

/**
 * Look-ups for pages. Stored results arrive within milliseconds. Results that must be fetched first are there the
 * next time the page is opened.
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
