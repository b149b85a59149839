import type { Document } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import type { Body, Platform } from '../platform/platform.ts';
import type { Step } from './carry-out.ts';

/** A burst is a few notes; every destination of a variant reads the same bodies. */
const KEPT = 64;

/**
 * Presents and renders each version of a note once per variant, however many destinations it goes to: those that come
 * while it is under way wait for the same. What failed is tried again by the next that comes.
 */
export function createRendering(platform: Platform, presented: (note: Note) => Promise<Document>): Step {
  const kept = new Map<string, Promise<readonly Body[]>>();

  return (note, variant) => {
    const key = `${variant} ${note.id}`;
    const known = kept.get(key);
    if (known) return known;
    const bodies = presented(note).then((document) => platform.render(document, variant));
    kept.set(key, bodies);
    bodies.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return bodies;
  };
}
