import type { Brief } from '../note/brief.ts';
import type { Document } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import type { Body, Platform } from '../platform/platform.ts';
import type { Step } from './carry-out.ts';

/** A burst is a few notes; every destination of a variant reads the same bodies. */
const KEPT = 64;

/** Renders each version of a note once per variant, however many destinations it goes to. */
export function createRendering(
  platform: Platform,
  presented: (note: Note) => Document,
  brief: (note: Note) => Brief,
): Step {
  const kept = new Map<string, readonly Body[]>();
  return (note, variant) => {
    const key = `${variant} ${note.id}`;
    const known = kept.get(key);
    if (known) return known;
    const bodies = platform.render(presented(note), variant, brief(note));
    kept.set(key, bodies);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return bodies;
  };
}
