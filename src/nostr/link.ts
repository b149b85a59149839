import type { LookupFunction } from 'node:net';
import type { Log } from '../log.ts';
import { createAudits } from './audits.ts';
import { createBackoff } from './backoff.ts';
import type { BotKey } from './bot-key.ts';
import { createComparing, type SupportRecord } from './comparing.ts';
import { type Connection, connect } from './connection.ts';
import { follow } from './follow.ts';
import type { FromRelay, Progress, RelayState } from './from-relay.ts';
import type { Intake } from './intake.ts';
import type { Frontier } from './paging.ts';
import { createStateKeeper } from './relay-state.ts';
import type { RoundParts } from './round.ts';
import { createSource } from './source.ts';
import { createTermsKeeper, type TermsRecord } from './terms-keeper.ts';
import { type Pause, pause, type Timers } from './timers.ts';
import { type Ending, endingWith } from './trouble.ts';
import type { Rejection } from './verify.ts';
import type { Withholding } from './withholding.ts';

export interface LinkOptions extends Pick<RoundParts, 'ours' | 'overfilled'> {
  readonly url: string;
  readonly author: string;
  readonly kinds: readonly number[];
  readonly key: BotKey | undefined;
  readonly intake: Intake;
  readonly support: SupportRecord;
  readonly terms: TermsRecord;
  /** It has shown something that it had not shown before: that may tell of the others, too. */
  readonly learned: () => void;
  /** Puts a report in the line behind the events. */
  readonly report: (item: FromRelay) => Promise<void>;
  /** What is saved. */
  readonly progress: () => Promise<Progress>;
  readonly rejected: (reason: Rejection['reason']) => void;
  readonly timers: Timers;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** For addresses that strangers wrote. */
  readonly lookup?: LookupFunction;
}

/** One relay, followed for ever: connect, live subscription, catch-up, refresh; and again after whatever happens. */
export interface Link {
  state(): RelayState;
  /** Settles only after the signal aborted, once the connection is being closed. */
  run(): Promise<void>;
  /** Looks again at what the relay keeps back: others show more than before. */
  review(): void;
  /** Drops the connection or ends the wait for the next one: what it knows of time no longer holds. */
  restart(reason: string): void;
}

export function createLink(options: LinkOptions): Link {
  const { url, intake, timers, now, random, signal } = options;
  const log = options.log.with({ relay: url });
  const backoff = createBackoff(timers, random);
  const audits = createAudits(timers, now, random);
  const comparing = createComparing(options.support, timers, log);
  const keeper = createStateKeeper(url, now);
  const frontiers = new Map<string, Frontier>();
  /** Audits that were reported here, whether they are saved yet or not. */
  let audited: Progress = {};
  const terms = createTermsKeeper({
    kinds: options.kinds,
    record: options.terms,
    keptMs: timers.supportMs,
    log,
  });
  /** It has challenged us and hung up when it was asked for something: next time the key comes first. */
  let hangsUp = false;
  let withholding: Pick<Withholding, 'trouble'> | undefined;
  let connection: Connection | undefined;
  let waiting: Pause | undefined;

  async function interrupted(ending: Ending): Promise<void> {
    // An ending that we brought about is none of the relay's doing.
    if (signal.aborted) return;
    const { reason, trouble } = ending;
    log[keeper.troubled(ending) ? 'warn' : 'debug']('relay.interrupted', { reason, trouble });
    await options.report({ type: 'interrupted', relay: url, reason });
  }

  function review(): void {
    const withheld = withholding?.trouble();
    if (keeper.withhold(withheld) && withheld)
      log.warn('relay.withholding', { reason: withheld.reason, trouble: withheld.trouble });
  }

  async function followOn(open: Connection): Promise<Ending> {
    await terms.begin();
    const source = createSource({
      ...options,
      connection: open,
      relay: url,
      log,
      received: keeper.received,
      answered: keeper.answered,
      // What is new may be on its way from the others as well.
      learned: (isStored) => (isStored ? options.learned() : review()),
    });
    const ending = await follow(source, {
      ...options,
      introduces: hangsUp,
      unknown: (ids) => intake.unknown(ids),
      log,
      keeper,
      backoff,
      audits,
      comparing,
      compares: async () => (await options.support.get()) === 'yes',
      frontiers,
      terms,
      shownByOthers: () => intake.shownByOthers(url),
      progress: async () => ({ ...(await options.progress()), ...audited }),
      async report(caughtUp) {
        const { reach, cursorMs } = caughtUp;
        if (reach !== 'cursor') audited = { ...audited, [`${reach}Ms`]: cursorMs };
        await options.report({ ...caughtUp, relay: url });
      },
      interrupted,
      watched(watching) {
        withholding = watching;
        review();
      },
    });
    const isUnheard = options.key && source.challenge() !== undefined && !source.hasAnswered();
    if (isUnheard) hangsUp = ending.trouble === 'lost' && !hangsUp;
    return ending;
  }

  async function attempt(): Promise<Ending> {
    keeper.enter('connecting');
    try {
      connection = await connect(url, { ...options, log });
    } catch (error) {
      return endingWith('unreachable', (error as Error).message);
    }
    try {
      return await followOn(connection);
    } catch (error) {
      // The archive, most likely: the relay can wait until it is back.
      if (!signal.aborted) log.error('relay.failed', { error });
      return endingWith('failing', 'internal error');
    } finally {
      connection.close('stopped');
      connection = undefined;
      withholding = undefined;
    }
  }

  return {
    state: keeper.state,
    review,
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
