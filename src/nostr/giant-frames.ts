import type { WebSocket } from 'ws';

/** The part of `ws` that puts frames together, as of 8.23. */
interface Receiver {
  _opcode: number;
  _loop: boolean;
  /** What of the frame is still to come, and what has come of it and of those behind it. */
  _payloadLength: number;
  _bufferedBytes: number;
  readonly _buffers: readonly Buffer[];
  /** What came of the message so far, this frame included as it was announced. */
  _totalPayloadLength: number;
  consume(count: number): Buffer;
  getData(done: unknown): void;
}

const FIRST_CONTROL_FRAME = 8;

/**
 * Has the socket throw away what comes of a message longer than `maxBytes` as it comes, where `ws` would keep all of it
 * first, twice. Call once it is open. Returns what tells, as a message ends, how much of it was thrown away.
 */
export function discardGiants(socket: WebSocket, maxBytes: number): () => number {
  const receiver = (socket as unknown as { readonly _receiver: Receiver })._receiver;
  const getData = receiver.getData.bind(receiver);
  let discarded = 0;

  receiver.getData = (done) => {
    if (receiver._opcode < FIRST_CONTROL_FRAME && receiver._totalPayloadLength > maxBytes) {
      let left = Math.min(receiver._bufferedBytes, receiver._payloadLength);
      discarded += left;
      receiver._payloadLength -= left;
      // Chunk by chunk: all at once it would be copied.
      while (left > 0) left -= receiver.consume(Math.min(left, receiver._buffers[0]?.length ?? left)).length;
      if (receiver._payloadLength > 0) {
        receiver._loop = false;
        return;
      }
    }
    getData(done);
  };
  return () => {
    const count = discarded;
    discarded = 0;
    return count;
  };
}
