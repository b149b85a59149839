import type { LookupFunction } from 'node:net';
import { WebSocket } from 'ws';
import { discardGiants } from './giant-frames.ts';
import type { Timers } from './timers.ts';

/** No honest event comes near: relays take 64 KiB as a rule. */
const MAX_FRAME_BYTES = 1_048_576;
/** Up to this a frame is passed over; a longer one ends the connection. Neither is ever in memory as a whole. */
const MAX_PAYLOAD_BYTES = 16 * MAX_FRAME_BYTES;
/** A frame may come in so many fragments, and in so many pieces from the network: each takes memory of its own. */
const MAX_FRAGMENTS = 256;
const MAX_PIECES = 16_384;
/** Pings are not answered while so much waits for a peer that sends and does not read. */
const MAX_UNSENT_BYTES = 65_536;

interface SocketOptions {
  readonly timers: Timers;
  readonly lookup?: LookupFunction;
  /** Called in the constructor: who makes it through a library has no other way to get hold of it. */
  readonly created?: (socket: SafeSocket) => void;
  /** A frame was too long to be read; what stood around it can be. */
  readonly passedOver?: (bytes: number) => void;
}

/**
 * A WebSocket that nothing a relay does can hurt: no error goes unheard, frames are bounded and never inflated, no
 * redirect is followed, a handshake and a closing end in time, and a peer that shows no life is cut off.
 */
export class SafeSocket extends WebSocket {
  /** Why the socket failed, once it has. */
  failure: string | undefined;
  #ping: NodeJS.Timeout | undefined;
  #dead: NodeJS.Timeout | undefined;
  #discarded = (): number => 0;
  readonly #passedOver: (bytes: number) => void;

  constructor(url: string | URL, { timers, lookup, created, passedOver }: SocketOptions) {
    const options = {
      maxPayload: MAX_PAYLOAD_BYTES,
      maxFragments: MAX_FRAGMENTS,
      maxBufferedChunks: MAX_PIECES,
      autoPong: false,
      handshakeTimeout: timers.connectMs,
      closeTimeout: timers.closeMs,
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
    this.on('open', () => {
      this.#discarded = discardGiants(this, MAX_FRAME_BYTES);
      this.#watch(timers);
    });
    this.on('ping', (data: Buffer) => {
      if (this.bufferedAmount < MAX_UNSENT_BYTES) this.pong(data);
    });
    for (const sign of ['message', 'ping', 'pong'] as const) this.on(sign, () => this.#dead?.refresh());
    this.on('close', () => {
      clearInterval(this.#ping);
      clearTimeout(this.#dead);
    });
    created?.(this);
  }

  override emit(name: string | symbol, ...details: readonly unknown[]): boolean {
    const bytes = name === 'message' ? this.#discarded() : 0;
    if (bytes === 0) return super.emit(name, ...details);
    this.#dead?.refresh();
    this.#passedOver(bytes);
    return true;
  }

  #watch(timers: Timers): void {
    this.#ping = setInterval(() => this.ping(), timers.pingMs);
    this.#dead = setTimeout(() => this.#giveUp(), timers.deadMs);
  }

  #giveUp(): void {
    // While we don't read, silence says nothing about the peer.
    if (this.isPaused) {
      this.#dead?.refresh();
      return;
    }
    this.failure ??= NO_LIFE;
    this.terminate();
  }
}

/** The failure of a socket whose peer showed no sign of life any more. */
export const NO_LIFE = 'no sign of life';
