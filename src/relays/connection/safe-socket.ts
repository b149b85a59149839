import type { LookupFunction } from 'node:net';
import { WebSocket } from 'ws';
import { parsedBytes } from '../../lib/bounded-json.ts';
import { sanitizeLine } from '../sanitize-text.ts';
import type { Timeouts } from '../timeouts.ts';
import { discardOversized } from './oversized-frames.ts';

/**
 * Room for the longest event that is accepted (`MAX_CONTENT`), even if it is Chinese written as `\u6f6e` escapes (six
 * bytes per character), and for a negentropy message (NIP-77).
 */
const MAX_MESSAGE_BYTES = 2_097_152;
/** Messages up to this size are skipped; a longer one ends the connection. Neither is ever held in memory as a whole. */
const MAX_PAYLOAD_BYTES = 16_777_216;
/** Fragments per message, and chunks from the network: each costs memory of its own. */
const MAX_FRAGMENTS = 256;
const MAX_CHUNKS = 16_384;
/** Pings go unanswered while this much is queued for a peer that sends but doesn't read. */
const MAX_UNSENT_BYTES = 65_536;
/** Reading rate once the burst is used up. Faster than this, garbage would pile up before it can be collected. */
const BYTES_PER_MS = 8_192;
const BURST_BYTES = 4_194_304;

/** Why a socket closed whose peer stopped answering pings. */
export const UNRESPONSIVE = 'no sign of life';

export interface SafeSocketOptions {
  readonly timeouts: Timeouts;
  readonly lookup?: LookupFunction;
  /** A message that is safe to parse; `size` is roughly what it takes once parsed, in bytes. */
  message(data: Buffer, isBinary: boolean, size: number): void;
  /** A message was dropped unread: too long, nested too deeply, or holding too many values. */
  dropped(bytes: number): void;
  /** Called once, also when the socket never opened. */
  closed(reason: string): void;
}

export interface SafeSocket {
  /** Rejects with an Error that says in a few words why there is no connection. */
  readonly opened: Promise<void>;
  /** Does nothing unless the socket is open. */
  send(text: string): void;
  /** Stops reading: whatever comes next waits at the peer. */
  pause(): void;
  resume(): void;
  /** Nothing more is delivered; the socket is destroyed if the peer doesn't finish the closing handshake in time. */
  close(reason: string): void;
}

/**
 * A WebSocket that survives anything a relay does: every error is handled, messages are bounded, measured before they
 * are parsed, and never inflated; floods are read at a bounded rate; redirects aren't followed; handshakes have
 * deadlines; and a peer that stops responding is disconnected.
 */
export function openSafeSocket(url: string, options: SafeSocketOptions): SafeSocket {
  const { timeouts, lookup } = options;
  const socketOptions = {
    maxPayload: MAX_PAYLOAD_BYTES,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_CHUNKS,
    autoPong: false,
    handshakeTimeout: timeouts.connectMs,
    closeTimeout: timeouts.closeMs,
    perMessageDeflate: false,
    followRedirects: false,
    ...(lookup && { lookup }),
  };
  const socket = new WebSocket(url, [], socketOptions);
  const opening = Promise.withResolvers<void>();
  const reader = createPacedReader(socket);
  let failure: string | undefined;
  let discardedBytes = 0;
  let ping: NodeJS.Timeout | undefined;
  let deadline = setTimeout(() => fail('handshake timed out'), timeouts.connectMs);

  function fail(reason: string): void {
    failure ??= reason;
    socket.terminate();
  }
  function expectLife(): void {
    // While we don't read, silence says nothing about the peer.
    if (socket.isPaused) deadline.refresh();
    else fail(UNRESPONSIVE);
  }

  // Never removed: `ws` also emits errors on sockets that are closed before they open.
  socket.on('error', (error: Error & { code?: string }) => {
    failure ??= error.code ?? error.message;
  });
  socket.on('open', () => {
    clearTimeout(deadline);
    deadline = setTimeout(expectLife, timeouts.deadMs);
    ping = setInterval(() => socket.ping(), timeouts.pingMs);
    discardOversized(socket, MAX_MESSAGE_BYTES, (bytes) => {
      discardedBytes += bytes;
      deadline.refresh();
      reader.count(bytes);
    });
    opening.resolve();
  });
  socket.on('ping', (data: Buffer) => {
    deadline.refresh();
    reader.count(data.length);
    if (socket.bufferedAmount < MAX_UNSENT_BYTES) socket.pong(data);
  });
  socket.on('pong', () => deadline.refresh());
  socket.on('message', (data: Buffer, isBinary) => {
    deadline.refresh();
    reader.count(data.length);
    const size = discardedBytes > 0 ? undefined : parsedBytes(data);
    if (size === undefined) options.dropped(data.length + discardedBytes);
    else options.message(data, isBinary, size);
    discardedBytes = 0;
  });
  socket.on('close', (_, reason) => {
    clearInterval(ping);
    clearTimeout(deadline);
    reader.stop();
    // Some relays give their reason only here (RFC 6455, 7.1.6).
    const said = sanitizeLine(failure ?? reason.toString(), 200) || 'connection closed';
    opening.reject(new Error(said));
    options.closed(said);
  });

  return {
    opened: opening.promise,
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    pause: reader.pause,
    resume: reader.resume,
    close(reason) {
      failure ??= reason;
      socket.removeAllListeners('message');
      socket.close();
      // A paused socket would never see the peer's half of the closing handshake.
      reader.resume();
    },
  };
}

/** Reads a socket at `BYTES_PER_MS` at most once a burst is used up. Pausing for that and by request are independent. */
function createPacedReader(socket: WebSocket) {
  let allowance = BURST_BYTES;
  let countedMs = performance.now();
  let isPaused = false;
  let rest: NodeJS.Timeout | undefined;
  return {
    count(bytes: number): void {
      const nowMs = performance.now();
      allowance = Math.min(BURST_BYTES, allowance + (nowMs - countedMs) * BYTES_PER_MS) - bytes;
      countedMs = nowMs;
      if (allowance >= 0 || rest) return;
      socket.pause();
      rest = setTimeout(() => {
        rest = undefined;
        if (!isPaused) socket.resume();
      }, -allowance / BYTES_PER_MS);
    },
    pause(): void {
      isPaused = true;
      socket.pause();
    },
    resume(): void {
      if (!isPaused) return;
      isPaused = false;
      if (!rest) socket.resume();
    },
    stop: () => clearTimeout(rest),
  };
}
