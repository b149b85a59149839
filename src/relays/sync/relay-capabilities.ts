import type { Filter } from 'nostr-tools/filter';
import { chunk } from '../../lib/chunk.ts';
import { type RefusalCause, refusalCause } from '../relay-errors.ts';

/** What a relay accepts: everything at once, or less if it refused that. Stored as JSON (`relay-terms`). */
export interface RelayCapabilities {
  /** Kinds that are requested together. The first group matters most. */
  readonly groups: readonly (readonly number[])[];
  /** Kinds it refuses even on their own. */
  readonly refused: readonly number[];
  /** Events requested per page; null if no limit may be named. */
  readonly limit: number | null;
  /** When there are live subscriptions: during catch-ups too, only after them, or after them for the first group only. */
  readonly live: (typeof LIVE_MODES)[number];
}

const LIVE_MODES = ['beside', 'after', 'first'] as const;
/** The first is the cap of many relays. Without a limit some relays send the oldest events first: the last resort. */
const LIMITS = [500, 100, 20, 5, null] as const;
/** Kinds per filter that strfry's `filterValidation` allows by default. */
const FEW_KINDS = 3;
/** Stored events that a live subscription asks for: few, but 0 makes some relays ignore it. */
const LIVE_LIMIT = 10;

export const fullCapabilities = (kinds: readonly number[]): RelayCapabilities => ({
  groups: [kinds],
  refused: [],
  limit: LIMITS[0],
  live: 'beside',
});

/** Whether they are about exactly these kinds: stored ones may be an older version's. */
export function coversKinds(capabilities: RelayCapabilities, kinds: readonly number[]): boolean {
  const asked = new Set([...capabilities.groups.flat(), ...capabilities.refused]);
  return asked.size === kinds.length && kinds.every((kind) => asked.has(kind));
}

export interface Refusal {
  readonly kinds: readonly number[];
  /** In the relay's words. */
  readonly reason: string;
  /** Whether it came as a NOTICE, which may have been about anything. */
  readonly isVague: boolean;
  /** Whether a page with the same limit was answered before. */
  readonly isLimitFine: boolean;
}

/** What to ask for after a refusal: less of what the relay complains about, else fewer kinds, then fewer events. */
export function reduceCapabilities(
  capabilities: RelayCapabilities,
  { kinds, reason, isVague, isLimitFine }: Refusal,
): RelayCapabilities {
  const cause: RefusalCause | undefined = refusalCause(reason);
  const lowerLimit = next(LIMITS, capabilities.limit);
  const lessLive = next(LIVE_MODES, capabilities.live);
  if (cause === 'limit' && lowerLimit !== undefined) return { ...capabilities, limit: lowerLimit };
  if (cause === 'number' && lessLive !== undefined) return { ...capabilities, live: lessLive };
  const live = isVague && capabilities.live === 'beside' ? 'after' : capabilities.live;
  if (kinds.length > 1) return { ...replaceGroup(capabilities, kinds, splitKinds(kinds)), live };
  if (cause !== 'kinds' && !isLimitFine && lowerLimit !== undefined)
    return { ...capabilities, limit: lowerLimit, live };
  return {
    ...replaceGroup(capabilities, kinds, []),
    refused: [...capabilities.refused, ...kinds],
    // So it wasn't the limit.
    limit: isLimitFine || cause === 'kinds' ? capabilities.limit : LIMITS[0],
  };
}

/** Whether fewer concurrent subscriptions are possible. */
export const canReduceSubscriptions = ({ live }: RelayCapabilities): boolean =>
  next(LIVE_MODES, live) !== undefined;

/** Undefined after the last. */
const next = <T>(steps: readonly T[], current: T): T | undefined => steps[steps.indexOf(current) + 1];

const splitKinds = (kinds: readonly number[]): readonly (readonly number[])[] =>
  chunk(kinds, kinds.length > FEW_KINDS ? FEW_KINDS : 1);

function replaceGroup(
  capabilities: RelayCapabilities,
  kinds: readonly number[],
  groups: RelayCapabilities['groups'],
): RelayCapabilities {
  return {
    ...capabilities,
    groups: capabilities.groups.flatMap((group) =>
      group.every((kind) => kinds.includes(kind)) ? groups : [group],
    ),
  };
}

/** The filter of a page without its dates. `scope`: whose events, or to whom. */
export const pageFilter = (
  scope: Filter,
  kinds: readonly number[],
  { limit }: RelayCapabilities,
): Filter => ({
  ...scope,
  kinds: [...kinds],
  ...(limit !== null && { limit }),
});

/**
 * The filters for whatever is published from now on. They have no `since`, so that backdated notes come too, unless the
 * relay would then send everything it has.
 */
export function liveFilters(
  scope: Filter,
  { groups, limit, live }: RelayCapabilities,
  sinceS: number,
): readonly Filter[] {
  const extent = limit === null ? { since: sinceS } : { limit: Math.min(LIVE_LIMIT, limit) };
  return (live === 'first' ? groups.slice(0, 1) : groups).map((kinds) => ({
    ...scope,
    kinds: [...kinds],
    ...extent,
  }));
}
