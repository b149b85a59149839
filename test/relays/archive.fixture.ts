import { onTestFinished } from 'vitest';
import type { SandboxRelay } from '../../sandbox/relay/relay.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { type Log, silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../src/note/note.ts';
import { POST_TYPES } from '../../src/note/post-types.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { BotKey } from '../../src/relays/bot-key.ts';
import { createRelayPool } from '../../src/relays/relay-pool.ts';
import type { Timeouts } from '../../src/relays/timeouts.ts';
import { createVerifier } from '../../src/relays/verify.ts';
import { openRelayProgressStore, type RelayProgressStore } from '../../src/wiring/relay-progress-store.ts';
import { createCounters } from '../lib/metrics.fixture.ts';
import { openMemoryStore } from '../store/memory-store.fixture.ts';
import { alice, QUICK } from './relays.fixture.ts';

export interface IntoArchiveOptions {
  readonly relays: readonly SandboxRelay[];
  readonly timeouts?: Partial<Timeouts>;
  readonly random?: () => number;
  readonly key?: BotKey;
  readonly now?: () => number;
  readonly log?: Log;
  /** What an earlier program kept of the relays. */
  readonly records?: RelayProgressStore;
  /** What is dated later, in seconds since 1970, is news. */
  readonly beganAt: number;
}

/** Follows alice into a real archive and journal, as the program does. */
export async function followIntoArchive({
  relays: followed,
  timeouts,
  beganAt: newsSince,
  records: earlier,
  ...options
}: IntoArchiveOptions) {
  const stopping = new AbortController();
  const store = openMemoryStore({ log: silentLog, noteFrom: eventToNote });
  await store.destinations.subscribe({
    id: 'discord:1',
    source: 'command',
    preferences: {
      ...DEFAULT_PREFERENCES,
      postTypes: POST_TYPES,
    },
  });
  const records = earlier ?? (await openRelayProgressStore(store.values, alice.pubkey));
  const counters = createCounters();
  const clock = { ...systemClock, now: options.now ?? systemClock.now };
  const relays = createRelayPool({
    author: alice.pubkey,
    urls: followed.map(({ url }) => url),
    records,
    archive: store.archive,
    metrics: {
      rejected: (reason) => counters.add('events_rejected_total', { reason }),
      refused: (reason) => counters.add('events_refused_total', { reason }),
      saturated: () => counters.add('seconds_overfilled_total'),
    },
    verifier: await createVerifier({ now: clock.now, log: silentLog }),
    log: silentLog,
    signal: stopping.signal,
    now: clock.now,
    timeouts: { ...QUICK, ...timeouts },
    ...options,
  });
  let next = Promise.withResolvers<void>();
  let reports = 0;
  const running = ingest(watched(), {
    store,
    readNote: async (event) => eventToNote(event),
    log: silentLog,
    clock,
    metrics: counters,
    newsSince,
    relayProtected: false,
    awaitedRelays: relays.states().map(({ url }) => url),
    handleAuthorEvent: async () => undefined,
    saveProgress: records.saveProgress,
    rescheduleExpiry: () => undefined,
    onProgress: () => undefined,
  });
  async function* watched() {
    for await (const item of relays.stream) {
      yield item;
      // What was yielded before has been taken in by now.
      reports += 1;
      next.resolve();
      next = Promise.withResolvers();
    }
  }
  onTestFinished(async () => {
    stopping.abort();
    await running;
    await store.close();
  });

  const posted: string[] = [];
  return {
    store,
    relays,
    records,
    counters,
    /** How many items have been taken in. */
    reports: () => reports,
    /** Settles when it holds: now, or after a further item was taken in. */
    async until(holds: () => boolean | Promise<boolean>): Promise<void> {
      for (;;) {
        const before = reports;
        if (await holds()) return;
        if (reports === before) await next.promise;
      }
    },
    /** Contents of all notes in the archive. */
    async archived(): Promise<readonly string[]> {
      return (await store.archive.latest({ count: 10_000 })).map(
        ({ event }: { event: VerifiedEvent }) => event.content,
      );
    },
    /** What the journal had for readers so far, in its order: `post words`. */
    async posts(): Promise<readonly string[]> {
      for (;;) {
        const [task] = await store.deliveries.nextTasks('discord', clock.now(), 1, new Set());
        if (!task) return posted;
        posted.push(`${task.entry.action} ${task.note?.event.content ?? ''}`);
        await store.deliveries.skip('discord:1', task.entry.seq);
      }
    },
  };
}
