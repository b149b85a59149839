import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import { type EventToNote, NOTE_KINDS } from '../note/event-to-note.ts';
import { MAX_IDENTIFIER, type Note, type VerifiedEvent } from '../note/note.ts';
import type { CaughtUp, RelayStreamItem } from '../relays/relay-stream.ts';
import type { Deletion, IncomingNote } from '../store/journal.ts';
import type { Store } from '../store/store.ts';
import { createReorderBuffer, type ReceivedNote } from './reorder-buffer.ts';

/** How many old notes are archived in one transaction. */
const BATCH = { max: 200, min: 25, characters: 150_000 };
/** A transaction blocks the process, so batches shrink and grow again to take about this long. */
const BATCH_BUDGET_MS = 25;
/** What arrives live later than this wasn't delayed by the relay: it was published again. */
const MAX_LAG_S = 3_600;
/** A note that arrives live but is dated further back isn't news: somebody published an old one again. */
const MAX_LIVE_NEWS_AGE_S = 7 * 86_400;

export interface IngestParts {
  /** Retries until it works (`store/store-retry`): a full disk stops ingest, so that nothing is lost. */
  readonly store: Pick<Store, 'journal' | 'archive'>;
  readonly readNote: EventToNote;
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Notes dated later are news; in seconds since 1970. Set once, by the very first start, or by a restored backup. */
  readonly newsSince: number;
  /** Notes dated up to then are never news, not even if they arrive live; by default those of all times can be. */
  readonly settledUntil?: number;
  /** Whether protected notes (NIP-70) are ingested, which only the author should decide. */
  readonly relayProtected: boolean;
  /** The hashtag by which the author marks breaking news, as `hashtagKey` makes it. */
  readonly breakingHashtag?: string | undefined;
  /** After a start, news waits until these relays have caught up, so that it comes out in order. */
  readonly awaitedRelays: readonly string[];
  /** For events that are about the author and not for readers: profile, lists of relays and media servers. */
  handleAuthorEvent(event: VerifiedEvent): Promise<void>;
  saveProgress(caughtUp: CaughtUp): Promise<void>;
  /** Called when a note that expires has been archived. */
  rescheduleExpiry(): void;
  /** Called after each batch with the number of old notes archived so far. */
  onProgress(archived: number): void;
}

/**
 * Stores what the relays send: old notes in the archive, news in archive and journal in one transaction, oldest first. A
 * relay's cursor is saved only when everything received before it is durable. Resolves when the stream ends.
 */
