import type { Filter } from 'nostr-tools/filter';
import { type RefusalCause, refusalCause } from '../relay-errors.ts';

/** What a relay answers to: everything at once, or less where it refuses that. */
export interface RelayCapabilities {
  /** Kinds that are asked for together; those of the first group matter most. */
  readonly groups: readonly (readonly number[])[];
  /** Kinds that it refuses even alone. */
  readonly refused: readonly number[];
  /** How many events a page asks for; `null`: it must not say a number. */
  readonly limit: number | null;
  /** Live subscriptions beside the pages of a catch-up; only after it; only for the first group, and after it. */
  readonly live: (typeof LIVE_MODES)[number];
}

const LIVE_MODES = ['beside', 'after', 'first'] as const;
/** The first is the cap of many relays. Without a number some relays give the oldest events first: the last resort. */
const LIMITS = [500, 100, 20, 5, null] as const;
/** strfry's `filterValidation` takes so many kinds in a filter unless it is told otherwise. */
const FEW_KINDS = 3;
/** How many stored events a live subscription asks for: few, but 0 makes some relays ignore it. */
const LIVE_LIMIT = 10;

export const fullCapabilities = (kinds: readonly number[]): RelayCapabilities => ({
  groups: [kinds],
  refused: [],
  limit: LIMITS[0],
  live: 'beside',
});

/** Whether the terms are about exactly these kinds: those that were kept may be an older program's. */
export function coversKinds(terms: RelayCapabilities, kinds: readonly number[]): boolean {
  const asked = new Set([...terms.groups.flat(), ...terms.refused]);
  return asked.size === kinds.length && kinds.every((kind) => asked.has(kind));
}

export interface Refusal {
  readonly kinds: readonly number[];
  /** What the relay said. */
  readonly reason: string;
  /** Whether it was said in a NOTICE, which may have been about anything. */
  readonly isVague: boolean;
  /** Whether a page with as high a limit was answered. */
  readonly isLimitFine: boolean;
}

/** What to ask for where these kinds were refused so: what the relay names, else fewer kinds, then fewer events. */
export function reduceCapabilities(
  terms: RelayCapabilities,
  { kinds, reason, isVague, isLimitFine }: Refusal,
): RelayCapabilities {
  const cause: RefusalCause | undefined = refusalCause(reason);
  const smaller = next(LIMITS, terms.limit);
  const quieter = next(LIVE_MODES, terms.live);
  if (cause === 'limit' && smaller !== undefined) return { ...terms, limit: smaller };
  if (cause === 'number' && quieter !== undefined) return { ...terms, live: quieter };
  if (kinds.length > 1) {
    const live = isVague && terms.live === 'beside' ? 'after' : terms.live;
    return { ...replaceGroup(terms, kinds, splitKinds(kinds)), live };
  }
  if (cause !== 'kinds' && !isLimitFine && smaller !== undefined) return { ...terms, limit: smaller };
  return {
    ...replaceGroup(terms, kinds, []),
    refused: [...terms.refused, ...kinds],
    // It was not the number of events.
    limit: isLimitFine || cause === 'kinds' ? terms.limit : LIMITS[0],
  };
}

/** Whether there may be fewer requests at once. */
export const canReduceSubscriptions = ({ live }: RelayCapabilities): boolean =>
  next(LIVE_MODES, live) !== undefined;

/** `undefined` behind the last. */
const next = <T>(steps: readonly T[], now: T): T | undefined => steps[steps.indexOf(now) + 1];

function splitKinds(kinds: readonly number[]): readonly (readonly number[])[] {
  const size = kinds.length > FEW_KINDS ? FEW_KINDS : 1;
  return Array.from({ length: Math.ceil(kinds.length / size) }, (_, at) =>
    kinds.slice(at * size, (at + 1) * size),
  );
}

function replaceGroup(
  terms: RelayCapabilities,
  kinds: readonly number[],
  groups: RelayCapabilities['groups'],
): RelayCapabilities {
  return {
    ...terms,
    groups: terms.groups.flatMap((group) => (group.every((kind) => kinds.includes(kind)) ? groups : [group])),
  };
}

/** A page's filter, without its dates. */
export const pageFilter = (
  author: string,
  kinds: readonly number[],
  { limit }: RelayCapabilities,
): Filter => ({
  authors: [author],
  kinds: [...kinds],
  ...(limit !== null && { limit }),
});

/**
 * The filters for what is published from now on. They have no `since`, so that a note which is dated long ago and
 * published now does not pass by, unless the relay would answer with everything it has.
 */
export function liveFilters(
  author: string,
  { groups, limit, live }: RelayCapabilities,
  sinceS: number,
): readonly Filter[] {
  const some = limit === null ? { since: sinceS } : { limit: Math.min(LIVE_LIMIT, limit) };
  return (live === 'first' ? groups.slice(0, 1) : groups).map((kinds) => ({
    authors: [author],
    kinds: [...kinds],
    ...some,
  }));
}
