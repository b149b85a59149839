import { setImmediate as turn } from 'node:timers/promises';
import { createDeliveryLoop } from '../../../src/delivery/delivery-loop.ts';
import { createRenderCache } from '../../../src/delivery/render-cache.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { createBoundedQueue } from '../../../src/lib/bounded-queue.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../../src/note/note.ts';
import { digestDocument } from '../../../src/note/present/digest.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../src/preferences/preferences.ts';
import type { RelayStreamItem } from '../../../src/relays/relay-stream.ts';
import type { Database, Lease } from '../../../src/store/database.ts';
import { platformOf } from '../../../src/store/rules/membership.ts';
import type { Store } from '../../../src/store/store.ts';
import { createStoreRetry } from '../../../src/store/store-retry.ts';
import { createCounters } from '../../lib/metrics.fixture.ts';
import { ready } from '../../ready.fixture.ts';
import { manualClock } from '../delivery.fixture.ts';
import { createWriter } from './author.fixture.ts';
import { createFakeChats } from './chats.fixture.ts';
import { createRun, inHand, type Run, withPoints } from './crash-points.fixture.ts';
import type { CrashDatabase } from './database.fixture.ts';

const RELAY = 'wss://relay.example';
const START_MS = 1_800_000_000_000;
const DESTINATIONS = ['discord:1', 'discord:2', 'telegram:1', 'telegram:2'];
/** All methods that write, and those of a platform that readers see something of. */
const WRITES = {
  journal: ['accept', 'delete'],
  destinations: ['suspend', 'resume', 'move'],
  deliveries: [
    'nextTasks',
    'clampPostponed',
    'recordIntent',
    'recordReceipt',
    'recordRemoval',
    'recordDigest',
    'recordDigestEdit',
    'skip',
    'postpone',
  ],
} as const satisfies { readonly [Port in keyof Store]?: readonly (keyof Store[Port])[] };
/** What else is asked of the store. */
const READS = { destinations: ['get', 'list'], deliveries: ['nextDueMs'] } as const;
export const BREAKING = 'breaking';
const CALLS = ['send', 'edit', 'remove'] as const;
const HOUR_MS = 3_600_000;
/** Far more than any play needs; a destination that still lags then lags for ever. */
const MAX_ROUNDS = 1_000;

/** Makes the store worse, to see whether anybody notices. */
export type Sabotage = (store: Store) => Store;

const ROLES = ['relay', 'discord', 'telegram'];

interface SimulationParts {
  readonly database: CrashDatabase;
  readonly destinations?: readonly string[];
  readonly choices?: Preferences;
  readonly sabotage?: Sabotage;
}

/**
 * The program's own intake, store and delivery between an author who never tires and platforms that remember what they
 * were told; all that the program keeps in memory is lost as often as a test likes.
 */
