import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { BoundedQueue } from '../../lib/bounded-queue.ts';
import type { Log } from '../../lib/log.ts';
import type { Frame } from '../connection/frame.ts';
import type { RelayStreamItem } from '../relay-stream.ts';
import type { EventCriteria, Rejection, ScreenedEvent, Screening, Verifier } from '../verify.ts';

type EventFrame = Extract<Frame, { readonly type: 'event' }>;

/** An EVENT after its event was verified and, if it is new, queued. */
export type CheckedEvent = Omit<EventFrame, 'event'> & {
  readonly status: 'fresh' | 'known' | 'rejected';
  readonly reason?: Rejection['reason'];
  /** Absent if the event was rejected. */
  readonly id?: string;
  readonly kind?: number;
  /** What the event claims, in seconds, even if it was rejected; absent if that is no possible date. */
  readonly createdAt?: number;
};

export type CheckedFrame = Exclude<Frame, EventFrame> | CheckedEvent;

/** An event id with the event's date, in seconds since 1970. */
export interface DatedId {
  readonly id: string;
  readonly createdAt: number;
}

/** Where the events of all relays come together: each is verified and queued once. */
export interface EventIntake {
  /** Processes frames in order. Settles once every new event is queued and the queue has room again. */
  take(frames: readonly Frame[], relay: string): Promise<readonly CheckedFrame[]>;
  /** Those of the ids whose events are neither archived nor on their way there. */
  unknown(ids: readonly string[]): Promise<readonly string[]>;
  /** Kinds of which any other relay has sent something. */
  kindsFromOthers(relay: string): readonly number[];
  /** Recently queued events dated within these seconds: they may not have reached the archive yet. */
  recent(sinceS: number, untilS: number): readonly DatedId[];
}

/** Ids of events that may be on their way to the archive: far more than the queue holds. */
const MAX_REMEMBERED = 20_000;
/** The author's events that couldn't be accepted: each is reported once. */
const MAX_REFUSED = 1_000;
/** Events whose relays are remembered. All relays that have a new event send it within seconds. */
const MAX_SIGHTED = 500;
/** Events verified in one go (20 ms) before the rest of the process gets its turn. */
const VERIFY_BATCH = 50;
const NONE: ReadonlySet<string> = new Set();

export function createEventIntake(options: {
  readonly verifier: Pick<Verifier, 'screen' | 'prove'>;
  readonly wanted: EventCriteria;
  readonly archive: {
    /** Those of the ids that are archived or were deleted. */
    known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  };
  readonly queue: Pick<BoundedQueue<RelayStreamItem>, 'push'>;
  /** Called once for each genuine event of the author that can't be accepted. */
  readonly refused: (reason: Rejection['reason']) => void;
  readonly log: Log;
}): EventIntake {
  const { verifier, wanted, archive, queue } = options;
  /** The dates of events that were queued recently, by id. */
  const queued = new LRUCache<string, number>({ max: MAX_REMEMBERED });
  const refused = new LRUCache<string, true>({ max: MAX_REFUSED });
  /** Relays that have sent each of the newest events. */
  const seenBy = new LRUCache<string, Set<string>>({ max: MAX_SIGHTED });
  /** By kind, the relays that have sent something of it. */
  const relaysOfKind = new Map<number, Set<string>>();
  let proofs = 0;

  /** A relay that forges a copy hasn't got the event, so copies are verified too. */
  async function recordSighting(event: ScreenedEvent, relay: string): Promise<void> {
    const relays = seenBy.get(event.id);
    if (!relays || relays.has(relay)) return;
    relays.add(relay);
    proofs += 1;
    if (verifier.prove(event).status === 'verified')
      await queue.push({ type: 'sighting', id: event.id, createdAt: event.created_at, relay });
  }

  /** Readers will miss it, so the operator is told. Not of forgeries, though: anybody can make those too large. */
  function refuse(event: ScreenedEvent, reason: Rejection['reason']): Rejection {
    const { id, kind, content, tags } = event;
    if (!refused.has(id)) {
      proofs += 1;
      const verdict = verifier.prove(event);
      if (verdict.status === 'rejected') return verdict;
      refused.set(id, true);
      options.log.warn('event.refused', { id, kind, reason, characters: content.length, tags: tags.length });
      options.refused(reason);
    }
    return { status: 'rejected', reason };
  }

  async function check(
    screening: Screening,
    archived: ReadonlySet<string>,
    relay: string,
    stored: boolean,
  ): Promise<Pick<CheckedEvent, 'status' | 'reason' | 'id' | 'kind'>> {
    if (screening.status === 'rejected')
      return screening.unfit ? refuse(screening.unfit, screening.reason) : screening;
    const { id, created_at, kind } = screening.event;
    // Only ids that were verified before count as known: a forged copy must not keep out the real event.
    if (archived.has(id) || queued.get(id) !== undefined) {
      if (!stored) await recordSighting(screening.event, relay);
      return { status: 'known', id, kind };
    }
    proofs += 1;
    const verdict = verifier.prove(screening.event);
    if (verdict.status === 'rejected') return verdict;
    // No await between these, so that a relay's "caught up" can only be queued behind the event.
    queued.set(id, created_at);
    if (!stored) seenBy.set(id, new Set([relay]));
    await queue.push({ type: 'event', event: verdict.event, relay, stored });
    return { status: 'fresh', id, kind };
  }

  return {
    kindsFromOthers: (relay) =>
      [...relaysOfKind].flatMap(([kind, relays]) =>
        relays.size > (relays.has(relay) ? 1 : 0) ? [kind] : [],
      ),
    async take(frames, relay) {
      const screenings = new Map<Frame, Screening>();
      const ids: string[] = [];
      for (const frame of frames) {
        if (frame.type !== 'event') continue;
        const screening = verifier.screen(frame.event, wanted);
        screenings.set(frame, screening);
        if (screening.status === 'screened' && !queued.has(screening.event.id)) ids.push(screening.event.id);
      }
      const archived = ids.length > 0 ? await archive.known(ids) : NONE;
      const checked: CheckedFrame[] = [];
      for (const frame of frames) {
        const screening = screenings.get(frame);
        if (frame.type !== 'event') checked.push(frame);
        if (frame.type !== 'event' || !screening) continue;
        if (proofs >= VERIFY_BATCH) {
          proofs = 0;
          await setImmediate();
        }
        const { event, ...rest } = frame;
        const result = await check(screening, archived, relay, frame.stored);
        const createdAt = claimedDate(event);
        if (result.kind !== undefined)
          relaysOfKind.set(result.kind, (relaysOfKind.get(result.kind) ?? new Set()).add(relay));
        checked.push({ ...rest, ...result, ...(createdAt !== undefined && { createdAt }) });
      }
      return checked;
    },
    async unknown(ids) {
      const fresh = ids.filter((id) => !queued.has(id));
      const archived = fresh.length > 0 ? await archive.known(fresh) : NONE;
      return fresh.filter((id) => !archived.has(id));
    },
    recent: (sinceS, untilS) =>
      [...queued].flatMap(([id, createdAt]) =>
        createdAt >= sinceS && createdAt <= untilS ? [{ id, createdAt }] : [],
      ),
  };
}

/** In seconds; undefined if the event claims no possible date. */
export function claimedDate(event: unknown): number | undefined {
  const date = (event as { readonly created_at?: unknown }).created_at;
  return Number.isSafeInteger(date) && Number(date) >= 0 ? Number(date) : undefined;
}
