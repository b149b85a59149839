import { parentPort } from 'node:worker_threads';
import { noteFrom } from '../note/note-from.ts';
import type { ReadReply, ReadRequest } from './note-reader.ts';

/** Reads one note after the other, and replies in the same order. */
parentPort?.on('message', (request: ReadRequest) => {
  parentPort?.postMessage(replyTo(request));
});

function replyTo({ event, own }: ReadRequest): ReadReply {
  const note = noteFrom(event, () => own);
  if (!note) return undefined;
  const { event: _event, ...reply } = note;
  return reply;
}
