import { type Choices, languageOf } from '../choices/choices.ts';
import type { Brief } from '../note/brief.ts';
import { type Digest, shorterDigest } from '../note/digest.ts';
import type { Document } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import type { Body, Platform } from '../platform/platform.ts';

/** A burst is a few notes; every destination of a variant reads the same bodies. */
const KEPT = 64;

/** Of a destination's choices, what decides how a note looks there. */
export type View = Pick<Choices, 'look' | 'language' | 'reportedLanguage' | 'timeZone' | 'rhythm'>;

/** How notes become bodies: once per platform and view, not per destination. May take some seconds. */
export interface Rendering {
  note(note: Note, view: View): Promise<readonly Body[]>;
  /** Always one message: with fewer lines where all of them don't fit. */
  digest(digest: Digest, view: View): Promise<Body>;
}

export interface RenderingParts {
  readonly platform: Pick<Platform, 'rendered'>;
  presented(note: Note, view: View): Promise<Document>;
  brief(note: Note, view: View): Brief;
  digest(digest: Digest, view: View): Document;
}

/**
 * Presents and renders each version of a note once per view, however many destinations it goes to: those that come
 * while it is under way wait for the same. What failed is tried again by the next that comes.
 */
export function createRendering({ platform, presented, brief, digest }: RenderingParts): Rendering {
  const notes = createKept<readonly Body[]>();
  const digests = createKept<Body>();

  /** A single line always fits. */
  async function fitted(given: Digest, view: View): Promise<Body> {
    const [body, ...others] = await platform.rendered(
      digest(given, view),
      view.look,
      undefined,
      languageOf(view),
    );
    if (!body) throw new TypeError('A platform rendered a digest as no message at all');
    const lines = given.notes.length;
    return others.length === 0 || lines < 2
      ? body
      : fitted(shorterDigest(given, Math.floor(lines * 0.75)), view);
  }

  return {
    note: (note, view) =>
      notes(`${nameOf(view)} ${note.id}`, async () =>
        platform.rendered(await presented(note, view), view.look, brief(note, view), languageOf(view)),
      ),
    digest: (given, view) =>
      digests(
        [nameOf(view), view.rhythm.kind, given.more, ...given.notes.map(({ id }) => id)].join(' '),
        () => fitted(given, view),
      ),
  };
}

const nameOf = (view: View): string => `${view.look} ${languageOf(view) ?? ''} ${view.timeZone}`;

/** Makes what has a name once, while it is among the newest. */
function createKept<T>(): (name: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (name, make) => {
    const known = kept.get(name);
    if (known) return known;
    const made = make();
    kept.set(name, made);
    made.catch(() => kept.delete(name));
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return made;
  };
}
