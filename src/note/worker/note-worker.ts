import { parentPort } from 'node:worker_threads';
import { eventToNote } from '../event-to-note.ts';
import type { ParseReply, ParseRequest } from './note-parser.ts';

/** Parses one note after the other, and replies in the same order. */
parentPort?.on('message', (request: ParseRequest) => {
  parentPort?.postMessage(replyTo(request));
});

function replyTo({ event, own }: ParseRequest): ParseReply {
  const note = eventToNote(event, () => own);
  if (!note) return undefined;
  const { event: _event, ...reply } = note;
  return reply;
}
