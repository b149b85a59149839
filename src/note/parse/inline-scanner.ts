import type { Inline } from '../document.ts';

/** Context for scanning a text: the event's tags, and a shared budget. */
export interface ScanContext {
  readonly tags: readonly (readonly string[])[];
  /** Shared by texts that are parsed in several pieces; otherwise each text has its own budget. */
  readonly budget?: FindBudget;
}

/** How many more matches a text may have; the rest stays plain text. */
export interface FindBudget {
  left: number;
}

/** Nobody writes this many URLs, names and hashtags. Each costs about as much to render as half a page of text. */
const MAX_FOUND = 500;
export const createFindBudget = (): FindBudget => ({ left: MAX_FOUND });

/** A match: its inlines, and the offset where it ends. */
export interface PassMatch {
  readonly end: number;
  readonly inlines: readonly Inline[];
}

/**
 * Recognises one kind of inline. `trigger` finds where one might begin (global, backtracking over a few characters at
 * most); `read` decides, in time linear in what it reads. `before` is the preceding character, empty at the start of
 * the text or after another match.
 */
export interface Pass {
  readonly trigger: RegExp;
  read(text: string, at: number, hints: ScanContext, before: string): PassMatch | undefined;
}

/**
 * Scans text into a run of inlines. At each offset the first pass that matches wins; the rest stays text, so no
 * character is lost. Linear in the length of the text.
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

/** The first match at or after an offset that never decreases; each match is searched for once. */
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
