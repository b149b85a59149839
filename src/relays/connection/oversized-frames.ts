import type { WebSocket } from 'ws';

/** The part of `ws` that puts messages together, as of 8.23. */
interface Receiver {
  readonly _opcode: number;
  /** Of the message so far, with all that its last frame announced. */
  readonly _totalPayloadLength: number;
  /** What has come of the frame, and behind it. */
  readonly _buffers: readonly Buffer[];
  readonly _bufferedBytes: number;
  /** What is still to come of the frame. */
  _payloadLength: number;
  /** Whether what has come is enough to go on with. */
  _loop: boolean;
  consume(count: number): Buffer;
  getData(done: unknown): void;
}

const FIRST_CONTROL_FRAME = 8;

/**
 * Has the socket throw away what comes of a message longer than `maxBytes` as it comes: `ws` would keep all of it first,
 * and then a copy. `discarding` is told of each piece; the message itself arrives all the same, shorter by these. To be
 * called once the socket is open.
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
      // Piece by piece: as one they would be copied.
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
