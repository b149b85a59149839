import type { LookupFunction } from 'node:net';
import { WebSocket } from 'ws';
import { parsedBytes } from '../../lib/bounded-json.ts';
import { sanitizeLine } from '../sanitize-text.ts';
import type { Timeouts } from '../timeouts.ts';
import { discardOversized } from './oversized-frames.ts';

/**
 * The longest event that is taken in has room in it (`MAX_CONTENT`), also in Chinese that is written `\u6f6e`, six bytes a
 * character; and what a relay answers to a comparison (NIP-77).
 */
const MAX_FRAME_BYTES = 2_097_152;
/** Up to this a frame is passed over; a longer one ends the connection. Neither is ever in memory as a whole. */
const MAX_PAYLOAD_BYTES = 16_777_216;
/** A frame may come in so many fragments, and in so many pieces from the network: each takes memory of its own. */
const MAX_FRAGMENTS = 256;
const MAX_CHUNKS = 16_384;
/** Pings are not answered while so much waits for a peer that sends and does not read. */
const MAX_UNSENT_BYTES = 65_536;
/** A relay is read so fast, once it has sent so much at once: what comes faster is memory before it can be cleared. */
const BYTES_PER_MS = 8_192;
const BURST_BYTES = 4_194_304;

interface SocketOptions {
  readonly timeouts: Timeouts;
  readonly lookup?: LookupFunction;
  /** Called in the constructor: who makes it through a library has no other way to get hold of it. */
  readonly created?: (socket: SafeSocket) => void;
  /** A frame was too long to be read, too deep, or too full; what stood around it can be. */
  readonly passedOver?: (bytes: number) => void;
}

/**
 * A WebSocket that nothing a relay does can hurt: no error goes unheard, frames are bounded, weighed before they are
 * parsed and never inflated, no flood is read at its own pace, no redirect is followed, a handshake and a closing end in
 * time, and a peer that shows no life is cut off.
 */
export class SafeSocket extends WebSocket {
  /** Why the socket failed, once it has. */
  failure: string | undefined;
  /** What the newest message takes in memory once it is parsed, in bytes. */
  weight = 0;
  #ping: NodeJS.Timeout | undefined;
  #dead: NodeJS.Timeout | undefined;
  #rest: NodeJS.Timeout | undefined;
  #isHeld = false;
  #discarded = 0;
  #allowed = BURST_BYTES;
  #countedMs = performance.now();
  readonly #passedOver: (bytes: number) => void;

  constructor(url: string | URL, { timeouts, lookup, created, passedOver }: SocketOptions) {
    const options = {
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
    super(url, [], options);
    this.#passedOver = passedOver ?? (() => {});
    // For ever: `ws` reports "closed before established" after its user has taken his handlers away.
    this.on('error', (error: Error & { code?: string }) => {
      this.failure ??= error.code ?? error.message;
    });
    // Some relays say only here what they want (RFC 6455, 7.1.6).
    this.on('close', (_, reason) => {
      this.failure ??= sanitizeLine(reason.toString(), 100) || undefined;
    });
    this.on('open', () => {
      this.#watch(timeouts);
      discardOversized(this, MAX_FRAME_BYTES, (bytes) => {
        this.#discarded += bytes;
        this.#dead?.refresh();
        this.#count(bytes);
      });
    });
    this.on('ping', (data: Buffer) => {
      this.#count(data.length);
      if (this.bufferedAmount < MAX_UNSENT_BYTES) this.pong(data);
    });
    for (const sign of ['message', 'ping', 'pong'] as const) this.on(sign, () => this.#dead?.refresh());
    this.on('close', () => {
      clearInterval(this.#ping);
      clearTimeout(this.#dead);
      clearTimeout(this.#rest);
    });
    created?.(this);
  }

  override emit(name: string | symbol, ...details: readonly unknown[]): boolean {
    const [data] = details;
    if (name !== 'message' || !Buffer.isBuffer(data)) return super.emit(name, ...details);
    this.#count(data.length);
    const discarded = this.#discarded;
    this.#discarded = 0;
    const weight = discarded > 0 ? undefined : parsedBytes(data);
    if (weight === undefined) {
      this.#dead?.refresh();
      this.#passedOver(data.length + discarded);
      return true;
    }
    this.weight = weight;
    return super.emit(name, ...details);
  }

  override pause(): void {
    this.#isHeld = true;
    super.pause();
  }

  override resume(): void {
    this.#isHeld = false;
    if (!this.#rest) super.resume();
  }

  #count(bytes: number): void {
    const nowMs = performance.now();
    const earned = (nowMs - this.#countedMs) * BYTES_PER_MS;
    this.#allowed = Math.min(BURST_BYTES, this.#allowed + earned) - bytes;
    this.#countedMs = nowMs;
    if (this.#allowed >= 0 || this.#rest) return;
    super.pause();
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (!this.#isHeld) super.resume();
    }, -this.#allowed / BYTES_PER_MS);
  }

  #watch(timeouts: Timeouts): void {
    this.#ping = setInterval(() => this.ping(), timeouts.pingMs);
    this.#dead = setTimeout(() => this.#giveUp(), timeouts.deadMs);
  }

  #giveUp(): void {
    // While we don't read, silence says nothing about the peer.
    if (this.isPaused) {
      this.#dead?.refresh();
      return;
    }
    this.failure ??= UNRESPONSIVE;
    this.terminate();
  }
}

/** The failure of a socket whose peer showed no sign of life any more. */
export const UNRESPONSIVE = 'no sign of life';
