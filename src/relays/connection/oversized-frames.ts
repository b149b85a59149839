import type { WebSocket } from 'ws';

/** The part of `ws` 8.23 that assembles messages. */
interface Receiver {
  readonly _opcode: number;
  /** Of the message so far, including all that its last frame announced. */
  readonly _totalPayloadLength: number;
  /** What has arrived of the frame, and after it. */
  readonly _buffers: readonly Buffer[];
  readonly _bufferedBytes: number;
  /** What hasn't been consumed of the frame. */
  _payloadLength: number;
  /** Whether enough has arrived to continue. */
  _loop: boolean;
  consume(count: number): Buffer;
  getData(done: unknown): void;
}

const FIRST_CONTROL_FRAME = 8;

/**
 * Makes a socket discard whatever arrives of a message longer than `maxBytes`. Otherwise `ws` would keep all of it, and
 * then a copy. `discarding` is called with the size of each piece; the message is still emitted, without those pieces. Call
 * it once the socket is open.
 */
export function discardOversized(
  socket: WebSocket,
  maxBytes: number,
  discarding: (bytes: number) => void,
): void {
  const receiver = (socket as unknown as { readonly _receiver: Receiver })._receiver;
  const getData = receiver.getData.bind(receiver);

  receiver.getData = (done) => {
    const isGiant = receiver._opcode < FIRST_CONTROL_FRAME && receiver._totalPayloadLength > maxBytes;
    if (isGiant && receiver._payloadLength > 0) {
      const count = Math.min(receiver._bufferedBytes, receiver._payloadLength);
      receiver._payloadLength -= count;
      // Chunk by chunk, since consuming several at once would copy them.
      for (let left = count; left > 0; )
        left -= receiver.consume(Math.min(left, receiver._buffers[0]?.length ?? left)).length;
      discarding(count);
      if (receiver._payloadLength > 0) {
        receiver._loop = false;
        return;
      }
    }
    getData(done);
  };
}
