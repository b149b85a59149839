import { onTestFinished } from 'vitest';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { type SandboxRelay, type SandboxRelayOptions, startRelay } from '../../sandbox/relay/relay.ts';
import { type Log, silentLog } from '../../src/lib/log.ts';
import type { RetiredRelays } from '../../src/relays/relay-candidates.ts';
import { createRelayPool, type RelayPoolOptions } from '../../src/relays/relay-pool.ts';
import type { RelayStreamItem, SyncProgress } from '../../src/relays/relay-stream.ts';
import type { StoredCapabilities } from '../../src/relays/sync/capability-tracker.ts';
import { TIMEOUTS, type Timeouts } from '../../src/relays/timeouts.ts';
import { createVerifier } from '../../src/relays/verify.ts';

export const alice = authorNamed('alice');
export const mallory = authorNamed('mallory');

/** Retries at once; waits for what never comes are set by the tests that are about them. */
export const QUICK: Timeouts = {
  ...TIMEOUTS,
  connectMs: 3_000,
  closeMs: 50,
  retryMs: 4,
  retryMaxMs: 30,
  rateLimitMs: 30,
  rateLimitMaxMs: 60,
  quarantineMs: 30,
  quarantineMaxMs: 60,
};

const verifier = await createVerifier({ now: Date.now, log: silentLog });

export async function sandboxRelay(options?: SandboxRelayOptions): Promise<SandboxRelay> {
  const relay = await startRelay(options);
  onTestFinished(() => relay.stop());
  return relay;
}

/** `count` notes of alice, a minute apart, the last one just now. */
export function notesUntilNow(count: number, words = 'note'): ReturnType<typeof alice.note>[] {
  const nowS = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, (_, index) =>
    alice.note(`${words} ${index}`, { createdAt: nowS - 60 * (count - 1 - index) }),
  );
}

type Options = Partial<Omit<RelayPoolOptions, 'timeouts' | 'records' | 'archive'>> & {
  readonly relays: readonly (SandboxRelay | string)[];
  readonly timeouts?: Partial<Timeouts>;
  /** What was saved of every relay; without it, that all audits were done just now. */
  readonly saved?: SyncProgress;
  /** Whether the relays are known to take part in NIP-77; they don't, unless said otherwise. */
  readonly support?: 'yes' | 'no' | 'untried';
  readonly former?: RetiredRelays;
  /** What the relays are known to answer to, by address. */
  readonly remembered?: Map<string, StoredCapabilities>;
  /** What is in the archive before. */
  readonly archived?: readonly { readonly id: string; readonly created_at: number }[];
  /** Called before each item is taken: a consumer that lags. */
  readonly before?: () => Promise<void>;
};

/** Follows alice as the program does: takes in order, saves cursors. */
export function follow({
  relays: followed,
  timeouts,
  before,
  saved,
  support,
  former,
  archived,
  remembered,
  ...options
}: Options) {
  const stopping = new AbortController();
  const items: RelayStreamItem[] = [];
  const watchers = new Set<() => void>();
  const archive = new Map((archived ?? []).map(({ id, created_at }) => [id, created_at]));
  const progress = new Map<string, SyncProgress>();
  const supports = new Map<string, 'yes' | 'no'>();
  const terms = remembered ?? new Map<string, StoredCapabilities>();
  let formerRelays = former ?? {};
  const startedMs = Date.now();
  const lines: { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  const relays = createRelayPool({
    author: alice.pubkey,
    urls: followed.map((relay) => (typeof relay === 'string' ? relay : relay.url)),
    records: {
      progress: async (url) => ({
        ...(saved ?? { recentMs: startedMs, wholeMs: startedMs }),
        ...progress.get(url),
      }),
      capabilities: (url) => ({
        get: async () => terms.get(url),
        set: async (kept) => void terms.set(url, kept),
      }),
      retired: formerRelays,
      saveRetired: async (given) => void (formerRelays = given),
      negentropySupport: (url) => ({
        get: async () => supports.get(url) ?? (support === 'untried' ? undefined : (support ?? 'no')),
        set: async (value) => void supports.set(url, value),
      }),
    },
    archive: {
      known: async (ids) => new Set(ids.filter((id) => archive.has(id))),
      knownInRange: async (within, count) => taken(archive, within, count),
    },
    verifier,
    log: recorder((event, fields) => lines.push({ event, fields })),
    signal: stopping.signal,
    now: Date.now,
    timeouts: { ...QUICK, ...timeouts },
    ...options,
  });
  const ended = (async () => {
    for await (const item of relays.stream) {
      await before?.();
      if (item.type === 'caught-up') {
        const { relay, depth, cursorMs } = item;
        progress.set(relay, { ...progress.get(relay), cursorMs, [`${depth}Ms`]: cursorMs });
      }
      if (item.type === 'event') archive.set(item.event.id, item.event.created_at);
      items.push(item);
      for (const watcher of watchers) watcher();
    }
  })();
  const stop = (): Promise<void> => {
    stopping.abort();
    return ended;
  };
  onTestFinished(stop);
  return {
    relays,
    items,
    lines,
    progress,
    supports,
    terms,
    archive,
    former: () => formerRelays,
    ended,
    stop,
    /** Contents in the order in which they were yielded. */
    contents: () => items.flatMap((item) => (item.type === 'event' ? [item.event.content] : [])),
    /** Settles when it holds: now, or after a further item. */
    until(holds: () => boolean): Promise<void> {
      return new Promise((resolve) => {
        const watcher = (): void => {
          if (!holds()) return;
          watchers.delete(watcher);
          resolve();
        };
        watchers.add(watcher);
        watcher();
      });
    },
    /** Settles with the `count`th item of that type (from that relay). */
    async first<T extends RelayStreamItem['type']>(type: T, from?: SandboxRelay, count = 1) {
      const found = () => items.filter((item) => item.type === type && (!from || item.relay === from.url));
      await this.until(() => found().length >= count);
      return found()[count - 1] as Extract<RelayStreamItem, { readonly type: T }>;
    },
  };
}

/** As the store does it. */
function taken(
  archive: ReadonlyMap<string, number>,
  { sinceS, untilS }: { readonly sinceS: number; readonly untilS: number },
  count: number,
) {
  const within = [...archive]
    .map(([id, createdAt]) => ({ id, createdAt }))
    .filter(({ createdAt }) => createdAt >= sinceS && createdAt <= untilS)
    .sort((a, b) => b.createdAt - a.createdAt);
  const lastS = within[count - 1]?.createdAt ?? sinceS;
  return { sinceS: lastS, events: within.filter(({ createdAt }) => createdAt >= lastS) };
}

function recorder(record: (event: string, fields: Readonly<Record<string, unknown>>) => void): Log {
  const line = (event: string, fields: Readonly<Record<string, unknown>> = {}): void => record(event, fields);
  const log: Log = { debug: line, info: line, warn: line, error: line, with: () => log };
  return log;
}

export const isRequest = (frame: readonly unknown[]): boolean => frame[0] === 'REQ';
