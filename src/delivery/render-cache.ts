import type { Note } from '../note/note.ts';
import { type Digest, shorterDigest } from '../note/present/digest.ts';
import type { ReadyDocument } from '../note/present/finish.ts';
import type { Body, Platform } from '../platform/platform.ts';
import { languageOf, type Preferences } from '../preferences/preferences.ts';

/** A burst is a few notes; every destination of a variant reads the same bodies. */
const CACHE_SIZE = 64;

/** Of a destination's choices, what decides how a note looks there. */
export type RenderOptions = Pick<
  Preferences,
  'style' | 'language' | 'reportedLanguage' | 'timeZone' | 'schedule'
>;

/** How notes become bodies: once per platform and view, not per destination. May take some seconds. */
export interface RenderCache {
  renderNote(note: Note, view: RenderOptions): Promise<readonly Body[]>;
  /** Always one message: with fewer lines where all of them don't fit. */
  renderDigest(digest: Digest, view: RenderOptions): Promise<Body>;
}

export interface RenderCacheParts {
  readonly platform: Pick<Platform, 'rendered'>;
  finishNote(note: Note, view: RenderOptions): Promise<ReadyDocument>;
  finishDigest(digest: Digest, view: RenderOptions): ReadyDocument;
}

/**
 * Presents and renders each version of a note once per view, however many destinations it goes to: those that come
 * while it is under way wait for the same. What failed is tried again by the next that comes.
 */
export function createRenderCache({ platform, finishNote, finishDigest }: RenderCacheParts): RenderCache {
  const notes = memoize<readonly Body[]>();
  const digests = memoize<Body>();

  /** A single line always fits. */
  async function fitted(given: Digest, view: RenderOptions): Promise<Body> {
    const [body, ...others] = await platform.rendered(finishDigest(given, view), view.style);
    if (!body) throw new TypeError('A platform rendered a digest as no message at all');
    const lines = given.notes.length;
    return others.length === 0 || lines < 2
      ? body
      : fitted(shorterDigest(given, Math.floor(lines * 0.75)), view);
  }

  return {
    renderNote: (note, view) =>
      notes(`${cacheKey(view)} ${note.id}`, async () =>
        platform.rendered(await finishNote(note, view), view.style),
      ),
    renderDigest: (given, view) =>
      digests(
        [cacheKey(view), view.schedule.kind, given.more, ...given.notes.map(({ id }) => id)].join(' '),
        () => fitted(given, view),
      ),
  };
}

const cacheKey = (view: RenderOptions): string => `${view.style} ${languageOf(view) ?? ''} ${view.timeZone}`;

/** Makes what has a name once, while it is among the newest. */
function memoize<T>(): (name: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (name, make) => {
    const known = kept.get(name);
    if (known) return known;
    const made = make();
    kept.set(name, made);
    made.catch(() => kept.delete(name));
    for (const oldest of kept.keys()) {
      if (kept.size <= CACHE_SIZE) break;
      kept.delete(oldest);
    }
    return made;
  };
}
