import type { Filter } from 'nostr-tools/filter';
import { abortableDelay } from '../../lib/delay.ts';
import type { Log } from '../../lib/log.ts';
import type { BotKey } from '../bot-key.ts';
import { type Connection, connect } from '../connection/connection.ts';
import { authenticate, KEY_REFUSED } from '../connection/nip42.ts';
import { createRelayBackoff } from '../relay-backoff.ts';
import { isTermination, refusalCause, type Termination, terminationFor } from '../relay-errors.ts';
import { backfill, type Checkpoint } from '../sync/backfill.ts';
import { createLiveSubscription, listen } from '../sync/live-subscription.ts';
import { NO_EOSE, terminationIn } from '../sync/page-reader.ts';
import {
  fullCapabilities,
  liveFilters,
  pageFilter,
  type RelayCapabilities,
  reduceCapabilities,
} from '../sync/relay-capabilities.ts';
import { createVerifiedStream } from '../sync/verified-stream.ts';
import type { EventIntake } from '../sync/verify-and-dedupe.ts';
import type { Timeouts } from '../timeouts.ts';
import type { Verifier } from '../verify.ts';
import { createDmIntake, MAX_AGE_S } from './dm-intake.ts';
import { type DirectMessage, GIFT_WRAP_KIND, MAX_BACKDATING_S } from './nip17.ts';
import { createPacedQueue } from './paced-queue.ts';
import { openProcessedIds, type ProcessedIdsStorage } from './processed-ids.ts';

export interface DmInboxOptions {
  /** The operator's relays, where messages to us are left. */
  readonly urls: readonly string[];
  readonly key: BotKey;
  /** The only sender whose messages are read. */
  readonly from: string;
  readonly verifier: Verifier;
  /** Is passed each message, possibly again after a restart. If it rejects, the message comes again later. */
  onMessage(message: DirectMessage): Promise<void>;
  /** Messages written up to then were taken before a backup was restored; in seconds since 1970, 0 by default. */
  readonly settledUntil?: number;
  /** Remembers over restarts which wraps needn't be opened again. */
  readonly storage?: ProcessedIdsStorage;
  readonly timeouts: Timeouts;
  readonly log: Log;
  readonly signal: AbortSignal;
  now(): number;
  random(): number;
}

/** How far back the wrap of a message that still counts may be dated. */
const WINDOW_S = MAX_AGE_S + MAX_BACKDATING_S;

const KINDS = [GIFT_WRAP_KIND];

/** What is known of a relay while the program runs. */
interface InboxProgress {
  /** When the last complete catch-ups began, in milliseconds since 1970: any, and of the whole window. */
  readonly caughtUpMs?: number;
  readonly wholeMs?: number;
  /** When an incomplete one began, and how far it got: a relay may cut every connection before it is done. */
  readonly beganMs?: number;
  readonly checkpoint?: Checkpoint | undefined;
}

/** Reads direct messages from all the relays until the signal aborts. */
export async function readDirectMessages(options: DmInboxOptions): Promise<void> {
  const { timeouts, signal, storage } = options;
  const processed = await openProcessedIds((WINDOW_S + MAX_BACKDATING_S) * 1000, storage);
  const runPaced = createPacedQueue({
    workMs: timeouts.dmWorkMs,
    restMs: timeouts.dmRestMs,
    signal,
  });
  const intake = createDmIntake({ ...options, processed, runPaced });
  const save = async (): Promise<void> => {
    await processed.save().catch((error: unknown) => options.log.error('dm.save_failed', { error }));
  };
  await Promise.all(options.urls.map((url) => readFromRelay(url, { ...options, intake, save })));
}

interface ReadOptions extends DmInboxOptions {
  readonly intake: EventIntake;
  save(): Promise<void>;
}

/** What to ask for after a refusal; `undefined` if there is nothing less to ask for. */
function capabilitiesAfter(
  capabilities: RelayCapabilities,
  { reason }: Termination,
): RelayCapabilities | undefined {
  const isVague = refusalCause(reason) === undefined;
  const fewer = reduceCapabilities(capabilities, { kinds: KINDS, reason, isVague, isLimitFine: false });
  return fewer.groups.length > 0 ? fewer : undefined;
}

