import type { Clock } from '../lib/clock.ts';
import { createSerialQueue } from '../lib/keyed-queue.ts';
import type { Note } from '../note/note.ts';

/** After a start, news waits for slow relays no longer than this. */
const MAX_STARTUP_WAIT_MS = 8_000;
/**
 * Limits per relay and in total. What exceeds them is released in several batches, each in order, the batch with the
 * newest notes first.
 */
const MAX_NOTES = 5_000;
const MAX_CHARACTERS = 16_777_216;

/** A note and the relay that sent it. */
export interface ReceivedNote {
  readonly note: Note;
  readonly relay: string;
}

/** Holds back news on its way to the journal as long as an older note may still arrive. */
export interface ReorderBuffer {
  /** A live note is released at once, unless relays are still awaited. A `stored` one waits until its relay has caught up. */
  add(note: Note, relay: string, stored: boolean): Promise<void>;
  /** The relay has caught up or failed to. */
  endCatchUp(relay: string): Promise<void>;
  stop(): void;
}

/**
 * Relays send stored events newest first, and each relay may know only some of them. So notes are held until the relay
 * has caught up, and after a start until all of `awaited` have (or 8 s have passed), and are released oldest first; those
 * of the same second in the order the relay sent them. `announce` is called one call at a time and must not reject.
 */
export function createReorderBuffer(
  awaited: readonly string[],
  clock: Clock,
  announce: (news: readonly ReceivedNote[]) => Promise<void>,
): ReorderBuffer {
  const awaiting = new Set(awaited);
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

  async function stopAwaiting(): Promise<void> {
    await clock.wait(MAX_STARTUP_WAIT_MS, over.signal);
    if (over.signal.aborted || awaiting.size === 0) return;
    awaiting.clear();
    await release([...held.keys()]);
  }
  void stopAwaiting();

  return {
    async add(note, relay, stored) {
      const key = stored ? relay : LIVE;
      const news = held.get(key) ?? [];
      news.push({ note, relay });
      held.set(key, news);
      size += note.event.content.length;
      if (size > MAX_CHARACTERS) await release([...held.keys()]);
      else if ((!stored && awaiting.size === 0) || news.length >= MAX_NOTES) await release([key]);
    },
    async endCatchUp(relay) {
      const wasAwaiting = awaiting.size > 0;
      awaiting.delete(relay);
      if (awaiting.size > 0) return;
      await release(wasAwaiting ? [...held.keys()] : [relay]);
    },
    stop: () => over.abort(),
  };
}

const LIVE = 'live';