export function createSimulation({
  database,
  destinations = DESTINATIONS,
  choices: preferences = DEFAULT_PREFERENCES,
  sabotage = (store: Store) => store,
}: SimulationParts) {
  const clock = manualClock(START_MS);
  const chats = [createFakeChats('discord'), createFakeChats('telegram')] as const;
  const writer = createWriter(START_MS / 1000);
  const lives: { readonly life: Run; readonly counters: ReturnType<typeof createCounters> }[] = [];
  const calls = () => chats.map(({ calls }) => calls());
  const world = async () =>
    JSON.stringify([await database.commits(), calls(), clock.steady(), writer.events.length]);
  let live = { push: (_event: VerifiedEvent): void => undefined, wake: (): void => undefined };
  let stop = new AbortController();
  let life: Run;
  let opened: Database;
  /** Of the present life, by role. */
  let leases: ReadonlyMap<string, Lease>;

  const leaseOf = (role: string): Lease => {
    const lease = leases.get(role);
    if (!lease) throw new Error(`Nobody has the role "${role}"`);
    return lease;
  };

  async function open(): Promise<void> {
    opened = await database.open(clock.now);
    const taken = new Map<string, Lease>();
    for (const role of ROLES) {
      const lease = await opened.acquire(role);
      if (!lease) throw new Error(`Somebody dead still has the role "${role}"`);
      taken.set(role, lease);
    }
    leases = taken;
  }

  function start(): Run {
    // Looking at the database takes time, and only ends of the first life are chosen by it.
    const life = createRun(lives.length === 0 ? world : undefined);
    const counters = createCounters();
    lives.push({ life, counters });
    stop = new AbortController();
    const { signal } = stop;
    /** Whoever has lost a role stops, and begins anew. */
    for (const { lost } of leases.values()) lost.addEventListener('abort', () => life.dieIn(0));
    /** Roles that share a connection wait for it together. */
    const patient = new Map<Store, Store>();
    function storeOf(role: string): Store {
      const { store } = leaseOf(role);
      const known = patient.get(store);
      if (known) return known;
      const inner = sabotage({
        ...store,
        journal: withPoints(store.journal, 'store', WRITES.journal, life),
        destinations: withPoints(
          inHand(store.destinations, READS.destinations, life),
          'store',
          WRITES.destinations,
          life,
        ),
        deliveries: withPoints(
          inHand(store.deliveries, READS.deliveries, life),
          'store',
          WRITES.deliveries,
          life,
        ),
      });
      const retry = createStoreRetry({ store: inner, log: silentLog, clock, signal });
      patient.set(store, retry.store);
      return retry.store;
    }
    const deliveries = chats.map((chat) => {
      const platform = withPoints(chat.platform, chat.name, CALLS, life);
      const rendering = createRenderCache({
        platform,
        finishNote: async (note) => ready(note.body),
        finishDigest: (digest, view) => ready(digestDocument(digest, en, view)),
      });
      const parts = {
        store: storeOf(chat.name),
        platform,
        renderCache: rendering,
        log: silentLog,
        clock,
        metrics: counters,
      };
      const besides = { crossposts: undefined, failureNotices: undefined };
      return createDeliveryLoop({ ...parts, ...besides, random: () => 0.5, catchUpAfter: 3 });
    });
    const wake = (): void => deliveries.forEach((delivery) => delivery.wake());
    opened.watch('journal', wake);
    const channel = createBoundedQueue<RelayStreamItem>(1_000, signal);
    const feed = (event: VerifiedEvent, stored: boolean) =>
      void channel.push({ type: 'event', event, relay: RELAY, stored });
    for (const event of writer.events) feed(event, true);
    void channel.push({ type: 'caught-up', relay: RELAY, depth: 'cursor', cursorMs: 1 });
    live = { push: (event) => feed(event, false), wake };
    void ingest(channel.items, {
      store: storeOf('relay'),
      readNote: async (event) => eventToNote(event),
      log: silentLog,
      clock,
      metrics: counters,
      newsSince: START_MS / 1000,
      relayProtected: false,
      breakingHashtag: BREAKING,
      awaitedRelays: [RELAY],
      handleAuthorEvent: () => Promise.resolve(),
      saveProgress: () => Promise.resolve(),
      rescheduleExpiry: () => undefined,
      onProgress: () => undefined,
    });
    for (const delivery of deliveries) void delivery.run(signal);
    return life;
  }

  /** Until nobody does anything any more without time passing, or the life is over. */
  async function quiet(life: Run): Promise<void> {
    for (let still = 0, seen = -1; still < 4 && !life.isOver; ) {
      await turn();
      still = life.inHand === 0 && life.points.length === seen ? still + 1 : 0;
      seen = life.points.length;
      if (still === 3) await database.announced(opened);
    }
  }

  /** What the dead one had in hand is lost; what it had handed over is done. */
  async function restart(): Promise<Run> {
    for (let n = 0; n < 4; n += 1) await turn();
    // Its waits end; where they lead to a call, that never returns.
    stop.abort();
    await database.abandon(opened);
    await open();
    return start();
  }

  /** Where it is over already, the next one. */
  async function living(): Promise<Run> {
    if (lives.length === 0) life = start();
    if (life.isOver) life = await restart();
    return life;
  }

  /** As the hourly probe does. */
  async function resumeAll(): Promise<void> {
    const suspended = await opened.store.destinations.list({ state: 'suspended' });
    for (const { id } of suspended) await leaseOf(platformOf(id)).store.destinations.resume(id);
    // Who is woken for nothing waits anew, and time would creep.
    if (suspended.length > 0) live.wake();
  }

  /** Until the first place is due that is not now. */
  async function untilDueMs(): Promise<number> {
    const next = chats.map(({ name }) =>
      opened.store.deliveries.nextDueMs(name, clock.steady(), clock.now()),
    );
    const ms = (await Promise.all(next)).filter((one) => one !== undefined);
    return Math.min(...ms) - clock.steady();
  }

  async function isUpToDate(): Promise<boolean> {
    const ids = writer.events.map((event) => event.id);
    const { store } = opened;
    const places = await store.destinations.list();
    if ((await store.archive.known(ids)).size < ids.length) return false;
    const { waiting } = await store.stats.totals();
    return (
      places.every(({ state }) => state === 'active') &&
      waiting === 0 &&
      (await untilDueMs()) === Number.POSITIVE_INFINITY
    );
  }

  return {
    clock,
    chats,
    writer,
    database,
    lives,
    async begin(): Promise<void> {
      await open();
      for (const id of destinations)
        await leaseOf('relay').store.destinations.subscribe({ id, source: 'command', preferences });
    },
    living,
    resumeAll,
    publish(event: VerifiedEvent | undefined): void {
      if (event) live.push(event);
    },
    /** Lets everybody who is at work do so many steps. */
    async turns(count: number): Promise<void> {
      await living();
      for (let n = 0; n < count; n += 1) await turn();
    },
    /** Lets the story go on, over as many lives as it takes, until everybody is up to date. */
    async settle(): Promise<void> {
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        await quiet(await living());
        if (life.isOver) continue;
        if (await isUpToDate()) return;
        await resumeAll();
        if (life.inHand > 0) continue;
        // Nobody looks again and again through a whole day.
        const dueMs = (await opened.store.stats.totals()).waiting === 0 ? await untilDueMs() : 0;
        if (dueMs > HOUR_MS && dueMs < Number.POSITIVE_INFINITY) clock.advance(dueMs);
        else clock.advanceToNext();
      }
      throw new Error('Somebody is never served');
    },
    async end(): Promise<void> {
      life.dieIn(0);
      for (let n = 0; n < 4; n += 1) await turn();
      stop.abort();
      await database.abandon(opened);
      await database.remove();
    },
    /** Over all lives. */
    counted: (name: string, platform: string): number =>
      lives
        .flatMap(({ counters }) => counters.all())
        .filter((line) => line.name === name && line.labels['platform'] === platform)
        .reduce((sum, { value }) => sum + value, 0),
  };
}

export type Simulation = ReturnType<typeof createSimulation>;
