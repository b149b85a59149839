import type { Filter } from 'nostr-tools/filter';
import type { Log } from '../../lib/log.ts';
import type { BotKey } from '../bot-key.ts';
import { type Connection, connect } from '../connection/connection.ts';
import { authenticateConnection } from '../connection/nip42.ts';
import { createRelayBackoff } from '../relay-backoff.ts';
import { type Termination, terminationFor } from '../relay-errors.ts';
import { backfill, type Checkpoint } from '../sync/backfill.ts';
import { createLiveSubscription, listen } from '../sync/live-subscription.ts';
import { NO_EOSE, terminationIn } from '../sync/page-reader.ts';
import { createVerifiedStream } from '../sync/verified-stream.ts';
import type { EventIntake } from '../sync/verify-and-dedupe.ts';
import { pause, type Timeouts } from '../timeouts.ts';
import type { Verifier } from '../verify.ts';
import { createDmIntake, MAX_AGE_S } from './dm-intake.ts';
import { type DirectMessage, GIFT_WRAP_KIND, MAX_BACKDATING_S } from './nip17.ts';
import { createPacedQueue } from './paced-queue.ts';
import { openProcessedIds, type ProcessedIdsStorage } from './processed-ids.ts';

export interface DmInboxOptions {
  /** Relays where letters to us are left: the operator's. */
  readonly urls: readonly string[];
  readonly key: BotKey;
  /** The only one whose letters are read. */
  readonly from: string;
  readonly verifier: Verifier;
  /** Is given each letter, some of them again after a restart. What it rejects comes again with the next connection. */
  take(letter: DirectMessage): Promise<void>;
  /** Where it is kept which wraps need not be opened again. */
  readonly storage?: ProcessedIdsStorage;
  readonly timeouts: Timeouts;
  readonly log: Log;
  readonly signal: AbortSignal;
  now(): number;
  random(): number;
}

/** So far back a wrap may be dated that holds a letter which still counts. */
const WINDOW_S = MAX_AGE_S + MAX_BACKDATING_S;

/** How a relay is asked, and how where it refuses that or does not answer: for less, and for one thing at a time. */
const REQUEST_VARIANTS: readonly { readonly limit?: number; readonly isAlone?: true }[] = [
  { limit: 500 },
  { limit: 100 },
  { limit: 100, isAlone: true },
  { isAlone: true },
];

/** Few, but 0 makes some relays ignore the subscription. */
const LIVE_LIMIT = 10;

/** What is known of a relay, as long as the program runs. */
interface InboxProgress {
  /** When the last catch-ups began that were complete, in milliseconds since 1970. */
  readonly caughtUpMs?: number;
  readonly wholeMs?: number;
  /** When one began that was not, and how far it got: a relay may cut every connection before its end. */
  readonly beganMs?: number;
  readonly frontier?: Checkpoint | undefined;
}

/** Reads letters at all the relays until the signal aborts. */
export async function readDirectMessages(options: DmInboxOptions): Promise<void> {
  const { timeouts, signal, storage } = options;
  const settled = await openProcessedIds((WINDOW_S + MAX_BACKDATING_S) * 1000, storage);
  const turns = createPacedQueue({ workMs: timeouts.letterWorkMs, restMs: timeouts.letterPauseMs, signal });
  const intake = createDmIntake({ ...options, settled, turns });
  const save = async (): Promise<void> => {
    await settled.save().catch((error: unknown) => options.log.error('dm.save_failed', { error }));
  };
  await Promise.all(options.urls.map((url) => readFromRelay(url, { ...options, intake, save })));
}

interface ReadOptions extends DmInboxOptions {
  readonly intake: EventIntake;
  save(): Promise<void>;
}