export async function ingest(stream: AsyncIterable<RelayStreamItem>, parts: IngestParts): Promise<void> {
  const { store, log, clock, metrics, newsSince, settledUntil = 0 } = parts;
  const buffer = createReorderBuffer(parts.awaitedRelays, clock, announce);
  let old: ReceivedNote[] = [];
  let characters = 0;
  let batchSize = BATCH.max;
  let archived = 0;

  /** An edit of an article from before the first start isn't news, even if no earlier version has been seen. */
  const isNews = ({ createdAt, publishedAt, ended }: Note, stored: boolean): boolean =>
    ended !== true &&
    (publishedAt === undefined || publishedAt > newsSince) &&
    createdAt > settledUntil &&
    (createdAt > newsSince || (!stored && createdAt >= clock.now() / 1000 - MAX_LIVE_NEWS_AGE_S));

  const isBreaking = ({ hashtags }: Note): boolean =>
    parts.breakingHashtag !== undefined && hashtags.includes(parts.breakingHashtag);

  async function accept(incoming: readonly IncomingNote[], onVisible?: () => void): Promise<void> {
    const outcomes = await store.journal.accept(incoming, onVisible);
    if (incoming.some(({ note }) => note.expiresAt !== undefined)) parts.rescheduleExpiry();
    for (const [index, outcome] of outcomes.entries()) {
      const { note, news } = incoming[index] ?? {};
      log.debug(`note.${outcome}`, { note: note?.id, kind: note?.kind, news });
      if (outcome === 'added' || outcome === 'replaced')
        metrics.add(news ? 'notes_posted_total' : 'notes_archived_total');
    }
  }

  /** Clocks differ: what comes from the future comes at once. */
  function recordLag(relay: string, createdAt: number): void {
    const lagS = Math.max(0, clock.now() / 1000 - createdAt);
    if (lagS <= MAX_LAG_S) metrics.observe('relay_lag_seconds', { relay }, lagS);
  }

  async function archiveOld(): Promise<void> {
    if (old.length === 0) return;
    const notes = old;
    old = [];
    characters = 0;
    const startedMs = clock.now();
    await accept(
      notes.map((sent) => ({ ...sent, news: false })),
      () => {
        const perNoteMs = (clock.now() - startedMs) / notes.length;
        batchSize = Math.min(Math.max(Math.floor(BATCH_BUDGET_MS / perNoteMs), BATCH.min), BATCH.max);
      },
    );
    archived += notes.length;
    parts.onProgress(archived);
  }

  async function announce(news: readonly ReceivedNote[]): Promise<void> {
    await archiveOld();
    // Some may have expired while they waited.
    const wanted = news.filter(({ note }) => !isUnwanted(note));
    if (wanted.length === 0) return;
    const incoming = wanted.map((sent) => ({ ...sent, news: true, breaking: isBreaking(sent.note) }));
    for (const { note } of incoming) metrics.startTimer('queue_wait_seconds', note.key);
    await accept(incoming);
  }

  async function ingestEvent(event: VerifiedEvent, relay: string, stored: boolean): Promise<void> {
    if (event.kind === 5) {
      await archiveOld();
      const count = await store.journal.delete(deletionFrom(event));
      if (count > 0) log.info('note.deleted', { by: event.id, count });
      return undefined;
    }
    if (!NOTE_KINDS.includes(event.kind)) return parts.handleAuthorEvent(event);
    const note = await parts.readNote(event);
    if (!note) return undefined;
    if (isUnwanted(note)) return hasExpired(note) ? expire(note) : undefined;
    if (isNews(note, stored)) {
      metrics.startTimer('relay_to_reader_seconds', note.key);
      return buffer.add(note, relay, stored);
    }
    old.push({ note, relay });
    characters += event.content.length;
    const isFull = old.length >= batchSize || characters >= BATCH.characters;
    return isFull || !stored ? archiveOld() : undefined;
  }

  const hasExpired = ({ expiresAt }: Note): boolean =>
    (expiresAt ?? Number.POSITIVE_INFINITY) * 1000 <= clock.now();

  /** Deletes the version that the expired note replaced, since that isn't valid any more either. */
  async function expire({ id, key, createdAt }: Note): Promise<void> {
    if (key === id) return;
    await archiveOld();
    const count = await store.journal.delete({ id, createdAt, ids: [], addresses: [key] });
    if (count > 0) log.info('note.deleted', { by: id, count });
  }

  function isUnwanted(note: Note): boolean {
    const reason =
      note.protected && !parts.relayProtected ? 'protected' : hasExpired(note) ? 'expired' : undefined;
    if (reason) log.info('note.skipped', { note: note.id, reason });
    return reason !== undefined;
  }

  try {
    for await (const item of stream) {
      if (item.type === 'event') {
        metrics.add('relay_events_total', { relay: item.relay });
        if (!item.stored) recordLag(item.relay, item.event.created_at);
        await ingestEvent(item.event, item.relay, item.stored);
      } else if (item.type === 'sighting') {
        metrics.add('relay_events_total', { relay: item.relay });
        recordLag(item.relay, item.createdAt);
        await store.archive.recordSighting(item.id, item.relay);
      } else {
        await archiveOld();
        await buffer.endCatchUp(item.relay);
        if (item.type === 'caught-up') await parts.saveProgress(item);
      }
    }
  } finally {
    buffer.stop();
    await archiveOld();
  }
}

/** Longer ones were refused, and couldn't be remembered. */
const MAX_ADDRESS = '30023:'.length + 65 + MAX_IDENTIFIER;

/** What the author's deletion request (NIP-09, kind 5) covers: nothing but the author's own events. */
function deletionFrom(event: VerifiedEvent): Deletion {
  const values = (name: string) => event.tags.filter((tag) => tag[0] === name).map(([, value = '']) => value);
  return {
    id: event.id,
    createdAt: event.created_at,
    ids: values('e').filter((id) => /^[0-9a-f]{64}$/u.test(id)),
    addresses: values('a')
      .filter((address) => address.split(':')[1] === event.pubkey && address.length <= MAX_ADDRESS)
      .map((address) => address.toWellFormed()),
  };
}
