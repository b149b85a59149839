import type { LookupFunction } from 'node:net';
import { WebSocket } from 'ws';
import type { Timers } from './timers.ts';

/** No honest event comes near: relays take 64 KiB as a rule. */
const MAX_FRAME_BYTES = 1_048_576;
/** Up to this a frame is passed over; a longer one ends the connection, so that it is never in memory as a whole. */
const MAX_PAYLOAD_BYTES = 16 * MAX_FRAME_BYTES;

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
  readonly #passedOver: (bytes: number) => void;

  constructor(url: string | URL, { timers, lookup, created, passedOver }: SocketOptions) {
    const options = {
      maxPayload: MAX_PAYLOAD_BYTES,
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
    this.on('open', () => this.#watch(timers));
    for (const sign of ['message', 'ping', 'pong'] as const) this.on(sign, () => this.#dead?.refresh());
    this.on('close', () => {
      clearInterval(this.#ping);
      clearTimeout(this.#dead);
    });
    created?.(this);
  }

  override emit(name: string | symbol, ...details: readonly unknown[]): boolean {
    const [data] = details;
    if (name !== 'message' || !Buffer.isBuffer(data) || data.length <= MAX_FRAME_BYTES)
      return super.emit(name, ...details);
    this.#dead?.refresh();
    this.#passedOver(data.length);
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
