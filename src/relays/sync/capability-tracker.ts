import type { Log } from '../../lib/log.ts';
import { refusalCause, type Termination } from '../relay-errors.ts';
import {
  canReduceSubscriptions,
  coversKinds,
  fullCapabilities,
  type RelayCapabilities,
  reduceCapabilities,
} from './relay-capabilities.ts';

/** What is remembered of a relay: its terms, and whether all was asked for since it was shown the key. */
export interface StoredCapabilities extends RelayCapabilities {
  readonly keyed: boolean;
}

/** Where it is kept what a relay answers to. */
export interface CapabilityRecord {
  get(): Promise<StoredCapabilities | undefined>;
  /** For so many milliseconds. */
  set(kept: StoredCapabilities, forMs: number): Promise<void>;
}

/** What one relay is asked for, over all its connections. */
export interface CapabilityTracker {
  current(): RelayCapabilities;
  /** Whether it has answered to these terms, or nothing speaks against them. */
  isConfirmed(): boolean;
  /** A connection begins: what was remembered holds, as long as it is. */
  load(): Promise<void>;
  /** Whether the whole history was asked for since the key is shown. */
  hasSyncedWithKey(): boolean;
  /** A page for these kinds came. */
  answered(kinds: readonly number[]): void;
  /**
   * A request for these kinds was refused. True where less can be asked for, which is in force now; false where a
   * refusal of that sort has to repeat first, is no refusal, or nothing is left to ask for.
   */
  refused(kinds: readonly number[], ending: Termination): boolean;
  /** Kinds were refused before anything was answered: true where they are to be asked for once more now. */
  retryDoubtful(): boolean;
  /** A catch-up is complete. `keyed`: of the whole history, by somebody who has shown the key. */
  confirm(keyed: boolean): Promise<void>;
}

export interface CapabilityTrackerOptions {
  readonly kinds: readonly number[];
  readonly record: CapabilityRecord;
  /** How long it is remembered: relays change, too. */
  readonly keptMs: number;
  readonly log: Log;
}

export function createCapabilityTracker({
  kinds: all,
  record,
  keptMs,
  log,
}: CapabilityTrackerOptions): CapabilityTracker {
  let terms = fullCapabilities(all);
  let saved: StoredCapabilities | undefined;
  let isSettled = true;
  /** Kinds whose last request was refused in words that name no reason, on whatever connection. */
  const refused = new Set<number>();
  /** Kinds with an answer on this connection. */
  let answered = new Set<number>();
  /** Kinds that were given up while nothing was answered: it may have been anything. */
  let doubtful: readonly number[] = [];

  function anew(): void {
    terms = fullCapabilities(all);
    isSettled = true;
    doubtful = [];
  }

  /** Whether it is the request that the relay does not like, and not us or this moment. */
  function isAboutRequest(kinds: readonly number[], { error, reason, kinds: closed }: Termination): boolean {
    // However few are asked for: it is one too many.
    if (error === 'refuses-filter' && refusalCause(reason) === 'number') return canReduceSubscriptions(terms);
    if (kinds.some((kind) => answered.has(kind))) return false;
    if (error === 'refuses-filter') return true;
    // A lost connection refuses nothing; whoever says `blocked`, in whatever way, may mean the request.
    const isRefusal =
      error === 'silent' || error === 'refuses-us' || (error === 'lost' && closed !== undefined);
    if (!isRefusal) return false;
    const isRepeated = kinds.every((kind) => refused.has(kind));
    for (const kind of kinds) refused.add(kind);
    return isRepeated;
  }

  return {
    current: () => terms,
    isConfirmed: () => isSettled,
    hasSyncedWithKey: () => saved?.keyed === true,
    async load() {
      answered = new Set();
      const kept = await record.get();
      const isNews = kept !== undefined && saved === undefined;
      if (kept && isNews && coversKinds(kept, all)) {
        const { keyed: _, ...before } = kept;
        terms = before;
      } else if (saved && !kept) anew();
      saved = kept;
    },
    answered(kinds) {
      for (const kind of kinds) {
        answered.add(kind);
        refused.delete(kind);
      }
    },
    refused(kinds, ending) {
      if (!isAboutRequest(kinds, ending)) return false;
      const isLimitFine = answered.size > 0 || doubtful.length > 0;
      const before = terms;
      terms = reduceCapabilities(terms, {
        kinds,
        reason: ending.reason,
        isVague: ending.kinds === undefined,
        isLimitFine,
      });
      isSettled = false;
      const given = terms.refused.filter((kind) => !before.refused.includes(kind));
      if (answered.size === 0) doubtful = [...doubtful, ...given];
      const { groups, limit, live } = terms;
      log.info('request.simplified', { reason: ending.reason, groups: groups.length, given, limit, live });
      if (groups.length > 0) return true;
      anew();
      return false;
    },
    retryDoubtful() {
      if (doubtful.length === 0 || answered.size === 0) return false;
      terms = {
        ...terms,
        groups: [...doubtful.map((kind) => [kind]), ...terms.groups],
        refused: terms.refused.filter((kind) => !doubtful.includes(kind)),
      };
      doubtful = [];
      return true;
    },
    async confirm(keyed) {
      isSettled = true;
      const kept: StoredCapabilities = { ...terms, keyed: keyed || saved?.keyed === true };
      const known: StoredCapabilities = saved ?? { ...fullCapabilities(all), keyed: false };
      if (JSON.stringify(kept) === JSON.stringify(known)) return;
      saved = kept;
      await record.set(kept, keptMs);
    },
  };
}
