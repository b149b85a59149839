import type { LookupFunction } from 'node:net';
import type { Subscription } from 'nostr-tools/abstract-relay';
import type { Filter } from 'nostr-tools/filter';
import type { Log } from '../../lib/log.ts';
import type { NostrEvent, VerifiedEvent } from '../../note/note.ts';
import { connect } from '../connection/connection.ts';
import type { Frame } from '../connection/frame.ts';
import { classifyReason } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import type { Verifier } from '../verify.ts';

/** One event that a relay is asked for. */
export interface EventQuery {
  readonly filter: Filter;
  /** Whether this is the event asked for: relays send what they like. */
  matches(event: NostrEvent): boolean;
}

/**
 * `none`: the relay says that it has no such event. `unanswered`: it can't be reached, refuses, keeps silent, or may show
 * it to those whose key it knows.
 */
export type QueryResult =
  | { readonly status: 'found'; readonly event: VerifiedEvent }
  | { readonly status: 'none' }
  | { readonly status: 'unanswered' };

export interface QueryOptions {
  readonly verifier: Pick<Verifier, 'screen' | 'prove'>;
  readonly timeouts: Timeouts;
  readonly log: Log;
  /** How the names of a relay's address are looked up, where not as usual. */
  lookupOf(url: string): LookupFunction | undefined;
  /** Ends every connection and every question. */
  readonly signal: AbortSignal;
}

/** Asks one relay one question. Never rejects. */
export type QueryRelay = (url: string, question: EventQuery) => Promise<QueryResult>;

const NONE: QueryResult = { status: 'none' };
const UNANSWERED: QueryResult = { status: 'unanswered' };
/** A relay that sends more of what nobody asked for is asked no further. */
const MAX_UNREQUESTED = 20;

/** Questions to relays, over one short-lived connection each, beside those that are followed. */
export function createRelayQueries(options: QueryOptions): QueryRelay {
  const connections = new Map<string, Promise<(question: EventQuery) => Promise<QueryResult>>>();
  return async (url, question) => {
    const known = connections.get(url);
    const connection = known ?? openTo(url, options);
    connections.set(url, connection);
    try {
      const ask = await connection;
      return await ask(question);
    } catch (error) {
      options.log.debug('relay.unreachable', { relay: url, error });
      return UNANSWERED;
    }
  };
}

async function openTo(
  url: string,
  options: QueryOptions,
): Promise<(question: EventQuery) => Promise<QueryResult>> {
  const { verifier, timeouts, signal } = options;
  const lookup = options.lookupOf(url);
  const log = options.log.with({ relay: url });
  const connection = await connect(url, { timeouts, log, signal, ...(lookup && { lookup }) });
  const open = new Map<Subscription, { readonly question: EventQuery; settle(reply: QueryResult): void }>();
  let gone = false;
  let useless = 0;

  function settle(subscription: Subscription, reply: QueryResult): void {
    const asked = open.get(subscription);
    if (!asked) return;
    open.delete(subscription);
    connection.unsubscribe(subscription);
    asked.settle(reply);
  }
  function judge(subscription: Subscription, candidate: unknown): void {
    const asked = open.get(subscription);
    if (!asked) return;
    const screening = verifier.screen(candidate, {});
    // Only what was asked for is worth checking its signature.
    const verdict =
      screening.status === 'screened' && asked.question.matches(screening.event)
        ? verifier.prove(screening.event)
        : undefined;
    if (verdict?.status === 'verified') settle(subscription, { status: 'found', event: verdict.event });
    else if ((useless += 1) > MAX_UNREQUESTED) connection.close("sends events that weren't asked for");
  }
  function take(frame: Frame): void {
    switch (frame.type) {
      case 'event':
        return judge(frame.subscription, frame.event);
      case 'eose':
        // Whoever asks who we are may have it, and show it to others.
        return settle(frame.subscription, connection.challenge() === undefined ? NONE : UNANSWERED);
      case 'closed':
        log.debug('relay.query_refused', {
          reason: frame.reason,
          trouble: classifyReason(frame.reason).error,
        });
        return settle(frame.subscription, UNANSWERED);
      case 'gone':
        gone = true;
        for (const subscription of open.keys()) settle(subscription, UNANSWERED);
        return undefined;
      case 'challenged':
      case 'judged':
      case 'kept':
      case 'compared':
      case 'refused':
        return undefined;
    }
  }
  async function listen(): Promise<void> {
    while (!gone) for (const frame of await connection.read(timeouts.pageSilenceMs)) take(frame);
  }
  void listen();

  return (question) =>
    new Promise((resolve) => {
      if (gone) resolve(UNANSWERED);
      else open.set(connection.subscribe(question.filter), { question, settle: resolve });
    });
}
