import type { Filter } from 'nostr-tools/filter';
import type { WebSocket } from 'ws';
import type { NostrEvent } from '../../note/note.ts';
import { createDoor } from './door.ts';
import { type Acceptance, type EventStore, matches } from './event-store.ts';
import type { FaultScript } from './faults.ts';
import { isGenuine } from './genuine.ts';
import { createNegotiations } from './negotiations.ts';
import type { Rules } from './rules.ts';

/** A gift wrap (NIP-59). */
const LETTER = 1_059;

/** One client at the relay. */
export interface Conversation {
  /** Pushes an event to the subscriptions that it matches. */
  push(event: NostrEvent): void;
}

export interface ConversationOptions {
  readonly socket: WebSocket;
  /** Where the client connected to. */
  readonly url: string;
  readonly store: EventStore;
  readonly faults: FaultScript;
  readonly rules: Rules;
  readonly received: (frame: readonly unknown[]) => void;
  /** Stores an event and pushes it to everybody. */
  readonly publish: (event: NostrEvent) => Acceptance;
  readonly now: () => number;
}

/** Speaks NIP-01, 09, 40, 42 and 77, and keeps letters (NIP-17) from strangers, with one client, with whatever faults the script asks for. */
export function converse(options: ConversationOptions): Conversation {
  const { socket, store, faults, rules, now } = options;
  const subscriptions = new Map<string, readonly Filter[]>();
  const door = createDoor(rules.admission, options.url, now);
  const negotiations = createNegotiations({
    sync: rules.sync,
    faults,
    refusal: door.refusal,
    query: (filter) => served([filter], Number.POSITIVE_INFINITY),
    send,
    hangUp: () => socket.terminate(),
  });
  const asked: number[] = [];
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
  const served = (filters: readonly Filter[], limit: number): readonly NostrEvent[] =>
    store.query(filters, limit).filter((event) => !faults.current.withheld(event) && isForClient(event));

  /** NIP-17: a letter is for those it is addressed to. */
  function isForClient({ kind, tags }: NostrEvent): boolean {
    if (kind !== LETTER || !rules.letters) return true;
    return tags.some(([name, pubkey = '']) => name === 'p' && door.knows(pubkey));
  }

  /** A sliding window of requests: refused ones count, too. */
  function isTooFast(): boolean {
    if (!rules.rate) return false;
    asked.push(now());
    while ((asked[0] ?? 0) <= now() - rules.rate.perMs) asked.shift();
    return asked.length > rules.rate.requests;
  }

  /** Why these filters are not served, with a prefix of NIP-01 or NIP-42. */
  function refusal(filters: readonly Filter[]): string | undefined {
    const closed = door.refusal();
    if (closed !== undefined) return closed;
    if (isTooFast()) return 'rate-limited: slow down';
    if (rules.letters === 'refused' && !door.knows() && filters.some(({ kinds }) => kinds?.includes(LETTER)))
      return 'auth-required: letters are for those they are addressed to';
    const { maxKinds = Number.POSITIVE_INFINITY } = rules;
    if (filters.some(({ kinds = [] }) => kinds.length > maxKinds)) return 'invalid: too many kinds';
    return scripted(filters);
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

  function request(subscription: string, filters: readonly Filter[]): void {
    const reason = refusal(filters);
    if (reason !== undefined) {
      const when = rules.admission?.challenge;
      for (const data of faults.current.beforeRefusal()) sendRaw(data);
      if (when === 'late') send('AUTH', door.challenge);
      send('CLOSED', subscription, reason);
      if (when === 'after-refusal') send('AUTH', door.challenge);
      return;
    }
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
    if (!isGenuine(event)) return send('OK', event.id, false, 'invalid: id or signature does not fit');
    if (rules.knownWriters && !door.knows())
      return send('OK', event.id, false, 'auth-required: we only take from people we know');
    const { accepted, message } = options.publish(event);
    send('OK', event.id, accepted, message);
  }

  function authenticated(event: NostrEvent): void {
    const { accepted, message } = door.judge(event);
    if (faults.current.okay === 'send') send('OK', event.id, accepted, message);
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
  const asks = rules.admission ?? (rules.letters || rules.knownWriters ? {} : undefined);
  if (asks && (asks.challenge ?? 'at-once') === 'at-once') send('AUTH', door.challenge);

  return {
    push(event) {
      if (faults.current.forgetful || faults.current.withheld(event) || !isForClient(event)) return;
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
