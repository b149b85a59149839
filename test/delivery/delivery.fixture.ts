import { onTestFinished } from 'vitest';
import { createCrosspostQueue } from '../../src/delivery/crosspost-queue.ts';
import { createDeliveryLoop } from '../../src/delivery/delivery-loop.ts';
import { createFailureNotices } from '../../src/delivery/failure-notices.ts';
import { createRenderCache } from '../../src/delivery/render-cache.ts';
import { createSubscriptions, type SubscriptionParts } from '../../src/delivery/subscriptions.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Rate } from '../../src/lib/rate-limiter.ts';
import type { Document } from '../../src/note/document.ts';
import { documentText } from '../../src/note/document.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../src/note/note.ts';
import { digestDocument } from '../../src/note/present/digest.ts';
import type { Body, ChangeResult, Platform, SendResult } from '../../src/platform/platform.ts';
import type { PlatformName } from '../../src/platform/platforms.ts';
import type { Store } from '../../src/store/store.ts';
import { createCounters } from '../lib/metrics.fixture.ts';
import { ready } from '../ready.fixture.ts';
import { openMemoryStore } from '../store/memory-store.fixture.ts';

export interface ManualClock extends Clock {
  /** Lets time pass. */
  advance(ms: number): void;
  /** Lets time pass until the first of those who wait is woken; false where nobody waits. */
  advanceToNext(): boolean;
  /** Sets the machine's clock, as an operator or NTP does: no time passes. */
  set(byMs: number): void;
  readonly waiting: number;
}

/** Time that stands still until a test moves it; whoever waits is woken in order. */
export function manualClock(startMs = 1_800_000_000_000): ManualClock {
  let nowMs = startMs;
  let setMs = 0;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    now: () => nowMs + setMs,
    steady: () => nowMs,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (ms <= 0 || signal.aborted) return resolve();
        const sleeper = { at: nowMs + ms, wake: resolve };
        sleepers.add(sleeper);
        signal.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          resolve();
        });
      }),
    advance(ms) {
      nowMs += ms;
      for (const sleeper of [...sleepers].sort((a, b) => a.at - b.at)) {
        if (sleeper.at > nowMs) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
    advanceToNext() {
      if (sleepers.size === 0) return false;
      this.advance(Math.min(...[...sleepers].map(({ at }) => at)) - nowMs);
      return true;
    },
    set(byMs) {
      setMs += byMs;
    },
    get waiting() {
      return sleepers.size;
    },
  };
}

let serial = 0;

/** A note as if it came from the relays, each a second after the other. */
export function noteSaying(content: string, fields: Partial<VerifiedEvent> = {}): Note {
  serial += 1;
  const event = {
    id: serial.toString(16).padStart(64, '0'),
    pubkey: 'ab'.repeat(32),
    created_at: 1_800_000_000 + serial,
    kind: 1,
    tags: [],
    content,
    sig: '00'.repeat(64),
    ...fields,
  } as VerifiedEvent;
  const note = eventToNote(event);
  if (!note) throw new Error(`Cannot make a note of kind ${event.kind}`);
  return note;
}

export function memoryStore(): Store {
  const store = openMemoryStore({ log: silentLog, noteFrom: eventToNote });
  onTestFinished(() => store.close());
  return store;
}

/** One thing a platform was told. */
export type PlatformCall = `${'send' | 'edit' | 'remove'} ${string}`;

interface FakeOptions {
  readonly name?: PlatformName;
  /** What becomes of each call, in order; after the last one all is well. */
  readonly results?: readonly (ChangeResult | ((told: PlatformCall) => Promise<ChangeResult>))[];
  readonly pace?: { readonly whole?: Rate; readonly own?: Rate };
  /** Words per part. */
  readonly partLength?: number;
}

const UNLIMITED: Rate = { count: 1_000_000, perMs: 1 };

/** A platform that only notes what it is told: `send <destination> <text> <key>`, with `silently` where it is to make no sound. */
export function fakePlatform({
  name = 'discord',
  results = [],
  pace = {},
  partLength = 1_000,
}: FakeOptions = {}) {
  const told: PlatformCall[] = [];
  const rest = [...results];
  const watchers = new Set<() => void>();
  async function hear<R extends ChangeResult = SendResult>(what: PlatformCall, receipt: string): Promise<R> {
    told.push(what);
    const next = rest.shift();
    const result = typeof next === 'function' ? await next(what) : (next ?? { status: 'sent', receipt });
    for (const watcher of watchers) watcher();
    return result as R;
  }
  let serials = 0;
  const platform: Platform = {
    name,
    styles: ['card'],
    rateLimits: { global: pace.whole ?? UNLIMITED, destination: () => pace.own ?? UNLIMITED },
    render(document): readonly Body[] {
      const words = documentText(document.blocks).split(' ');
      return Array.from({ length: Math.ceil(words.length / partLength) }, (_, part) => ({
        cost: 1,
        call: words.slice(part * partLength, (part + 1) * partLength).join(' '),
      }));
    },
    renderAsync: async (document) => platform.render(document, ''),
    send: (destination, body, key, sending) =>
      hear(
        `send ${destination} ${String(body.call)} ${key}${sending?.silent ? ' silently' : ''}`,
        `m${(serials += 1)}`,
      ),
    edit: (destination, receipt, body) =>
      hear<ChangeResult>(`edit ${destination} ${receipt} ${String(body.call)}`, receipt),
    remove: (destination, receipt) => hear<ChangeResult>(`remove ${destination} ${receipt}`, receipt),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    error: () => undefined,
  };
  return {
    platform,
    told,
    /** Settles once so many calls were heard and answered. */
    heard: (count: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (told.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}

/** A delivery at work over a store, ended with the test; notes are shown by their bodies unless said otherwise. */
export function startDeliveryLoop(
  store: Store,
  platform: Platform,
  clock: Clock,
  presented = async (note: Note): Promise<Document> => note.body,
  /** Without, what is in hand is left as it is: the test plays a crash. */
  stopsWithTest = true,
  maySend = () => true,
) {
  const stopping = new AbortController();
  const counters = createCounters();
  const renderCache = createRenderCache({
    platform,
    finishNote: async (note) => ready(await presented(note)),
    finishDigest: (digest, view) => ready(digestDocument(digest, en, view)),
  });
  const crossposts = createCrosspostQueue({
    platform,
    storage: store.values.keyv('publish'),
    log: silentLog,
    clock,
  });
  const failureNotices = createFailureNotices({
    platform,
    storage: store.values.keyv('notice'),
    owners: store.values.keyv('made'),
    exists: async (id) => (await store.destinations.get(id)) !== undefined,
    languageOf: async () => undefined,
    log: silentLog,
  });
  const delivery = createDeliveryLoop({
    failureNotices,
    crossposts,
    store,
    platform,
    renderCache,
    log: silentLog,
    clock,
    metrics: counters,
    random: () => 0.5,
    catchUpAfter: 10,
    maySend,
  });
  const running = delivery.run(stopping.signal);
  const publishes = crossposts.run(stopping.signal);
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all([running, publishes]);
  };
  if (stopsWithTest) onTestFinished(stop);
  return { ...delivery, counters, stop, running };
}

/** Subscriptions as commands see them, each place added by somebody else. */
export function testSubscriptions(parts: SubscriptionParts) {
  const subscriptions = createSubscriptions(parts);
  return {
    ...subscriptions,
    subscribe: (id: string, user = id) => subscriptions.subscribe(id, { user, home: id }),
  };
}
