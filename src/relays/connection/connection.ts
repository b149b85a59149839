import type { LookupFunction } from 'node:net';
import { AbstractRelay, type Subscription } from 'nostr-tools/abstract-relay';
import type { Filter } from 'nostr-tools/filter';
import type { Log } from '../../lib/log.ts';
import type { RelayError } from '../relay-errors.ts';
import { sanitizeLine } from '../sanitize-text.ts';
import type { Timeouts } from '../timeouts.ts';
import { type Abuse, createAbuseBudget } from './abuse-budget.ts';
import type { Frame } from './frame.ts';
import { guardFrames } from './frame-guard.ts';
import { createRelayRequests, type RelayRequests } from './relay-requests.ts';
import { SafeSocket, UNRESPONSIVE } from './safe-socket.ts';

/** One WebSocket connection to one relay, read frame by frame. What is not read waits in the relay. */
export interface Connection extends RelayRequests {
  /** Sends a REQ; without any effect once the connection is gone. */
  subscribe(filter: Filter): Subscription;
  /** Sends a CLOSE. Frames that are here already can still be read. */
  unsubscribe(subscription: Subscription): void;
  /** All frames at hand, in order of arrival; waits up to `waitMs` for the first. Empty: none came. */
  read(waitMs: number): Promise<readonly Frame[]>;
  /** What was sent was of no use; too much of that ends the connection. */
  penalize(waste: Abuse, characters: number): void;
  close(reason: string, trouble?: RelayError): void;
}

export interface ConnectOptions {
  readonly timeouts: Timeouts;
  readonly log: Log;
  readonly lookup?: LookupFunction;
  /** Told of frames that were too long to be read; who asks is followed, and may lose something by it. */
  readonly rejected?: (reason: 'too large') => void;
  /** Closes the connection, or gives it up while it is being made. */
  readonly signal: AbortSignal;
}

/** The socket is paused while so many frames, or frames that take so much memory, wait to be read. */
const MAX_FRAMES = 64;
const MAX_WAITING_BYTES = 2_097_152;
const ABUSE_REASONS: Readonly<Record<Abuse, string>> = {
  nonsense: 'floods us with invalid frames',
  forgery: 'sends forged events',
  unfit: "floods us with events that can't be processed",
  stranger: "floods us with private messages that aren't the author's",
  repeat: 'floods us with events we already have',
  giant: 'floods us with giant frames',
};
// nostr-tools calls an unanswered REQ finished after this long; the longest a timer can take.
const NEVER_MS = 2 ** 31 - 1;

/** Opens a connection within `connectMs`. Rejects with an Error whose message says in a few words what failed. */
export async function connect(url: string, options: ConnectOptions): Promise<Connection> {
  const { timeouts, log, lookup, signal } = options;
  let socket: SafeSocket | undefined;
  const passedOver = (bytes: number): void => {
    // Nobody can tell what was in it: it may have been the author's.
    if (!hasPassedOver) log[options.rejected ? 'warn' : 'debug']('frame.discarded', { bytes });
    hasPassedOver = true;
    options.rejected?.('too large');
    waste('giant', bytes);
  };
  const relay = new AbstractRelay(url, {
    // Events are verified where they are taken in.
    verifyEvent: () => true,
    websocketImplementation: class extends SafeSocket {
      constructor(address: string | URL) {
        super(address, { timeouts, ...(lookup && { lookup }), created: (one) => (socket = one), passedOver });
      }
    } as unknown as typeof WebSocket,
  });
  const frames: Frame[] = [];
  const ours = new Set<Subscription>();
  const budget = createAbuseBudget();
  let length = 0;
  let waitingBytes = 0;
  let hasPassedOver = false;
  let gone: Frame | undefined;
  let wake = (): void => {};

  function push(frame: Frame): void {
    if (gone) return;
    frames.push(frame);
    if (frames.length >= MAX_FRAMES || waitingBytes >= MAX_WAITING_BYTES) socket?.pause();
    wake();
  }
  function end(reason: string, trouble: RelayError): void {
    if (gone) return;
    gone = { type: 'gone', reason, trouble };
    wake();
    // Whatever still comes until the socket is closed is not even looked at.
    socket?.removeAllListeners('message');
    signal.removeEventListener('abort', abort);
    for (const subscription of ours) silence(subscription);
  }
  /** Nothing more from it; and its own timer, which would keep the process alive for weeks, ends with its EOSE. */
  function silence(subscription: Subscription): void {
    ours.delete(subscription);
    subscription.receivedEose();
  }
  function close(reason: string, trouble: RelayError = 'lost'): void {
    end(reason, trouble);
    relay.close();
    // A paused socket would not see the peer's part of the closing handshake.
    if (socket?.isPaused) socket.resume();
  }
  function abort(): void {
    close('stopped');
  }
  function waste(what: Abuse, count: number): void {
    if (!budget.spend(what, count)) close(ABUSE_REASONS[what], 'misbehaves');
  }
  /** On a lost connection nostr-tools would leave a rejected promise behind. */
  function send(...frame: readonly unknown[]): void {
    if (!gone && relay.connected) void relay.send(JSON.stringify(frame));
  }

  const { frames: exchangeFrames, ...exchanges } = createRelayRequests(send, push);

  Object.assign(relay, {
    onclose() {
      const reason = socket?.failure ?? 'connection closed';
      end(reason, reason === UNRESPONSIVE ? 'silent' : 'lost');
    },
    onnotice() {},
  } satisfies Partial<AbstractRelay>);
  guardFrames(relay, {
    received(count) {
      length = count;
      waitingBytes += socket?.weight ?? count;
    },
    ...exchangeFrames,
    noticed(text, isForLog) {
      if (isForLog) log.info('relay.noticed', { text });
      exchangeFrames.noticed(text);
    },
    wasted: waste,
  });

  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('handshake timed out')), timeouts.connectMs);
  const stop = (): void => late.reject(new Error('stopped'));
  signal.addEventListener('abort', stop);
  try {
    signal.throwIfAborted();
    await Promise.race([relay.connect(), late.promise]);
  } catch (error) {
    const reason = socket?.failure ?? (error instanceof Error ? error.message : String(error));
    close(reason);
    throw new Error(sanitizeLine(reason, 200), { cause: error });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
  signal.addEventListener('abort', abort);

  return {
    subscribe(filter) {
      const take = (event: unknown): void =>
        push({ type: 'event', subscription, event, stored: !subscription.eosed, characters: length });
      const subscription: Subscription = relay.prepareSubscription([filter], {
        // Also what does not match the filter, as some relays ignore `until`: whether it is of use is told later.
        onevent: take,
        oneose() {
          if (ours.has(subscription)) push({ type: 'eose', subscription });
        },
        onclose(reason) {
          if (ours.has(subscription))
            push({ type: 'closed', subscription, reason: sanitizeLine(reason, 200) });
        },
        eoseTimeout: NEVER_MS,
      });
      if (!gone && relay.connected) {
        ours.add(subscription);
        subscription.fire();
      }
      return subscription;
    },
    unsubscribe(subscription) {
      silence(subscription);
      if (relay.connected) subscription.close();
    },
    async read(waitMs) {
      if (frames.length === 0 && !gone) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waitMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const taken = frames.splice(0);
      waitingBytes = 0;
      if (socket?.isPaused) socket.resume();
      return taken.length === 0 && gone ? [gone] : taken;
    },
    ...exchanges,
    penalize: waste,
    close,
  };
}
