import type { LookupFunction } from 'node:net';
import type { Filter } from 'nostr-tools/filter';
import type { Log } from '../../lib/log.ts';
import type { NostrEvent } from '../../note/note.ts';
import type { RelayError } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import { type Abuse, createAbuseBudget } from './abuse-budget.ts';
import { dispatch } from './dispatch.ts';
import type { Frame, PendingRequests, Subscription } from './frame.ts';
import { openSafeSocket, UNRESPONSIVE } from './safe-socket.ts';

/**
 * One WebSocket connection to one relay, read frame by frame. What isn't read waits at the relay. Requests do nothing
 * once the connection is gone.
 */
export interface Connection {
  /** Sends a REQ. */
  subscribe(filter: Filter): Subscription;
  /** Sends a CLOSE. Frames that have already arrived can still be read. */
  unsubscribe(subscription: Subscription): void;
  /** From now on its events count as live, whether there was an EOSE or not. */
  markLive(subscription: Subscription): void;
  /** Sends an EVENT; the verdict comes as a frame. */
  publish(event: NostrEvent): void;
  /** The relay's newest challenge (NIP-42). It is valid on this connection only. */
  challenge(): string | undefined;
  /** Sends an AUTH; the verdict comes as a frame. */
  authenticate(event: NostrEvent): void;
  /** How many NOTICEs came, and the text of the last one. */
  notices(): { readonly count: number; readonly text: string };
  /** Opens a negentropy negotiation (NIP-77), replacing the one before. */
  openNegentropy(filter: Filter, message: string): void;
  sendNegentropy(message: string): void;
  closeNegentropy(): void;
  /** All frames at hand, in order; waits up to `waitMs` for the first. Empty if none came. */
  next(waitMs: number): Promise<{ readonly frames: readonly Frame[]; readonly waitedMs: number }>;
  /** Counts useless input against the relay. Too much of it ends the connection. */
  penalize(abuse: Abuse, characters: number): void;
  close(reason: string, error?: RelayError): void;
}

export interface ConnectOptions {
  readonly timeouts: Timeouts;
  readonly log: Log;
  readonly lookup?: LookupFunction;
  /** Called for each message that was dropped unread. Pass it where something may be lost with it. */
  readonly onRejected?: (reason: 'too large') => void;
  /** Closes the connection, also while it is being made. */
  readonly signal: AbortSignal;
}

/** The socket is paused while this many frames, or frames this big in memory, wait to be read. */
const MAX_QUEUED_FRAMES = 64;
const MAX_QUEUED_BYTES = 2_097_152;
const ABUSE_REASONS: Readonly<Record<Abuse, string>> = {
  nonsense: 'floods us with invalid frames',
  forgery: 'sends forged events',
  unfit: "floods us with events that can't be processed",
  stranger: "floods us with private messages that aren't the author's",
  repeat: 'floods us with events we already have',
  giant: 'floods us with giant frames',
};

/** Opens a connection within `connectMs`. Rejects with an Error that says in a few words what failed. */
export async function connect(url: string, options: ConnectOptions): Promise<Connection> {
  const { timeouts, log, lookup, signal } = options;
  const budget = createAbuseBudget();
  const pending: PendingRequests = {
    subscriptions: new Map(),
    publications: new Set(),
    negentropyId: undefined,
    authEventId: undefined,
    challenge: undefined,
    notices: { count: 0, text: '' },
  };
  let frames: Frame[] = [];
  let queuedBytes = 0;
  let disconnected: Frame | undefined;
  let wake = (): void => {};
  let serial = 0;
  let hasDropped = false;

  if (signal.aborted) throw new Error('stopped');
  const socket = openSafeSocket(url, {
    timeouts,
    ...(lookup && { lookup }),
    message(data, isBinary, bytes) {
      // Nothing in NIP-01 is binary.
      const text = isBinary ? '' : data.toString();
      const frame = dispatch(text, pending, log);
      if (typeof frame === 'string') return penalize(frame, isBinary ? data.length : text.length);
      // Nobody needs many challenges.
      if (frame.type === 'auth-challenge') penalize('nonsense', text.length);
      if (disconnected) return;
      frames.push(frame);
      queuedBytes += bytes;
      if (frames.length >= MAX_QUEUED_FRAMES || queuedBytes >= MAX_QUEUED_BYTES) socket.pause();
      wake();
    },
    dropped(bytes) {
      // Nobody can tell what it was: it may have been the author's.
      if (!hasDropped) log[options.onRejected ? 'warn' : 'debug']('frame.discarded', { bytes });
      hasDropped = true;
      options.onRejected?.('too large');
      penalize('giant', bytes);
    },
    closed: (reason) => end(reason, reason === UNRESPONSIVE ? 'silent' : 'lost'),
  });
  signal.addEventListener('abort', abort);
  await socket.opened;

  function abort(): void {
    close('stopped');
  }
  function end(reason: string, error: RelayError): void {
    if (disconnected) return;
    disconnected = { type: 'disconnected', reason, error };
    signal.removeEventListener('abort', abort);
    pending.subscriptions.clear();
    wake();
  }
  function close(reason: string, error: RelayError = 'lost'): void {
    end(reason, error);
    socket.close(reason);
  }
  function penalize(abuse: Abuse, characters: number): void {
    if (!budget.spend(abuse, characters)) close(ABUSE_REASONS[abuse], 'misbehaves');
  }
  function send(...message: readonly unknown[]): void {
    if (!disconnected) socket.send(JSON.stringify(message));
  }
  function nextId(prefix: string): string {
    serial += 1;
    return `${prefix}:${serial}`;
  }

  return {
    subscribe(filter) {
      const subscription = { id: nextId('sub'), filter, isLive: false };
      if (!disconnected) pending.subscriptions.set(subscription.id, subscription);
      send('REQ', subscription.id, filter);
      return subscription;
    },
    unsubscribe({ id }) {
      if (pending.subscriptions.delete(id)) send('CLOSE', id);
    },
    markLive({ id }) {
      const subscription = pending.subscriptions.get(id);
      if (subscription) subscription.isLive = true;
    },
    publish(event) {
      pending.publications.add(event.id);
      send('EVENT', event);
    },
    challenge: () => pending.challenge,
    authenticate(event) {
      pending.authEventId = event.id;
      send('AUTH', event);
    },
    notices: () => pending.notices,
    openNegentropy(filter, message) {
      pending.negentropyId = nextId('neg');
      send('NEG-OPEN', pending.negentropyId, filter, message);
    },
    sendNegentropy: (message) => send('NEG-MSG', pending.negentropyId, message),
    closeNegentropy() {
      send('NEG-CLOSE', pending.negentropyId);
      pending.negentropyId = undefined;
    },
    async next(waitMs) {
      const startedMs = performance.now();
      if (frames.length === 0 && !disconnected)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waitMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      const waitedMs = performance.now() - startedMs;
      const taken = frames.length === 0 && disconnected ? [disconnected] : frames;
      if (frames.length >= MAX_QUEUED_FRAMES || queuedBytes >= MAX_QUEUED_BYTES) socket.resume();
      frames = [];
      queuedBytes = 0;
      return { frames: taken, waitedMs };
    },
    penalize,
    close,
  };
}
