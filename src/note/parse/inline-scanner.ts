import type { Inline } from '../document.ts';

/** What the tags of an event say about its text. */
export interface ScanContext {
  readonly tags: readonly (readonly string[])[];
  /** Of a text that is read piece by piece, all pieces together; else each text has its own. */
  readonly budget?: FindBudget;
}

/** How much may still be found in a text; what comes after stays plain. */
export interface FindBudget {
  left: number;
}

/**
 * Nobody writes so many addresses, names and hashtags into one text. Each costs about as much, on its way to readers, as
 * half a page of words.
 */
const MAX_FOUND = 500;
export const createFindBudget = (): FindBudget => ({ left: MAX_FOUND });

/** Something other than plain text, found at one place: what it is, and the offset where it ends. */
export interface PassMatch {
  readonly end: number;
  readonly inlines: readonly Inline[];
}

/**
 * One kind of thing that can stand in a text. `trigger` finds where it might begin (global, no backtracking over
 * more than a few characters); `read` decides, and takes time in proportion to what it reads. `before` is the character
 * in front of it, empty where nothing or something found stands there.
 */
export interface Pass {
  readonly trigger: RegExp;
  read(text: string, at: number, hints: ScanContext, before: string): PassMatch | undefined;
}

/**
 * Text as a run of inlines. At each place the first pass of the table that finds something wins; whatever none
 * finds stays text, so no character is lost. Takes time in proportion to the length of the text.
 */
export function scanInlines(text: string, hints: ScanContext, passes: readonly Pass[]): readonly Inline[] {
  const found: Inline[] = [];
  const budget = hints.budget ?? createFindBudget();
  const next = passes.map((pass) => candidates(text, pass.trigger));
  let plainFrom = 0;
  let at = 0;
  while (budget.left > 0) {
    const places = next.map((candidate) => candidate(at));
    const place = Math.min(...places);
    if (place === Number.POSITIVE_INFINITY) break;
    const before = place > plainFrom ? text.charAt(place - 1) : '';
    const hit = firstHit(text, place, hints, before, passes, places);
    if (hit) {
      if (place > plainFrom) found.push({ type: 'text', text: text.slice(plainFrom, place) });
      found.push(...hit.inlines);
      plainFrom = hit.end;
      budget.left -= 1;
    }
    at = hit ? hit.end : place + 1;
  }
  if (plainFrom < text.length) found.push({ type: 'text', text: text.slice(plainFrom) });
  return found;
}

function firstHit(
  text: string,
  at: number,
  hints: ScanContext,
  before: string,
  passes: readonly Pass[],
  places: readonly number[],
): PassMatch | undefined {
  for (const [index, pass] of passes.entries()) {
    const hit = places[index] === at ? pass.read(text, at, hints, before) : undefined;
    if (hit && hit.end > at) return hit;
  }
  return undefined;
}

/** The first match at or after an offset that only ever grows; each match is looked for once. */
function candidates(text: string, trigger: RegExp): (from: number) => number {
  const pattern = new RegExp(trigger.source, `${trigger.flags.replace('g', '')}g`);
  let place = -1;
  return (from) => {
    if (place < from) {
      pattern.lastIndex = from;
      place = pattern.exec(text)?.index ?? Number.POSITIVE_INFINITY;
    }
    return place;
  };
}