/** Reads at one relay: connects, reads, and again after whatever happens. */
async function readFromRelay(url: string, options: ReadOptions): Promise<void> {
  const { key, intake, save, timeouts, signal, now, random } = options;
  const log = options.log.with({ relay: url });
  const backoff = createRelayBackoff(timeouts, random);
  let manner = 0;
  let progress: InboxProgress = {};

  async function readOn(connection: Connection): Promise<Termination> {
    const before = progress;
    let isGone = false;
    let shown: string | undefined;
    const source = createVerifiedStream({
      connection: {
        ...connection,
        async read(waitMs) {
          const frames = await connection.read(waitMs);
          isGone ||= frames.some(({ type }) => type === 'gone');
          return frames;
        },
      },
      intake,
      relay: url,
      log,
      answered() {},
      learned() {},
      received() {},
      rejected() {},
    });
    const live = createLiveSubscription(source);
    const hasNewChallenge = (): boolean => source.challenge() !== shown;

    async function slowDown(ending: Termination): Promise<Termination | undefined> {
      log.info('dm.interrupted', { reason: ending.reason });
      const worse = await listen(source, backoff.next('slow-down'));
      return worse?.remedy === 'slow-down' ? undefined : worse;
    }

    /** All that came since the last time; once a day all that still counts. */
    async function catchUp(filter: Filter): Promise<Termination | undefined> {
      const startedMs = now();
      const isWhole = !(startedMs - (progress.wholeMs ?? Number.NEGATIVE_INFINITY) < timeouts.letterAuditMs);
      const beganMs = (progress.frontier && progress.beganMs) ?? startedMs;
      progress = { ...progress, beganMs };
      const sinceS = isWhole
        ? Math.floor(startedMs / 1000) - WINDOW_S
        : Math.floor(((progress.caughtUpMs ?? startedMs) - timeouts.overlapMs) / 1000) - MAX_BACKDATING_S;
      const paged = await backfill(source, {
        filter,
        sinceS,
        // What comes meanwhile and is dated back the next one finds, which begins two days before this one began.
        settledS: Math.floor(startedMs / 1000),
        checkpoint: progress.frontier,
        reached: (frontier) => (progress = { ...progress, frontier }),
        answered() {},
        slowDown,
        timeouts,
      });
      await save();
      if ('remedy' in paged) return paged;
      for (const { second, count } of paged.saturated) log.warn('dm.saturated', { second, count });
      if (!paged.complete) return NO_EOSE;
      // Without the key it may have shown us nothing.
      if (hasNewChallenge()) return undefined;
      progress = { caughtUpMs: beganMs, wholeMs: isWhole ? beganMs : (progress.wholeMs ?? 0) };
      backoff.reset();
      log.debug('dm.caught_up', { isWhole });
      return beganMs === startedMs ? undefined : catchUp(filter);
    }

    /** What can be done on this connection; `undefined`: it may be asked again. */
    async function remedied(ending: Termination): Promise<Termination | undefined> {
      if (ending.remedy === 'slow-down') return slowDown(ending);
      if (ending.remedy === 'authenticate' || hasNewChallenge()) return introduced(ending);
      // It answers, only never to the end: what it says is worth listening to.
      if (ending === NO_EOSE && (source.eventCount() > 0 || manner === REQUEST_VARIANTS.length - 1))
        return heardOut();
      if (
        manner === REQUEST_VARIANTS.length - 1 ||
        ending.remedy === 'strike' ||
        ending.remedy === 'quarantine'
      )
        return ending;
      log.info('dm.interrupted', { reason: ending.reason });
      manner += 1;
      return undefined;
    }

    /** Shows our key. Some refuse without one, and others just leave out what is for us. */
    async function introduced(ending?: Termination): Promise<Termination | undefined> {
      if (shown !== undefined && !hasNewChallenge()) return terminationFor('refuses-key', 'refuses our key');
      const isTaken = await authenticateConnection(connection, {
        url,
        key,
        nowMs: now(),
        withinMs: timeouts.pageSilenceMs,
      });
      shown = source.challenge();
      if (!isTaken && ending?.remedy === 'authenticate')
        return terminationFor('refuses-key', 'refuses our key');
      if (isTaken) progress = before;
      return undefined;
    }

    async function heardOut(): Promise<Termination | undefined> {
      const endMs = performance.now() + timeouts.letterRefreshMs * (0.8 + 0.4 * random());
      while (!hasNewChallenge()) {
        const leftMs = endMs - performance.now();
        if (leftMs <= 0) return undefined;
        const { seen } = await source.next(leftMs);
        const ending = seen.flatMap((one) => terminationIn(one) ?? [])[0];
        if (ending) return isGone ? ending : remedied(ending);
      }
      return introduced();
    }

    for (;;) {
      const { limit, isAlone = false } = REQUEST_VARIANTS[manner] ?? {};
      const filter: Filter = { kinds: [GIFT_WRAP_KIND], '#p': [key.pubkey] };
      live.replace(isAlone ? [] : [{ ...filter, limit: LIVE_LIMIT }]);
      const ending = await catchUp(limit === undefined ? filter : { ...filter, limit });
      if (isAlone) live.replace([{ ...filter, limit: LIVE_LIMIT }]);
      live.markLive();
      const final = isGone ? ending : await (ending ? remedied(ending) : heardOut());
      if (final || isGone) return final ?? terminationFor('lost', 'connection closed');
    }
  }

  async function attempt(): Promise<Termination> {
    try {
      const connection = await connect(url, { timeouts, log, signal });
      try {
        return await readOn(connection);
      } finally {
        connection.close('stopped');
      }
    } catch (error) {
      if (!signal.aborted) log.warn('dm.read_failed', { error });
      return terminationFor('unreachable', error instanceof Error ? error.message : String(error));
    }
  }

  while (!signal.aborted) {
    const ending = await attempt();
    await save();
    if (signal.aborted) return;
    log.info('dm.interrupted', { reason: ending.reason });
    await pause(backoff.next(ending.remedy), signal).over;
  }
}
