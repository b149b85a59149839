import type { LookupFunction } from 'node:net';
import type { Filter } from 'nostr-tools/filter';
import type { Log } from '../../lib/log.ts';
import type { NostrEvent, VerifiedEvent } from '../../note/note.ts';
import { connect } from '../connection/connection.ts';
import type { Frame, Subscription } from '../connection/frame.ts';
import { classifyReason } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import type { Verifier } from '../verify.ts';

/** A request for one event. */
export interface EventQuery {
  readonly filter: Filter;
  /** Whether this is the event: relays send what they like. */
  matches(event: NostrEvent): boolean;
}

/**
 * `none`: the relay says that it has no such event. `unanswered`: it can't be reached, refuses, stays silent, or may
 * show the event only to keys it knows.
 */
export type QueryResult =
  | { readonly status: 'found'; readonly event: VerifiedEvent }
  | { readonly status: 'none' }
  | { readonly status: 'unanswered' };

export interface QueryOptions {
  readonly verifier: Pick<Verifier, 'screen' | 'prove'>;
  readonly timeouts: Timeouts;
  readonly log: Log;
  /** The name look-up for a relay's address, unless it is the usual one. */
  lookupOf(url: string): LookupFunction | undefined;
  /** Ends every connection and every query. */
  readonly signal: AbortSignal;
}

/** Queries one relay. Never rejects. */
export type QueryRelay = (url: string, query: EventQuery) => Promise<QueryResult>;

const NONE: QueryResult = { status: 'none' };
const UNANSWERED: QueryResult = { status: 'unanswered' };
/** A relay that sends more events that nobody requested is dropped. */
const MAX_UNREQUESTED = 20;

/** Queries relays over one short-lived connection each, apart from the relays that are followed. */
export function createRelayQueries(options: QueryOptions): QueryRelay {
  const connections = new Map<string, Promise<(query: EventQuery) => Promise<QueryResult>>>();
  return async (url, query) => {
    const connection = connections.get(url) ?? openConnection(url, options);
    connections.set(url, connection);
    try {
      const run = await connection;
      return await run(query);
    } catch (error) {
      options.log.debug('relay.unreachable', { relay: url, error });
      return UNANSWERED;
    }
  };
}

async function openConnection(
  url: string,
  options: QueryOptions,
): Promise<(query: EventQuery) => Promise<QueryResult>> {
  const { verifier, timeouts, signal } = options;
  const lookup = options.lookupOf(url);
  const log = options.log.with({ relay: url });
  const connection = await connect(url, { timeouts, log, signal, ...(lookup && { lookup }) });
  const open = new Map<Subscription, { readonly query: EventQuery; settle(result: QueryResult): void }>();
  let isDisconnected = false;
  let unrequested = 0;

  function settle(subscription: Subscription, result: QueryResult): void {
    const pending = open.get(subscription);
    if (!pending) return;
    open.delete(subscription);
    connection.unsubscribe(subscription);
    pending.settle(result);
  }
  function check(subscription: Subscription, candidate: unknown): void {
    const pending = open.get(subscription);
    if (!pending) return;
    const screening = verifier.screen(candidate, {});
    // Only the event that was requested is worth a signature check.
    const verdict =
      screening.status === 'screened' && pending.query.matches(screening.event)
        ? verifier.prove(screening.event)
        : undefined;
    if (verdict?.status === 'verified') settle(subscription, { status: 'found', event: verdict.event });
    else if ((unrequested += 1) > MAX_UNREQUESTED) connection.close("sends events that weren't asked for");
  }
  function handle(frame: Frame): void {
    if (frame.type === 'event') check(frame.subscription, frame.event);
    // A relay that has challenged us may have the event, and show it to keys it knows.
    if (frame.type === 'eose')
      settle(frame.subscription, connection.challenge() === undefined ? NONE : UNANSWERED);
    if (frame.type === 'closed') {
      const { reason } = frame;
      log.debug('relay.query_refused', { reason, trouble: classifyReason(reason).error });
      settle(frame.subscription, UNANSWERED);
    }
    if (frame.type === 'disconnected') {
      isDisconnected = true;
      for (const subscription of open.keys()) settle(subscription, UNANSWERED);
    }
  }
  async function listen(): Promise<void> {
    while (!isDisconnected) {
      const { frames } = await connection.next(timeouts.pageSilenceMs);
      for (const frame of frames) handle(frame);
    }
  }
  void listen();

  return (query) =>
    new Promise((resolve) => {
      if (isDisconnected) resolve(UNANSWERED);
      else open.set(connection.subscribe(query.filter), { query, settle: resolve });
    });
}
