import type { Preferences } from '../../preferences/preferences.ts';
import { deferUntilMs } from '../../preferences/schedule.ts';
import { type EntryFacts, judgeEntry } from './entry-filter.ts';
import type { InFlight } from './in-flight.ts';

/**
 * What to do about the entry after a destination's position. `skip`: move past it, `together` with all others at that
 * position for which it is excluded. `defer`: wait for the time that was chosen. `deliver`: this entry, or a digest that
 * begins with it (`digestEnd`).
 */
export type NextStep =
  | { readonly do: 'skip'; readonly together: boolean }
  | { readonly do: 'defer'; readonly untilMs: number }
  | { readonly do: 'deliver' };

const DELIVER: NextStep = { do: 'deliver' };

/** `inFlight` is work beyond the position that is not ahead of its turn. */
export function nextStep(
  facts: Omit<EntryFacts, 'hasBegun'>,
  inFlight: InFlight | undefined,
  wallMs: number,
): NextStep {
  const { entry, preferences } = facts;
  const hasBegun = inFlight?.seq === entry.seq;
  // Even if the entry is excluded by now: delivery has to report a part that may have been sent.
  if (hasBegun && inFlight.part !== undefined) return DELIVER;
  const verdict = judgeEntry({ ...facts, hasBegun });
  if (verdict === 'excluded') return { do: 'skip', together: true };
  if (inFlight) return DELIVER;
  if (verdict === 'filtered') return { do: 'skip', together: false };
  const untilMs = entry.action === 'post' ? deferUntilMs(preferences, wallMs) : undefined;
  return untilMs === undefined ? DELIVER : { do: 'defer', untilMs };
}

/**
 * What a destination gets when its time has come: one digest if it chose a schedule, even if nothing is in it; post by
 * post if quiet hours are over, or if it chose that meanwhile.
 */
export const afterDeferral = ({ schedule }: Preferences): 'digest' | 'post by post' =>
  schedule.kind === 'at-once' ? 'post by post' : 'digest';
