import type { Note } from '../note/note.ts';
import { type Digest, shorterDigest } from '../note/present/digest.ts';
import type { ReadyDocument } from '../note/present/finish.ts';
import type { Body, Platform } from '../platform/platform.ts';
import { languageOf, type Preferences } from '../preferences/preferences.ts';
import type { DeliveryTask, NoteChange } from '../store/delivery-task.ts';
import type { RenderedTask } from './planner.ts';

/** A burst is a few notes, and every destination with the same options gets the same bodies. */
const CACHE_SIZE = 64;

/** The preferences that decide how a note looks. */
export type RenderOptions = Pick<
  Preferences,
  'style' | 'language' | 'reportedLanguage' | 'timeZone' | 'schedule'
>;

/** Renders notes once per platform and set of options, not once per destination. May take some seconds. */
export interface RenderCache {
  renderNote(note: Note, options: RenderOptions): Promise<readonly Body[]>;
  /** Always one message, with fewer lines if they don't all fit. */
  renderDigest(digest: Digest, options: RenderOptions): Promise<Body>;
}

export interface RenderCacheParts {
  readonly platform: Pick<Platform, 'renderAsync'>;
  finishNote(note: Note, options: RenderOptions): Promise<ReadyDocument>;
  finishDigest(digest: Digest, options: RenderOptions): ReadyDocument;
}

/**
 * Concurrent requests for the same rendering share one. A rendering that failed isn't cached, so the next request tries
 * again.
 */
export function createRenderCache({ platform, finishNote, finishDigest }: RenderCacheParts): RenderCache {
  const notes = memoize<readonly Body[]>();
  const digests = memoize<Body>();

  /** A single line always fits. */
  async function fitted(digest: Digest, options: RenderOptions): Promise<Body> {
    const [body, ...others] = await platform.renderAsync(finishDigest(digest, options), options.style);
    if (!body) throw new TypeError('A platform rendered a digest as zero messages');
    const lines = digest.notes.length;
    return others.length === 0 || lines < 2
      ? body
      : fitted(shorterDigest(digest, Math.floor(lines * 0.75)), options);
  }

  return {
    renderNote: (note, options) =>
      notes(`${cacheKey(options)} ${note.id}`, async () =>
        platform.renderAsync(await finishNote(note, options), options.style),
      ),
    renderDigest: (digest, options) =>
      digests(
        [cacheKey(options), options.schedule.kind, digest.more, ...digest.notes.map(({ id }) => id)].join(
          ' ',
        ),
        () => fitted(digest, options),
      ),
  };
}

const cacheKey = (options: RenderOptions): string =>
  `${options.style} ${languageOf(options) ?? ''} ${options.timeZone}`;

/** Renders everything that a task sends or changes, the way its destination wants it. */
export async function renderTask(
  { destination: { preferences }, entry, catchUp, ...change }: DeliveryTask,
  cache: RenderCache,
): Promise<RenderedTask> {
  async function bodiesOf({ note, outdatedDigest }: NoteChange): Promise<readonly Body[]> {
    if (!outdatedDigest) return note ? cache.renderNote(note, preferences) : [];
    const { digest } = outdatedDigest;
    return digest.notes.length > 0 ? [await cache.renderDigest(digest, preferences)] : [];
  }
  const changes: RenderedTask['changes'][number][] = [];
  for (const one of catchUp?.changes ?? [{ ...change, key: entry.key }])
    changes.push({ change: one, bodies: await bodiesOf(one) });
  if (!catchUp || catchUp.notes.length === 0) return { changes };
  return { changes, digest: await cache.renderDigest(catchUp.digest, preferences) };
}

/** Keeps the newest `CACHE_SIZE` results by name. */
function memoize<T>(): (name: string, make: () => Promise<T>) => Promise<T> {
  const cache = new Map<string, Promise<T>>();
  return (name, make) => {
    const known = cache.get(name);
    if (known) return known;
    const result = make();
    cache.set(name, result);
    result.catch(() => cache.delete(name));
    for (const oldest of cache.keys()) {
      if (cache.size <= CACHE_SIZE) break;
      cache.delete(oldest);
    }
    return result;
  };
}
