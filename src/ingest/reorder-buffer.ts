import type { Clock } from '../lib/clock.ts';
import { createSerialQueue } from '../lib/keyed-queue.ts';
import type { Note } from '../note/note.ts';

/** After a start no relay is waited for longer than this before news goes out. */
const MAX_STARTUP_WAIT_MS = 8_000;
/**
 * So many notes of one relay, and so many characters in all, are held at most. More come out in several goes, each in
 * order, the newest first.
 */
const MAX_NOTES = 5_000;
const MAX_CHARACTERS = 16_777_216;

/** A note with the relay that sent it. */
export interface ReceivedNote {
  readonly note: Note;
  readonly relay: string;
}

/** News on its way to the journal, held back as long as an older note may still come. */
export interface ReorderBuffer {
  /** A live note goes on at once, unless relays are still awaited; one from a catch-up waits for its end. */
  add(note: Note, relay: string, stored: boolean): Promise<void>;
  /** That relay's catch-up ended, one way or the other. */
  endCatchUp(relay: string): Promise<void>;
  stop(): void;
}

/**
 * Relays send their stored events newest first, and several relays each know a part. Held until the catch-up of a
 * relay ends, and after a start until all of `awaited` have reported (or 8 s have passed), notes come out oldest
 * first; of the same second, in the order in which the relay sent them. Too many at once are not held but go on.
 * `announce` is called one call at a time and must not reject.
 */
export function createReorderBuffer(
  awaited: readonly string[],
  clock: Clock,
  announce: (news: readonly ReceivedNote[]) => Promise<void>,
): ReorderBuffer {
  const missing = new Set(awaited);
  const held = new Map<string, ReceivedNote[]>();
  let size = 0;
  const over = new AbortController();
  const inTurn = createSerialQueue();

  function release(relays: readonly string[]): Promise<void> {
    const news = relays
      .flatMap((relay) => held.get(relay) ?? [])
      .sort((a, b) => a.note.createdAt - b.note.createdAt);
    for (const relay of relays) held.delete(relay);
    for (const { note } of news) size -= note.event.content.length;
    return inTurn(() => announce(news));
  }

  async function giveUpWaiting(): Promise<void> {
    await clock.wait(MAX_STARTUP_WAIT_MS, over.signal);
    if (over.signal.aborted || missing.size === 0) return;
    missing.clear();
    await release([...held.keys()]);
  }
  void giveUpWaiting();

  return {
    async add(note, relay, stored) {
      const key = stored ? relay : LIVE;
      const news = held.get(key) ?? [];
      news.push({ note, relay });
      held.set(key, news);
      size += note.event.content.length;
      if (size > MAX_CHARACTERS) await release([...held.keys()]);
      else if ((!stored && missing.size === 0) || news.length >= MAX_NOTES) await release([key]);
    },
    async endCatchUp(relay) {
      const wasAwaiting = missing.size > 0;
      missing.delete(relay);
      if (missing.size > 0) return;
      await release(wasAwaiting ? [...held.keys()] : [relay]);
    },
    stop: () => over.abort(),
  };
}

const LIVE = 'live';
