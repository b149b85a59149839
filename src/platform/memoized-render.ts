import { createHash } from 'node:crypto';
import { type CooperativeTask, createSlicedRunner } from '../lib/time-slicing.ts';
import type { ReadyDocument } from '../note/present/finish.ts';
import type { Body, Platform } from './platform.ts';

/** How many renderings are kept, and how many messages in all of them together. */
const MAX_ENTRIES = 64;
const MAX_BODIES = 400;

type RenderInSteps = (document: ReadyDocument, variant: string) => CooperativeTask<readonly Body[]>;

/**
 * A platform's `rendered`: each document once per variant, brief and language, whoever asks and however many at a time,
 * while it is among the last that were asked for. Known by what it says: a new version of a note, a name that was found
 * out, another zone make another document.
 */
export function memoizeRender(renderInSteps: RenderInSteps): Platform['rendered'] {
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
    const said = JSON.stringify([variant, document]);
    const name = createHash('sha256').update(said).digest('base64');
    const known = kept.get(name);
    const rendering = known ?? {
      bodies: inTurns(renderInSteps(document, variant)),
      count: 1,
    };
    // The newest stands last.
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
