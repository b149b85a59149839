import type { LookupFunction } from 'node:net';
import { abortableDelay } from '../../lib/delay.ts';
import type { Log } from '../../lib/log.ts';
import type { BotKey } from '../bot-key.ts';
import { type Connection, connect } from '../connection/connection.ts';
import { createRelayBackoff } from '../relay-backoff.ts';
import { type Termination, terminationFor } from '../relay-errors.ts';
import type { RelayState, RelayStreamItem, SyncProgress } from '../relay-stream.ts';
import type { Timeouts } from '../timeouts.ts';
import type { Rejection } from '../verify.ts';
import type { Checkpoint } from './backfill.ts';
import { type CapabilityRecord, createCapabilityTracker } from './capability-tracker.ts';
import type { CatchUpOptions } from './catch-up.ts';
import { createNegentropySync, type NegentropySupportRecord } from './negentropy-support.ts';
import { createRelayStateTracker } from './relay-state.ts';
import { createResyncPolicy } from './resync-policy.ts';
import { runSession } from './session.ts';
import { createVerifiedStream } from './verified-stream.ts';
import type { EventIntake } from './verify-and-dedupe.ts';
import type { WithholdingMonitor } from './withholding.ts';

export interface RelaySupervisorOptions extends Pick<CatchUpOptions, 'localIds' | 'saturated'> {
  readonly url: string;
  readonly author: string;
  readonly kinds: readonly number[];
  readonly key: BotKey | undefined;
  readonly intake: EventIntake;
  readonly negentropySupport: NegentropySupportRecord;
  readonly capabilities: CapabilityRecord;
  /** Called when it sends a kind for the first time: other relays may be withholding it. */
  readonly onNewKind: () => void;
  /** Queues an item behind the events. */
  readonly report: (item: RelayStreamItem) => Promise<void>;
  /** What has been saved. */
  readonly progress: () => Promise<SyncProgress>;
  readonly onRejected: (reason: Rejection['reason']) => void;
  readonly timeouts: Timeouts;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** For addresses that strangers wrote. */
  readonly lookup?: LookupFunction;
}

/** Follows one relay for good: connects, runs a session, and starts over after whatever ended it. */
export interface RelaySupervisor {
  state(): RelayState;
  /** Settles only after the signal aborts, once the connection is closing. */
  run(): Promise<void>;
  /** Called when other relays have sent more than before. */
  recheckWithholding(): void;
  /** Drops the connection, or ends the wait for the next one: the clock has jumped. */
  restart(reason: string): void;
}

export function createRelaySupervisor(options: RelaySupervisorOptions): RelaySupervisor {
  const { url, intake, timeouts, now, random, signal } = options;
  const log = options.log.with({ relay: url });
  const backoff = createRelayBackoff(timeouts, random);
  const resyncs = createResyncPolicy(timeouts, now, random);
  const negentropy = createNegentropySync(options.negentropySupport, timeouts, log);
  const state = createRelayStateTracker(url, now);
  const checkpoints = new Map<string, Checkpoint>();
  const capabilities = createCapabilityTracker({
    kinds: options.kinds,
    record: options.capabilities,
    keptMs: timeouts.supportMs,
    log,
  });
  /** Resyncs that were reported, whether they have been saved yet or not. */
  let resynced: SyncProgress = {};
  /** Whether to authenticate first next time: it challenged us and hung up on our first request. */
  let authenticatesFirst = false;
  let withholding: WithholdingMonitor | undefined;
  let connection: Connection | undefined;
  let waiting = new AbortController();

  async function interrupted(termination: Termination): Promise<void> {
    // If we are stopping, it isn't the relay's doing.
    if (signal.aborted) return;
    const { reason, error } = termination;
    log[state.failed(termination) ? 'warn' : 'debug']('relay.interrupted', { reason, trouble: error });
    await options.report({ type: 'interrupted', relay: url, reason });
  }

  function recheckWithholding(): void {
    const withheld = withholding?.termination();
    if (state.setWithheld(withheld) && withheld)
      log.warn('relay.withholding', { reason: withheld.reason, trouble: withheld.error });
  }

  async function follow(open: Connection): Promise<Termination> {
    await capabilities.load();
    const stream = createVerifiedStream({
      ...options,
      connection: open,
      relay: url,
      log,
      onReceived: state.received,
      onFirstAnswer: state.answered,
      // A new note may be on its way from the others as well.
      onNewKind: (isStored) => (isStored ? options.onNewKind() : recheckWithholding()),
    });
    const termination = await runSession(stream, {
      ...options,
      authenticatesFirst,
      log,
      state,
      backoff,
      resyncs,
      negentropy,
      supportsNegentropy: async () => (await options.negentropySupport.get()) === 'yes',
      checkpoints,
      capabilities,
      unknown: intake.unknown,
      kindsFromOthers: () => intake.kindsFromOthers(url),
      progress: async () => ({ ...(await options.progress()), ...resynced }),
      async onCaughtUp(caughtUp) {
        const { depth, cursorMs } = caughtUp;
        if (depth !== 'cursor') resynced = { ...resynced, [`${depth}Ms`]: cursorMs };
        await options.report({ ...caughtUp, relay: url });
      },
      onInterrupted: interrupted,
      onMonitoring(monitor) {
        withholding = monitor;
        recheckWithholding();
      },
    });
    const isIgnored = options.key && stream.challenge() !== undefined && !stream.hasAnswered();
    if (isIgnored) authenticatesFirst = termination.error === 'lost' && !authenticatesFirst;
    return termination;
  }

  async function attempt(): Promise<Termination> {
    state.enter('connecting');
    try {
      connection = await connect(url, { ...options, log });
    } catch (error) {
      return terminationFor('unreachable', (error as Error).message);
    }
    try {
      return await follow(connection);
    } catch (error) {
      // Most likely the archive's: the relay can wait until it is back.
      if (!signal.aborted) log.error('relay.failed', { error });
      return terminationFor('failing', 'internal error');
    } finally {
      connection.close('stopped');
      connection = undefined;
      withholding = undefined;
    }
  }

  return {
    state: state.state,
    recheckWithholding,
    async run() {
      while (!signal.aborted) {
        const termination = await attempt();
        await interrupted(termination);
        state.enter('waiting');
        waiting = new AbortController();
        await abortableDelay(backoff.next(termination.recovery), AbortSignal.any([signal, waiting.signal]));
      }
      state.enter('closed');
    },
    restart(reason) {
      connection?.close(reason);
      waiting.abort();
    },
  };
}
