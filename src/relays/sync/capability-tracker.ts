import type { Log } from '../../lib/log.ts';
import { refusalCause, type Termination } from '../relay-errors.ts';
import {
  canReduceSubscriptions,
  coversKinds,
  fullCapabilities,
  type RelayCapabilities,
  reduceCapabilities,
} from './relay-capabilities.ts';

/** Stored as JSON (`relay-terms`). */
export interface StoredCapabilities extends RelayCapabilities {
  /** Whether the whole history was requested since we authenticated. */
  readonly keyed: boolean;
}

/** Where it is stored what a relay accepts. */
export interface CapabilityRecord {
  get(): Promise<StoredCapabilities | undefined>;
  /** For that many milliseconds. */
  set(stored: StoredCapabilities, forMs: number): Promise<void>;
}

/** Keeps track of what one relay accepts, across connections. */
export interface CapabilityTracker {
  current(): RelayCapabilities;
  /** Whether the relay has accepted requests like these, or nothing suggests that it won't. */
  isConfirmed(): boolean;
  /** Called when a connection begins. What was stored holds until it expires. */
  load(): Promise<void>;
  hasSyncedWithKey(): boolean;
  /** A page of these kinds came. */
  answered(kinds: readonly number[]): void;
  /**
   * A request for these kinds was refused. True if we ask for less from now on; false if such a refusal has to be
   * repeated first, isn't about the request, or leaves nothing to ask for.
   */
  refused(kinds: readonly number[], termination: Termination): boolean;
  /** True if kinds are to be requested again that were given up before anything was answered. */
  retryDoubtful(): boolean;
  /** A catch-up is complete. `withKey`: of the whole history, and after authenticating. */
  confirm(withKey: boolean): Promise<void>;
}

export interface CapabilityTrackerOptions {
  readonly kinds: readonly number[];
  readonly record: CapabilityRecord;
  /** How long it is remembered: relays change. */
  readonly keptMs: number;
  readonly log: Log;
}

export function createCapabilityTracker({
  kinds: allKinds,
  record,
  keptMs,
  log,
}: CapabilityTrackerOptions): CapabilityTracker {
  let current = fullCapabilities(allKinds);
  let stored: StoredCapabilities | undefined;
  let isConfirmed = true;
  /** Kinds whose last request was refused without an intelligible reason, on whatever connection. */
  const refused = new Set<number>();
  /** Kinds that were answered on this connection. */
  let answered = new Set<number>();
  /** Kinds that were given up before anything was answered: it may have been about anything. */
  let doubtful: readonly number[] = [];

  function reset(): void {
    current = fullCapabilities(allKinds);
    isConfirmed = true;
    doubtful = [];
  }

  /** Whether the relay objects to the request, rather than to us or to the moment. */
  function isAboutRequest(kinds: readonly number[], { error, reason, kinds: closed }: Termination): boolean {
    if (error === 'refuses-filter' && refusalCause(reason) === 'number')
      return canReduceSubscriptions(current);
    if (kinds.some((kind) => answered.has(kind))) return false;
    if (error === 'refuses-filter') return true;
    // A lost connection is no refusal, but `blocked`, in whatever form, may be about the request.
    const isRefusal =
      error === 'silent' || error === 'refuses-us' || (error === 'lost' && closed !== undefined);
    if (!isRefusal) return false;
    const isRepeated = kinds.every((kind) => refused.has(kind));
    for (const kind of kinds) refused.add(kind);
    return isRepeated;
  }

  return {
    current: () => current,
    isConfirmed: () => isConfirmed,
    hasSyncedWithKey: () => stored?.keyed === true,
    async load() {
      answered = new Set();
      const loaded = await record.get();
      if (loaded && !stored && coversKinds(loaded, allKinds)) {
        const { keyed: _, ...capabilities } = loaded;
        current = capabilities;
      } else if (stored && !loaded) reset();
      stored = loaded;
    },
    answered(kinds) {
      for (const kind of kinds) {
        answered.add(kind);
        refused.delete(kind);
      }
    },
    refused(kinds, termination) {
      if (!isAboutRequest(kinds, termination)) return false;
      const { reason } = termination;
      const before = current.refused;
      current = reduceCapabilities(current, {
        kinds,
        reason,
        isVague: termination.kinds === undefined,
        isLimitFine: answered.size > 0 || doubtful.length > 0,
      });
      isConfirmed = false;
      const given = current.refused.filter((kind) => !before.includes(kind));
      if (answered.size === 0) doubtful = [...doubtful, ...given];
      const { groups, limit, live } = current;
      log.info('request.simplified', { reason, groups: groups.length, given, limit, live });
      if (groups.length > 0) return true;
      reset();
      return false;
    },
    retryDoubtful() {
      if (doubtful.length === 0 || answered.size === 0) return false;
      current = {
        ...current,
        groups: [...doubtful.map((kind) => [kind]), ...current.groups],
        refused: current.refused.filter((kind) => !doubtful.includes(kind)),
      };
      doubtful = [];
      return true;
    },
    async confirm(withKey) {
      isConfirmed = true;
      const confirmed: StoredCapabilities = { ...current, keyed: withKey || stored?.keyed === true };
      const known: StoredCapabilities = stored ?? { ...fullCapabilities(allKinds), keyed: false };
      if (JSON.stringify(confirmed) === JSON.stringify(known)) return;
      stored = confirmed;
      await record.set(confirmed, keptMs);
    },
  };
}
