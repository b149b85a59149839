import type { LookupFunction } from 'node:net';
import type { Subscription } from 'nostr-tools/abstract-relay';
import type { Filter } from 'nostr-tools/filter';
import type { Log } from '../log.ts';
import { createBackoff, type Ending } from './backoff.ts';
import { catchUp, listen } from './catch-up.ts';
import { type Connection, connect } from './connection.ts';
import type { FromRelay, RelayState } from './from-relay.ts';
import type { Intake } from './intake.ts';
import { createSource, type Source } from './source.ts';
import { type Pause, pause, type Timers } from './timers.ts';

export interface LinkOptions {
  readonly url: string;
  readonly author: string;
  readonly kinds: readonly number[];
  readonly intake: Intake;
  /** Puts a report in the line behind the events. */
  readonly report: (item: FromRelay) => Promise<void>;
  /** When the last complete catch-up that was saved began, in milliseconds since 1970. */
  readonly cursor: () => Promise<number | undefined>;
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
  /** Drops the connection or ends the wait for the next one: what it knows of time no longer holds. */
  restart(reason: string): void;
}

/** How many events a page asks for; the cap of many relays. */
const PAGE = 500;
/** How many stored events the live subscription asks for: few, but 0 makes some relays ignore it. */
const LIVE = 10;
/** A relay that refuses our one filter is asked for so many kinds at a time. */
const FEW_KINDS = 3;

export function createLink(options: LinkOptions): Link {
  const { url, intake, report, timers, now, random, signal } = options;
  const log = options.log.with({ relay: url });
  const backoff = createBackoff(timers, random);
  let state: RelayState = { url, state: 'connecting', since: now(), received: 0 };
  let simple = false;
  /** Why there is no complete catch-up since the last one. */
  let trouble: string | undefined;
  let connection: Connection | undefined;
  let waiting: Pause | undefined;

  function enter(next: RelayState['state']): void {
    const received = next === 'connecting' ? 0 : state.received;
    state = { url, state: next, since: now(), received, ...(trouble !== undefined && { reason: trouble }) };
  }

  async function interrupted({ reason }: Ending): Promise<void> {
    // An ending that we brought about is none of the relay's doing.
    if (signal.aborted) return;
    log[trouble === reason ? 'debug' : 'warn']('relay.interrupted', { reason });
    trouble = reason;
    await report({ type: 'interrupted', relay: url, reason });
  }

  function filters(): readonly Filter[] {
    const authors = [options.author];
    if (!simple) return [{ authors, kinds: [...options.kinds], limit: PAGE }];
    const groups = Math.ceil(options.kinds.length / FEW_KINDS);
    return Array.from({ length: groups }, (_, group) => ({
      authors,
      kinds: options.kinds.slice(group * FEW_KINDS, (group + 1) * FEW_KINDS),
    }));
  }

  /** One catch-up; the live subscription is replaced before it, since the relay may have forgotten the old one. */
  async function round(source: Source, live: Subscription[]): Promise<Ending | undefined> {
    const startedMs = now();
    const sinceS = beginning(await options.cursor(), startedMs, timers.overlapMs);
    const old = live.splice(0);
    // Without `since`: a note dated long ago and published now would pass by otherwise.
    for (const filter of filters()) live.push(source.subscribe({ ...filter, limit: LIVE }));
    for (const subscription of old) source.unsubscribe(subscription);
    for (const filter of filters()) {
      const ending = await catchUp(source, { filter, sinceS, timers, log });
      if (ending) return ending;
    }
    backoff.reset();
    trouble = undefined;
    log[state.state === 'live' ? 'debug' : 'info']('relay.completed', { received: state.received });
    if (state.state !== 'live') enter('live');
    await report({ type: 'caught-up', relay: url, cursorMs: startedMs });
    return undefined;
  }

  async function follow(source: Source): Promise<Ending> {
    const live: Subscription[] = [];
    enter('catching-up');
    for (;;) {
      const failed = await round(source, live);
      if (failed) await interrupted(failed);
      const ending = failed ?? (await listen(source, timers.refreshMs * (0.8 + 0.4 * random())));
      if (ending?.remedy === 'simplify' && !simple) simple = true;
      else if (ending?.remedy === 'slow-down') {
        trouble = ending.reason;
        enter('waiting');
        const worse = await slowDown(source);
        if (worse) return worse;
        enter('catching-up');
      } else if (ending) return ending;
    }
  }

  async function slowDown(source: Source): Promise<Ending | undefined> {
    const forMs = backoff.next('slow-down');
    const endMs = performance.now() + forMs;
    for (let leftMs = forMs; leftMs > 0; leftMs = endMs - performance.now()) {
      const ending = await listen(source, leftMs);
      if (ending && ending.remedy !== 'slow-down') return ending;
    }
    return undefined;
  }

  async function attempt(): Promise<Ending> {
    enter('connecting');
    try {
      connection = await connect(url, options);
    } catch (error) {
      const ending: Ending = { reason: (error as Error).message, remedy: 'reconnect' };
      await interrupted(ending);
      return ending;
    }
    try {
      const received = (count: number): void => {
        state = { ...state, received: state.received + count };
      };
      return await follow(createSource({ connection, intake, relay: url, log, received }));
    } catch (error) {
      // The archive, most likely: the relay can wait until it is back.
      if (!signal.aborted) log.error('relay.failed', { error });
      const ending: Ending = { reason: 'internal error', remedy: 'reconnect' };
      await interrupted(ending);
      return ending;
    } finally {
      connection.close('stopped');
      connection = undefined;
    }
  }

  return {
    state: () => state,
    async run() {
      while (!signal.aborted) {
        const { reason, remedy } = await attempt();
        trouble = reason;
        enter('waiting');
        waiting = pause(backoff.next(remedy), signal);
        await waiting.over;
      }
      enter('closed');
    },
    restart(reason) {
      connection?.close(reason);
      waiting?.end();
    },
  };
}

/** Where a catch-up begins, in seconds. A cursor from the future was saved by a wrong clock: it means nothing. */
function beginning(cursorMs: number | undefined, nowMs: number, overlapMs: number): number {
  if (cursorMs === undefined || cursorMs > nowMs + overlapMs / 2) return 0;
  return Math.max(0, Math.floor((cursorMs - overlapMs) / 1000));
}
