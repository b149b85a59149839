import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { ingest } from '../../src/ingest/ingest.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createMetrics } from '../../src/lib/metrics.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { NostrEvent } from '../../src/note/note.ts';
import { createRelayPool } from '../../src/relays/relay-pool.ts';
import { createVerifier, type Verifier } from '../../src/relays/verify.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { openRelayProgressStore } from '../../src/wiring/relay-progress-store.ts';
import type { Measurement, Run, Size, Table } from '../measurement.ts';
import { eventOf, readLines, signedNotes } from './signed-notes.ts';

const NOTES: Readonly<Record<Size, number>> = { full: 20_000, quick: 300 };
const WANTED = 0.7;

/** Time from the first connection until everything is durable, in milliseconds, and the longest pause of the event loop. */
async function msToCatchUp(data: string, path: string, author: string, verifier: Verifier) {
  const folder = mkdtempSync(join(data, 'catch-up-'));
  const relay = fork(fileURLToPath(new URL('./relay.ts', import.meta.url)), [path]);
  const [url] = (await once(relay, 'message')) as [string];
  const store = openStore({ path: join(folder, 'archive.db'), log: silentLog, noteFrom: eventToNote });
  const ended = new AbortController();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  try {
    delay.enable();
    const beganMs = performance.now();
    let tookMs = 0;
    const relays = createRelayPool({
      author,
      urls: [url],
      records: await openRelayProgressStore(store.values, author),
      archive: store.archive,
      verifier,
      log: silentLog,
      signal: ended.signal,
      now: systemClock.now,
    });
    await ingest(relays.stream, {
      store,
      readNote: async (event) => eventToNote(event),
      log: silentLog,
      clock: systemClock,
      metrics: createMetrics(systemClock),
      newsSince: Date.now() / 1000,
      relayProtected: false,
      awaitedRelays: [url],
      handleAuthorEvent: async () => undefined,
      saveProgress: async () => {
        tookMs = performance.now() - beganMs;
        ended.abort();
      },
      rescheduleExpiry: () => undefined,
      onProgress: () => undefined,
    });
    delay.disable();
    const { notes } = await store.stats.totals();
    return { tookMs, notes, pauseMs: delay.max / 1e6 };
  } finally {
    await store.close();
    relay.disconnect();
    await once(relay, 'exit');
    rmSync(folder, { recursive: true });
  }
}

function msToVerify(events: readonly NostrEvent[], verifier: Verifier): number {
  const beganMs = performance.now();
  for (const event of events)
    if (verifier.verify(event, {}).status !== 'verified') throw new Error(`Cannot verify ${event.id}`);
  return performance.now() - beganMs;
}

async function measure({ size, data }: Run): Promise<Table> {
  const path = await signedNotes(data, NOTES[size]);
  const events = (await readLines(path)).map(eventOf);
  const verifier = await createVerifier({ now: systemClock.now, log: silentLog });
  const half = Math.floor(events.length / 2);
  // Half before and half after, so that other load affects both alike.
  const before = msToVerify(events.slice(0, half), verifier);
  const author = events[0]?.pubkey ?? '';
  const { tookMs, notes, pauseMs } = await msToCatchUp(data, path, author, verifier);
  const aloneMs = before + msToVerify(events.slice(half), verifier);
  const perSecond = (notes / tookMs) * 1000;
  const alonePerSecond = (events.length / aloneMs) * 1000;
  const share = perSecond / alonePerSecond;
  return {
    about: `Catching up ${notes.toLocaleString('en')} notes from a relay into an empty archive, compared with verifying the same signatures and nothing else.`,
    columns: {
      what: { head: 'what' },
      perSecond: { head: 'notes per second', as: 'count' },
      alone: { head: 'verifying alone', as: 'count' },
      share: { head: 'share', as: 'percent' },
      wanted: { head: 'target, at least', as: 'percent' },
      pauseMs: { head: 'longest pause', as: 'ms' },
    },
    rows: [{ what: 'catching up', perSecond, alone: alonePerSecond, share, wanted: WANTED, pauseMs }],
  };
}

/** How fast the first start fills the archive. */
export const catchUp: Measurement = { name: 'catch-up', run: async (run) => [await measure(run)] };
