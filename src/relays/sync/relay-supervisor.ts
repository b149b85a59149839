import type { LookupFunction } from 'node:net';
import type { Log } from '../../lib/log.ts';
import type { BotKey } from '../bot-key.ts';
import { type Connection, connect } from '../connection/connection.ts';
import { createRelayBackoff } from '../relay-backoff.ts';
import { type Termination, terminationFor } from '../relay-errors.ts';
import type { RelayState, RelayStreamItem, SyncProgress } from '../relay-stream.ts';
import { type Pause, pause, type Timeouts } from '../timeouts.ts';
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

export interface RelaySupervisorOptions extends Pick<CatchUpOptions, 'ours' | 'overfilled'> {
  readonly url: string;
  readonly author: string;
  readonly kinds: readonly number[];
  readonly key: BotKey | undefined;
  readonly intake: EventIntake;
  readonly support: NegentropySupportRecord;
  readonly terms: CapabilityRecord;
  /** It has shown something that it had not shown before: that may tell of the others, too. */
  readonly learned: () => void;
  /** Puts a report in the line behind the events. */
  readonly report: (item: RelayStreamItem) => Promise<void>;
  /** What is saved. */
  readonly progress: () => Promise<SyncProgress>;
  readonly rejected: (reason: Rejection['reason']) => void;
  readonly timeouts: Timeouts;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** For addresses that strangers wrote. */
  readonly lookup?: LookupFunction;
}

/** One relay, followed for ever: connect, live subscription, catch-up, refresh; and again after whatever happens. */
export interface RelaySupervisor {
  state(): RelayState;
  /** Settles only after the signal aborted, once the connection is being closed. */
  run(): Promise<void>;
  /** Looks again at what the relay keeps back: others show more than before. */
  recheckWithholding(): void;
  /** Drops the connection or ends the wait for the next one: what it knows of time no longer holds. */
  restart(reason: string): void;
}

export function createRelaySupervisor(options: RelaySupervisorOptions): RelaySupervisor {
  const { url, intake, timeouts, now, random, signal } = options;
  const log = options.log.with({ relay: url });
  const backoff = createRelayBackoff(timeouts, random);
  const audits = createResyncPolicy(timeouts, now, random);
  const comparing = createNegentropySync(options.support, timeouts, log);
  const keeper = createRelayStateTracker(url, now);
  const checkpoints = new Map<string, Checkpoint>();
  /** Audits that were reported here, whether they are saved yet or not. */
  let audited: SyncProgress = {};
  const terms = createCapabilityTracker({
    kinds: options.kinds,
    record: options.terms,
    keptMs: timeouts.supportMs,
    log,
  });
  /** It has challenged us and hung up when it was asked for something: next time the key comes first. */
  let hangsUp = false;
  let withholding: Pick<WithholdingMonitor, 'trouble'> | undefined;
  let connection: Connection | undefined;
  let waiting: Pause | undefined;

  async function interrupted(ending: Termination): Promise<void> {
    // An ending that we brought about is none of the relay's doing.
    if (signal.aborted) return;
    const { reason, error: trouble } = ending;
    log[keeper.failed(ending) ? 'warn' : 'debug']('relay.interrupted', { reason, trouble });
    await options.report({ type: 'interrupted', relay: url, reason });
  }

  function review(): void {
    const withheld = withholding?.trouble();
    if (keeper.setWithheld(withheld) && withheld)
      log.warn('relay.withholding', { reason: withheld.reason, trouble: withheld.error });
  }

  async function followOn(open: Connection): Promise<Termination> {
    await terms.load();
    const source = createVerifiedStream({
      ...options,
      connection: open,
      relay: url,
      log,
      received: keeper.received,
      answered: keeper.answered,
      // What is new may be on its way from the others as well.
      learned: (isStored) => (isStored ? options.learned() : review()),
    });
    const ending = await runSession(source, {
      ...options,
      authenticatesFirst: hangsUp,
      unknown: (ids) => intake.unknown(ids),
      log,
      keeper,
      backoff,
      audits,
      comparing,
      supportsNegentropy: async () => (await options.support.get()) === 'yes',
      checkpoints,
      terms,
      shownByOthers: () => intake.kindsFromOthers(url),
      progress: async () => ({ ...(await options.progress()), ...audited }),
      async report(caughtUp) {
        const { depth, cursorMs } = caughtUp;
        if (depth !== 'cursor') audited = { ...audited, [`${depth}Ms`]: cursorMs };
        await options.report({ ...caughtUp, relay: url });
      },
      interrupted,
      watched(watching) {
        withholding = watching;
        review();
      },
    });
    const isUnheard = options.key && source.challenge() !== undefined && !source.hasAnswered();
    if (isUnheard) hangsUp = ending.error === 'lost' && !hangsUp;
    return ending;
  }

  async function attempt(): Promise<Termination> {
    keeper.enter('connecting');
    try {
      connection = await connect(url, { ...options, log });
    } catch (error) {
      return terminationFor('unreachable', (error as Error).message);
    }
    try {
      return await followOn(connection);
    } catch (error) {
      // The archive, most likely: the relay can wait until it is back.
      if (!signal.aborted) log.error('relay.failed', { error });
      return terminationFor('failing', 'internal error');
    } finally {
      connection.close('stopped');
      connection = undefined;
      withholding = undefined;
    }
  }

  return {
    state: keeper.state,
    recheckWithholding: review,
    async run() {
      while (!signal.aborted) {
        const ending = await attempt();
        await interrupted(ending);
        keeper.enter('waiting');
        waiting = pause(backoff.next(ending.remedy), signal);
        await waiting.over;
      }
      keeper.enter('closed');
    },
    restart(reason) {
      connection?.close(reason);
      waiting?.end();
    },
  };
}
