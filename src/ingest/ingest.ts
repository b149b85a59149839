import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import { type EventToNote, NOTE_KINDS } from '../note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../note/note.ts';
import type { CaughtUp, RelayStreamItem } from '../relays/relay-stream.ts';
import type { IncomingNote } from '../store/journal.ts';
import type { Store } from '../store/store.ts';
import { deletionFrom } from './deletion.ts';
import { createReorderBuffer, type ReceivedNote } from './reorder-buffer.ts';

/** Old notes go into the archive so many at a time, with so much text: one transaction each. */
const BATCH = { most: 200, least: 25, characters: 150_000 };
/** Nothing else goes on meanwhile: lots get smaller where one takes longer than this, and larger again. */
const BATCH_BUDGET_MS = 25;
/** A note that comes live but claims to be older than this is no news: somebody published an old one again. */
const MAX_LIVE_NEWS_AGE_S = 7 * 86_400;

export interface IngestParts {
  /** A patient one: a disk that is full or broken stops the intake until it is mended, lest what is in hand be lost. */
  readonly store: Pick<Store, 'journal' | 'archive'>;
  readonly readNote: EventToNote;
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Seconds since 1970: what is dated later is news. Set once, at the very first start. */
  readonly newsSince: number;
  /** Whether protected notes (NIP-70) are taken in; only authors themselves should say so. */
  readonly relayProtected: boolean;
  /** The hashtag by which the author marks breaking news, as `hashtagKey` makes it. */
  readonly breakingHashtag?: string | undefined;
  /** The relays that are to report before anything is announced after a start, so that notes come out in order. */
  readonly awaitedRelays: readonly string[];
  /** Events that are about the author rather than by the author for readers (profile, lists of relays and servers). */
  handleAuthorEvent(event: VerifiedEvent): Promise<void>;
  saveProgress(caughtUp: CaughtUp): Promise<void>;
  /** The journal grew. */
  wakeDelivery(): void;
  /** Notes that expire are in the archive. */
  rescheduleExpiry(): void;
  /** How many old notes went into the archive so far, for a progress line; once per batch. */
  onProgress(archived: number): void;
}

/**
 * Takes in what the relays send: old notes into the archive, new ones into archive and journal in one transaction,
 * oldest first. A relay's cursor is saved only after everything that came before it is durable. Ends with the stream.
 */
export async function ingest(stream: AsyncIterable<RelayStreamItem>, parts: IngestParts): Promise<void> {
  const { store, log, clock, metrics, newsSince } = parts;
  const holding = createReorderBuffer(parts.awaitedRelays, clock, announce);
  let old: ReceivedNote[] = [];
  let characters = 0;
  let lot = BATCH.most;
  let archived = 0;

  /** An edit of what came out before all this began is none, however late its first version is seen. */
  const isNews = ({ createdAt, publishedAt, ended }: Note, stored: boolean): boolean =>
    ended !== true &&
    (publishedAt === undefined || publishedAt > newsSince) &&
    (createdAt > newsSince || (!stored && createdAt >= clock.now() / 1000 - MAX_LIVE_NEWS_AGE_S));

  const isBreaking = ({ hashtags }: Note): boolean =>
    parts.breakingHashtag !== undefined && hashtags.includes(parts.breakingHashtag);

  async function accept(arrivals: readonly IncomingNote[], seen?: () => void): Promise<void> {
    const outcomes = await store.journal.accept(arrivals, seen);
    if (arrivals.some(({ note }) => note.expiresAt !== undefined)) parts.rescheduleExpiry();
    for (const [index, outcome] of outcomes.entries()) {
      const { note, news } = arrivals[index] ?? {};
      log.debug(`note.${outcome}`, { note: note?.id, kind: note?.kind, news });
      if (outcome === 'added' || outcome === 'replaced')
        metrics.add(news ? 'notes_posted_total' : 'notes_archived_total');
    }
  }

  async function archiveOld(): Promise<void> {
    if (old.length === 0) return;
    const notes = old;
    old = [];
    characters = 0;
    const beganMs = clock.now();
    await accept(
      notes.map((sent) => ({ ...sent, news: false })),
      () => {
        const perNoteMs = (clock.now() - beganMs) / notes.length;
        lot = Math.min(Math.max(Math.floor(BATCH_BUDGET_MS / perNoteMs), BATCH.least), BATCH.most);
      },
    );
    archived += notes.length;
    parts.onProgress(archived);
  }

  async function announce(news: readonly ReceivedNote[]): Promise<void> {
    await archiveOld();
    // It was held for a while.
    const unexpired = news.filter(({ note }) => !isUnwanted(note));
    if (unexpired.length === 0) return;
    // Delivery need not wait for the disk: its first intents to send them become durable together with them.
    const arrivals = unexpired.map((sent) => ({ ...sent, news: true, breaking: isBreaking(sent.note) }));
    for (const { note } of arrivals) metrics.startTimer('queue_wait_seconds', note.key);
    await accept(arrivals, parts.wakeDelivery);
  }

  async function takeIn(event: VerifiedEvent, relay: string, stored: boolean): Promise<void> {
    if (event.kind === 5) {
      await archiveOld();
      const count = await store.journal.delete(deletionFrom(event));
      if (count > 0) log.info('note.deleted', { by: event.id, count });
      return parts.wakeDelivery();
    }
    if (!NOTE_KINDS.includes(event.kind)) return parts.handleAuthorEvent(event);
    const note = await parts.readNote(event);
    if (!note) return undefined;
    if (isUnwanted(note)) return hasExpired(note) ? expire(note) : undefined;
    if (isNews(note, stored)) {
      metrics.startTimer('relay_to_reader_seconds', note.key);
      return holding.add(note, relay, stored);
    }
    old.push({ note, relay });
    characters += event.content.length;
    const isFull = old.length >= lot || characters >= BATCH.characters;
    return isFull || !stored ? archiveOld() : undefined;
  }

  const hasExpired = ({ expiresAt }: Note): boolean =>
    (expiresAt ?? Number.POSITIVE_INFINITY) * 1000 <= clock.now();

  /** What it replaced goes with it: its author has nothing at that address any more. */
  async function expire({ id, key, createdAt }: Note): Promise<void> {
    if (key === id) return;
    await archiveOld();
    const count = await store.journal.delete({ id, createdAt, ids: [], addresses: [key] });
    if (count > 0) {
      log.info('note.deleted', { by: id, count });
      parts.wakeDelivery();
    }
  }

  function isUnwanted(note: Note): boolean {
    const reason =
      note.protected && !parts.relayProtected ? 'protected' : hasExpired(note) ? 'expired' : undefined;
    if (reason) log.info('note.skipped', { note: note.id, reason });
    return reason !== undefined;
  }

  try {
    for await (const item of stream) {
      if (item.type === 'event') await takeIn(item.event, item.relay, item.stored);
      else if (item.type === 'sighting') await store.archive.recordSighting(item.id, item.relay);
      else {
        await archiveOld();
        await holding.endCatchUp(item.relay);
        if (item.type === 'caught-up') await parts.saveProgress(item);
      }
    }
  } finally {
    holding.stop();
    await archiveOld();
  }
}