/** Connects to one relay and reads, and starts over after whatever ended it. */
async function readFromRelay(url: string, options: ReadOptions): Promise<void> {
  const { key, intake, save, timeouts, signal, now, random } = options;
  const log = options.log.with({ relay: url });
  const backoff = createRelayBackoff(timeouts, random);
  let capabilities = fullCapabilities(KINDS);
  let progress: InboxProgress = {};

  async function read(connection: Connection): Promise<Termination> {
    const progressBefore = progress;
    let answeredChallenge: string | undefined;
    const stream = createVerifiedStream({ connection, intake, relay: url, log });
    const live = createLiveSubscription(stream);
    const hasNewChallenge = (): boolean => stream.challenge() !== answeredChallenge;

    async function slowDown(termination: Termination): Promise<Termination | undefined> {
      log.info('dm.interrupted', { reason: termination.reason });
      const worse = await listen(stream, backoff.next('slow-down'));
      return worse?.recovery === 'slow-down' ? undefined : worse;
    }

    /** Reads what came since the last time; once a day, everything that still counts. */
    async function catchUp(filter: Filter): Promise<Termination | undefined> {
      const startedMs = now();
      const isWhole = !(startedMs - (progress.wholeMs ?? Number.NEGATIVE_INFINITY) < timeouts.dmResyncMs);
      const beganMs = (progress.checkpoint && progress.beganMs) ?? startedMs;
      progress = { ...progress, beganMs };
      const sinceS = isWhole
        ? Math.floor(startedMs / 1000) - WINDOW_S
        : Math.floor(((progress.caughtUpMs ?? startedMs) - timeouts.overlapMs) / 1000) - MAX_BACKDATING_S;
      const result = await backfill(stream, {
        filter,
        sinceS,
        // Backdated messages that arrive meanwhile are found by the next catch-up, which goes back two days further.
        settledS: Math.floor(startedMs / 1000),
        checkpoint: progress.checkpoint,
        onCheckpoint: (checkpoint) => (progress = { ...progress, checkpoint }),
        onPage() {},
        slowDown,
        timeouts,
      });
      await save();
      if (isTermination(result)) return result;
      for (const { second, count } of result.saturated) log.warn('dm.saturated', { second, count });
      if (!result.complete) return NO_EOSE;
      // Before authenticating it may have shown us nothing.
      if (hasNewChallenge()) return undefined;
      progress = { caughtUpMs: beganMs, wholeMs: isWhole ? beganMs : (progress.wholeMs ?? 0) };
      backoff.reset();
      log.debug('dm.caught_up', { isWhole });
      return beganMs === startedMs ? undefined : catchUp(filter);
    }

    /** Does what can be done about it on this connection. Undefined if the relay may be asked again. */
    async function recover(termination: Termination): Promise<Termination | undefined> {
      const { recovery } = termination;
      const fewer = capabilitiesAfter(capabilities, termination);
      if (recovery === 'slow-down') return slowDown(termination);
      if (recovery === 'authenticate' || hasNewChallenge()) return authenticateNow(termination);
      // It answers but never finishes: worth listening to.
      if (termination === NO_EOSE && (stream.eventCount() > 0 || !fewer)) return listenUntilRefresh();
      if (!fewer || recovery === 'strike' || recovery === 'quarantine') return termination;
      log.info('dm.interrupted', { reason: termination.reason });
      capabilities = fewer;
      return undefined;
    }

    /** Some relays refuse requests before that, and others just leave out what is for us. */
    async function authenticateNow(demand?: Termination): Promise<Termination | undefined> {
      if (answeredChallenge !== undefined && !hasNewChallenge()) return KEY_REFUSED;
      const failure = await authenticate(stream, { url, key, now, timeouts });
      answeredChallenge = stream.challenge();
      if (failure) return demand?.recovery === 'authenticate' ? KEY_REFUSED : undefined;
      progress = progressBefore;
      return undefined;
    }

    async function listenUntilRefresh(): Promise<Termination | undefined> {
      const endMs = performance.now() + timeouts.dmRefreshMs * (0.8 + 0.4 * random());
      while (!hasNewChallenge()) {
        const leftMs = endMs - performance.now();
        if (leftMs <= 0) return undefined;
        const { frames } = await stream.next(leftMs);
        const termination = frames.flatMap((frame) => terminationIn(frame) ?? [])[0];
        if (termination) return stream.isDisconnected() ? termination : recover(termination);
      }
      return authenticateNow();
    }

    for (;;) {
      const scope: Filter = { '#p': [key.pubkey] };
      // Wraps are backdated, so live ones are found only this far back.
      const liveSinceS = Math.floor((now() - timeouts.overlapMs) / 1000) - MAX_BACKDATING_S;
      const subscription = liveFilters(scope, capabilities, liveSinceS);
      const isBeside = capabilities.live === 'beside';
      live.replace(isBeside ? subscription : []);
      const failure = await catchUp(pageFilter(scope, KINDS, capabilities));
      if (!isBeside) live.replace(subscription);
      live.markLive();
      const final = stream.isDisconnected()
        ? failure
        : await (failure ? recover(failure) : listenUntilRefresh());
      if (final || stream.isDisconnected()) return final ?? terminationFor('lost', 'connection closed');
    }
  }

  async function attempt(): Promise<Termination> {
    try {
      const connection = await connect(url, { timeouts, log, signal });
      try {
        return await read(connection);
      } finally {
        connection.close('stopped');
      }
    } catch (error) {
      if (!signal.aborted) log.warn('dm.read_failed', { error });
      return terminationFor('unreachable', error instanceof Error ? error.message : String(error));
    }
  }

  while (!signal.aborted) {
    const termination = await attempt();
    await save();
    if (signal.aborted) return;
    log.info('dm.interrupted', { reason: termination.reason });
    await abortableDelay(backoff.next(termination.recovery), signal);
  }
}
