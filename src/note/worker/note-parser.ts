import { Worker } from 'node:worker_threads';
import type { Log } from '../../lib/log.ts';
import { type EventToNote, eventToNote, isLongContent } from '../event-to-note.ts';
import type { Note, VerifiedEvent } from '../note.ts';
import type { IsOwn } from '../reply-pointer.ts';

export interface NoteParser {
  /** Like `eventToNote`, but parses long notes in a worker thread, so that nothing waits for them. Never rejects. */
  readonly read: EventToNote;
  /** Ends the worker. Notes that are still being parsed are finished in this thread. */
  close(): Promise<void>;
}

/** A request to the worker. `own`: what the note replies to is the author's own. */
export interface ParseRequest {
  readonly event: VerifiedEvent;
  readonly own: boolean;
}

/** The note without its event, which doesn't need to be sent back. */
export type ParseReply = Omit<Note, 'event'> | undefined;

/** The worker ends after this many idle milliseconds: it takes tens of megabytes, and long notes are rare. */
const IDLE_TIMEOUT_MS = 30_000;

type Settle = PromiseWithResolvers<ParseReply>;

/** Parses notes for the whole program. The first long note starts the worker. */
export function createNoteParser(log: Log, idleMs = IDLE_TIMEOUT_MS): NoteParser {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  /** In the order of the requests, which is also that of the replies. */
  const pending: Settle[] = [];

  function failed(error: unknown): void {
    worker = undefined;
    for (const { reject } of pending.splice(0)) reject(error);
  }

  function started(): Worker {
    const made = new Worker(new URL('note-worker.ts', import.meta.url), { execArgv: [] });
    made.on('message', (reply: ParseReply) => {
      pending.shift()?.resolve(reply);
      if (pending.length > 0) return;
      made.unref();
      idle = setTimeout(() => void stop(), idleMs).unref();
    });
    made.on('error', failed);
    made.on('exit', (code) => {
      if (worker === made) failed(new Error(`The worker that reads long notes ended with ${code}`));
    });
    return made;
  }

  function ask(request: ParseRequest): Promise<ParseReply> {
    clearTimeout(idle);
    worker ??= started();
    const response = Promise.withResolvers<ParseReply>();
    pending.push(response);
    worker.ref();
    worker.postMessage(request);
    return response.promise;
  }

  async function stop(): Promise<void> {
    clearTimeout(idle);
    const ending = worker;
    failed(new Error('The worker that reads long notes was stopped'));
    await ending?.terminate();
  }

  async function readLong(event: VerifiedEvent, isOwn: IsOwn): Promise<Note | undefined> {
    const reply = await ask({ event, own: false });
    const continues = reply?.postType === 'reply' && reply.replyTo !== undefined && isOwn(reply.replyTo);
    const read = continues ? await ask({ event, own: true }) : reply;
    return read && { ...read, event };
  }

  return {
    async read(event, isOwn = () => false) {
      if (!isLongContent(event)) return eventToNote(event, isOwn);
      try {
        return await readLong(event, isOwn);
      } catch (error) {
        log.warn('note_worker.failed', { note: event.id, error });
        return eventToNote(event, isOwn);
      }
    },
    close: stop,
  };
}
