import { randomBytes } from 'node:crypto';
import type { Filter } from 'nostr-tools/filter';
import { verifyEvent } from 'nostr-tools/pure';
import type { WebSocket } from 'ws';
import type { NostrEvent } from '../../note/note.ts';
import { type EventStore, matches } from './event-store.ts';
import type { FaultScript } from './faults.ts';

/** One client at the relay. */
export interface Conversation {
  /** Pushes an event to the subscriptions that it matches. */
  push(event: NostrEvent): void;
}

export interface ConversationOptions {
  readonly socket: WebSocket;
  readonly store: EventStore;
  readonly faults: FaultScript;
  readonly maxLimit: number;
  /** NIP-42: requests are answered only after authentication. */
  readonly requireAuth: boolean;
  readonly received: (frame: readonly unknown[]) => void;
  /** Stores an event and pushes it to everybody. */
  readonly publish: (event: NostrEvent) => { readonly accepted: boolean; readonly message: string };
}

/** Speaks NIP-01, 09, 40 and 42 with one client, with whatever faults the script asks for. */
export function converse(options: ConversationOptions): Conversation {
  const { socket, store, faults, maxLimit } = options;
  const subscriptions = new Map<string, readonly Filter[]>();
  const challenge = randomBytes(8).toString('hex');
  let authenticated = !options.requireAuth;
  let sent = 0;

  function sendRaw(data: string): void {
    if (faults.current.mute || faults.current.blackHole || socket.readyState !== socket.OPEN) return;
    sent += 1;
    if (sent > faults.current.dropAfter) socket.terminate();
    else socket.send(data);
  }
  const send = (...frame: readonly unknown[]): void => sendRaw(JSON.stringify(frame));

  function sendEvent(subscription: string, event: NostrEvent): void {
    for (const other of faults.current.ahead(event)) send('EVENT', subscription, other);
    for (let copy = 0; copy < faults.current.copies; copy += 1) send('EVENT', subscription, event);
  }

  function refused(subscription: string, filters: readonly Filter[]): boolean {
    const { closed } = faults.current;
    if (!authenticated) send('CLOSED', subscription, 'auth-required: we only serve people we know');
    if (!authenticated || !closed) return !authenticated;
    const live = filters.every((filter) => filter.since === undefined && (filter.limit ?? maxLimit) <= 10);
    if (closed.only !== undefined && closed.only !== (live ? 'live' : 'pages')) return false;
    faults.set({ closed: closed.times > 1 ? { ...closed, times: closed.times - 1 } : undefined });
    send('CLOSED', subscription, closed.reason);
    return true;
  }

  function request(subscription: string, filters: readonly Filter[]): void {
    if (refused(subscription, filters)) return;
    subscriptions.set(subscription, filters);
    const asked = faults.current.ignoreLimit
      ? filters.map((filter) => ({ ...filter, limit: Number.POSITIVE_INFINITY }))
      : filters;
    const events = store.query(asked, faults.current.ignoreLimit ? Number.POSITIVE_INFINITY : maxLimit);
    for (const data of faults.current.raw(subscription)) sendRaw(data);
    const { eose } = faults.current;
    for (const event of eose === 'half' ? events.slice(0, events.length / 2) : events)
      sendEvent(subscription, event);
    if (eose === 'send') send('EOSE', subscription);
  }

  function offered(event: NostrEvent): void {
    if (!isGenuine(event)) return send('OK', event.id, false, 'invalid: id or signature does not fit');
    const { accepted, message } = options.publish(event);
    send('OK', event.id, accepted, message);
  }

  function authenticate(event: NostrEvent): void {
    const told = event.tags.some(([name, value]) => name === 'challenge' && value === challenge);
    authenticated ||= event.kind === 22_242 && told && isGenuine(event);
    send('OK', event.id, authenticated, authenticated ? '' : 'invalid: not an answer to this challenge');
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
    if (type === 'AUTH' && typeof subject === 'object') return authenticate(subject as NostrEvent);
    send('NOTICE', `cannot understand ${String(type)}`);
  });
  if (options.requireAuth) send('AUTH', challenge);

  return {
    push(event) {
      if (faults.current.forgetful) return;
      for (const [subscription, filters] of subscriptions)
        if (filters.some((filter) => matches(filter, event))) sendEvent(subscription, event);
    },
  };
}

// Of a copy: nostr-tools leaves its verdict on the object.
function isGenuine(event: NostrEvent): boolean {
  return verifyEvent(structuredClone(event) as NostrEvent & { tags: string[][] });
}

function parsed(text: string): readonly unknown[] | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    return Array.isArray(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}
