import type { Filter } from 'nostr-tools/filter';
import type { WebSocket } from 'ws';
import type { NostrEvent } from '../../src/note/note.ts';
import { type Acceptance, type EventStore, isGenuine, matches } from './event-store.ts';
import type { FaultScript } from './faults.ts';
import { createNegentropySessions } from './negentropy-sessions.ts';
import { createClientAuth } from './nip42.ts';
import { createRefusals, worded } from './refusals.ts';
import type { RelayRules } from './rules.ts';

/** The connection of one client. */
export interface ClientSession {
  /** Pushes an event to matching subscriptions. */
  push(event: NostrEvent): void;
}

export interface ClientSessionOptions {
  readonly socket: WebSocket;
  /** The address the client connected to. */
  readonly url: string;
  readonly store: EventStore;
  readonly faults: FaultScript;
  readonly rules: RelayRules;
  readonly received: (frame: readonly unknown[]) => void;
  /** Stores an event and pushes it to everybody's subscriptions. */
  readonly publish: (event: NostrEvent) => Acceptance;
  readonly now: () => number;
}

/** Speaks NIP-01, 09, 40, 42 and 77 with one client, by the relay's rules, and with the faults of its script. */
export function serveClient(options: ClientSessionOptions): ClientSession {
  const { socket, store, faults, rules, now } = options;
  const subscriptions = new Map<string, readonly Filter[]>();
  const auth = createClientAuth(rules.admission, options.url, now);
  const refusals = createRefusals(rules, auth, now);
  const reworded = (reason: string): string => worded(reason, rules.wording);
  const negotiations = createNegentropySessions({
    sync: rules.negentropy,
    faults,
    refusal(filter) {
      const restricted = refusals.restriction([filter]);
      if (restricted !== undefined) send('AUTH', auth.challenge());
      const reason = auth.refusal() ?? restricted;
      return reason === undefined ? undefined : reworded(reason);
    },
    query: (filter) => served([filter], Number.POSITIVE_INFINITY),
    send,
    hangUp: () => socket.terminate(),
  });
  let sent = 0;

  function sendRaw(data: string): void {
    if (faults.current.mute || faults.current.blackHole || socket.readyState !== socket.OPEN) return;
    sent += 1;
    if (sent > faults.current.dropAfter) socket.terminate();
    else socket.send(data);
  }
  function send(...frame: readonly unknown[]): void {
    sendRaw(JSON.stringify(frame));
  }
  function sendEvent(subscription: string, event: NostrEvent): void {
    for (const other of faults.current.ahead(event)) send('EVENT', subscription, other);
    for (let copy = 0; copy < faults.current.copies; copy += 1) send('EVENT', subscription, event);
  }
  const isSeen = (event: NostrEvent): boolean => !faults.current.withheld(event) && refusals.mayRead(event);
  function served(filters: readonly Filter[], limit: number): readonly NostrEvent[] {
    const isOldestFirst = rules.oldestFirst && filters.every((filter) => filter.limit === undefined);
    const found = store.query(filters, limit, isOldestFirst ? 'oldest' : 'newest').filter(isSeen);
    // Sorting by id is as good as shuffling.
    return rules.unsorted ? [...found].sort((a, b) => (a.id < b.id ? -1 : 1)) : found;
  }

  function scripted(filters: readonly Filter[]): string | undefined {
    const { closed } = faults.current;
    const live = filters.every(
      (filter) => filter.since === undefined && (filter.limit ?? rules.maxLimit) <= 10,
    );
    if (!closed || (closed.only !== undefined && closed.only !== (live ? 'live' : 'pages'))) return undefined;
    const { after = 0, times } = closed;
    if (after > 0) faults.set({ closed: { ...closed, after: after - 1 } });
    else faults.set({ closed: times > 1 ? { ...closed, times: times - 1 } : undefined });
    return after > 0 ? undefined : closed.reason;
  }

  function refuse(subscription: string, filters: readonly Filter[], reason: string): void {
    const when = refusals.restriction(filters) !== undefined ? 'late' : rules.admission?.challenge;
    for (const data of faults.current.beforeRefusal()) sendRaw(data);
    if (when === 'late') send('AUTH', auth.challenge());
    if (rules.refusing === undefined) send('CLOSED', subscription, reworded(reason));
    if (rules.refusing === 'notice') send('NOTICE', reworded(reason));
    if (rules.refusing === 'empty') send('EOSE', subscription);
    if (rules.refusing === 'hang-up') return socket.close(1_008, reworded(reason));
    if (when === 'after-refusal') send('AUTH', auth.challenge());
  }

  function request(subscription: string, filters: readonly Filter[]): void {
    if (auth.countRequest()) send('AUTH', auth.challenge());
    const others = subscriptions.size - (subscriptions.has(subscription) ? 1 : 0);
    const reason = refusals.of(filters, others) ?? scripted(filters);
    if (reason !== undefined) return refuse(subscription, filters, reason);
    subscriptions.set(subscription, filters);
    const { eose, ignoreLimit } = faults.current;
    const limitless = filters.map((filter) => ({ ...filter, limit: Number.POSITIVE_INFINITY }));
    const events = ignoreLimit
      ? served(limitless, Number.POSITIVE_INFINITY)
      : served(filters, rules.maxLimit);
    for (const data of faults.current.raw(subscription)) sendRaw(data);
    const half = events.length / 2;
    for (const [index, event] of events.entries()) {
      if (eose === 'half' && index >= half) break;
      if (eose === 'early' && index - 1 < half && index >= half) send('EOSE', subscription);
      sendEvent(subscription, event);
    }
    if (eose === 'send' || (eose === 'early' && events.length < 2)) send('EOSE', subscription);
  }

  function offered(event: NostrEvent): void {
    if (!isGenuine(event))
      return send('OK', event.id, false, reworded('invalid: id or signature does not fit'));
    if (rules.knownWriters && !auth.isAuthenticated()) {
      const reason = reworded('auth-required: we only take from people we know');
      if (rules.refusing === undefined) send('OK', event.id, false, reason);
      if (rules.refusing === 'notice') send('NOTICE', reason);
      return undefined;
    }
    const { accepted, message } = options.publish(event);
    send('OK', event.id, accepted, accepted ? message : reworded(message));
  }

  function authenticated(event: NostrEvent): void {
    const { accepted, message } = auth.authenticate(event);
    if (faults.current.okay === 'send')
      send('OK', event.id, accepted, accepted ? message : reworded(message));
  }

  socket.on('message', (data) => {
    const frame = parsed((data as Buffer).toString());
    if (!frame) return send('NOTICE', 'cannot read this frame');
    options.received(frame);
    const [type, subject, ...rest] = frame;
    if (type === 'REQ' && typeof subject === 'string' && rest.length > 0)
      return request(subject, rest as readonly Filter[]);
    if (type === 'CLOSE' && typeof subject === 'string') return void subscriptions.delete(subject);
    if (type === 'EVENT' && typeof subject === 'object') return offered(subject as NostrEvent);
    if (type === 'AUTH' && typeof subject === 'object') return authenticated(subject as NostrEvent);
    if (!negotiations.take(frame)) send('NOTICE', `cannot understand ${String(type)}`);
  });
  const asks = rules.admission ?? (rules.directMessages || rules.knownWriters ? {} : undefined);
  if (asks && (asks.challenge ?? 'at-once') === 'at-once') send('AUTH', auth.challenge());

  return {
    push(event) {
      if (faults.current.forgetful || !isSeen(event)) return;
      for (const [subscription, filters] of subscriptions)
        if (filters.some((filter) => matches(filter, event))) sendEvent(subscription, event);
    },
  };
}

function parsed(text: string): readonly unknown[] | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    return Array.isArray(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}
