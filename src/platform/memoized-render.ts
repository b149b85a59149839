import { createHash } from 'node:crypto';
import { type CooperativeTask, createSlicedRunner } from '../lib/time-slicing.ts';
import type { ReadyDocument } from '../note/present/finish.ts';
import type { Body, Platform } from './platform.ts';

/** The most renderings that are cached, and the most messages in all of them together. */
const MAX_ENTRIES = 64;
const MAX_BODIES = 400;

type RenderInSteps = (document: ReadyDocument, variant: string) => CooperativeTask<readonly Body[]>;

/**
 * A platform's `renderAsync`, with a cache of recent results: concurrent and repeated calls for the same document and
 * variant render it once. The cache key is the content of the document, so a new version of a note, a name that has
 * been resolved or another time zone makes a new entry.
 */
export function memoizeRender(renderInSteps: RenderInSteps): Platform['renderAsync'] {
  const kept = new Map<string, { readonly bodies: Promise<readonly Body[]>; count: number }>();
  const inTurns = createSlicedRunner();

  function forgetOldest(): void {
    let count = kept.values().reduce((sum, one) => sum + one.count, 0);
    for (const [name, oldest] of kept) {
      if (kept.size <= 1 || (kept.size <= MAX_ENTRIES && count <= MAX_BODIES)) break;
      kept.delete(name);
      count -= oldest.count;
    }
  }

  return async (document, variant) => {
    const content = JSON.stringify([variant, document]);
    const name = createHash('sha256').update(content).digest('base64');
    const known = kept.get(name);
    const rendering = known ?? {
      bodies: inTurns(renderInSteps(document, variant)),
      count: 1,
    };
    // Reinsert it, so that the least recently used entry comes first.
    kept.delete(name);
    kept.set(name, rendering);
    try {
      const bodies = await rendering.bodies;
      rendering.count = bodies.length;
      forgetOldest();
      return bodies;
    } catch (error) {
      kept.delete(name);
      throw error;
    }
  };
}
