import { setImmediate } from 'node:timers/promises';
import type { BoundedQueue } from '../../lib/bounded-queue.ts';
import type { Log } from '../../lib/log.ts';
import type { Frame } from '../connection/frame.ts';
import { createRecentIds, type DatedId } from '../recent-ids.ts';
import type { RelayStreamItem } from '../relay-stream.ts';
import type { EventCriteria, Rejection, Screening, Verifier } from '../verify.ts';

/** Events whose witnesses are remembered; each is told of within seconds by all relays that have it. */
const MAX_EVENTS = 500;

/** Which relays have shown which of the newest events, so that each is counted once. */
interface SeenBy {
  /** True where the relay is one more; false where it is known, or the event is not among the newest any more. */
  addRelay(id: string, relay: string): boolean;
  /** A new event, and who showed it first. */
  add(id: string, relay: string): void;
}

function createSeenBy(): SeenBy {
  const relaysOf = new Map<string, Set<string>>();
  return {
    addRelay(id, relay) {
      const relays = relaysOf.get(id);
      if (!relays || relays.has(relay)) return false;
      relays.add(relay);
      return true;
    },
    add(id, relay) {
      relaysOf.set(id, new Set([relay]));
      const oldest = relaysOf.keys().next().value;
      if (relaysOf.size > MAX_EVENTS && oldest !== undefined) relaysOf.delete(oldest);
    },
  };
}

/** A frame after its event was judged and, where it is new, handed on. */
export type CheckedFrame =
  | Exclude<Frame, { readonly type: 'event' }>
  | (Omit<Extract<Frame, { readonly type: 'event' }>, 'event'> & {
      readonly status: 'fresh' | 'known' | 'rejected';
      readonly reason?: Rejection['reason'];
      /** As the event claims; absent where it was rejected. */
      readonly id?: string;
      readonly kind?: number;
      /** As the event claims, in seconds; absent where it claims no possible date. */
      readonly createdAt?: number;
    });

/** The one place where the relays' events come together: verified, each once, into the line. */
export interface EventIntake {
  /** Takes frames in their order; settles when all of them have a place in the line and the line has room. */
  take(frames: readonly Frame[], relay: string): Promise<readonly CheckedFrame[]>;
  /** Those of the ids whose events have neither been archived nor are on their way there. */
  unknown(ids: readonly string[]): Promise<readonly string[]>;
  /** Kinds of which any other relay has shown something. */
  kindsFromOthers(relay: string): readonly number[];
  /** Events that were taken lately and are dated within these seconds: they may be on their way to the archive. */
  recent(sinceS: number, untilS: number): readonly DatedId[];
}

/** Ids of events that may be on their way to the archive. Far more than the line holds. */
const MAX_REMEMBERED = 20_000;
/** Events of the author that could not be taken in: each is told once. */
const MAX_REFUSED = 1_000;
/** How many events are verified (20 ms) before everything else in the process has its turn. */
const VERIFY_BATCH = 50;
const NONE: ReadonlySet<string> = new Set();

export function createEventIntake(options: {
  readonly verifier: Pick<Verifier, 'screen' | 'prove'>;
  readonly wanted: EventCriteria;
  readonly known: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly channel: Pick<BoundedQueue<RelayStreamItem>, 'push'>;
  /** Told once of each event that is the author's and can't be taken in. */
  readonly refused: (reason: Rejection['reason']) => void;
  readonly log: Log;
}): EventIntake {
  const { verifier, wanted, known, channel } = options;
  const memory = createRecentIds(MAX_REMEMBERED);
  const refusals = createRecentIds(MAX_REFUSED);
  const witnesses = createSeenBy();
  /** By kind, the relays that have shown something of it. */
  const shownBy = new Map<number, Set<string>>();
  let proofs = 0;

  /** Who forges a copy has not seen the event. */
  async function testify(event: Parameters<typeof verifier.prove>[0], relay: string): Promise<void> {
    proofs += 1;
    const { status } = verifier.prove(event);
    if (status === 'verified') await channel.push({ type: 'sighting', id: event.id, relay });
  }

  /** Readers miss what is refused, so the operator hears of it; but not of forgeries, which anybody can make too large. */
  function refuse(event: Parameters<typeof verifier.prove>[0], reason: Rejection['reason']): Rejection {
    const { id, kind, created_at, content, tags } = event;
    if (!refusals.has(id)) {
      proofs += 1;
      const verdict = verifier.prove(event);
      if (verdict.status === 'rejected') return verdict;
      refusals.add({ id, createdAt: created_at });
      options.log.warn('event.refused', { id, kind, reason, characters: content.length, tags: tags.length });
      options.refused(reason);
    }
    return { status: 'rejected', reason };
  }

  async function judge(screening: Screening, archived: ReadonlySet<string>, relay: string, stored: boolean) {
    if (screening.status === 'rejected')
      return screening.unfit ? refuse(screening.unfit, screening.reason) : screening;
    const { id, created_at, kind } = screening.event;
    // Only ids that once passed verification count: a forged copy must not keep the real event out.
    if (archived.has(id) || memory.has(id)) {
      if (!stored && witnesses.addRelay(id, relay)) await testify(screening.event, relay);
      return { status: 'known', id, kind } as const;
    }
    proofs += 1;
    const verdict = verifier.prove(screening.event);
    if (verdict.status === 'rejected') return verdict;
    // Remembered and in the line in the same breath: whoever says "caught up" later stands behind it.
    memory.add({ id, createdAt: created_at });
    if (!stored) witnesses.add(id, relay);
    await channel.push({ type: 'event', event: verdict.event, relay, stored });
    return { status: 'fresh', id, kind } as const;
  }

  function learn(kind: number, relay: string): void {
    const relays = shownBy.get(kind) ?? new Set();
    shownBy.set(kind, relays.add(relay));
  }

  return {
    kindsFromOthers: (relay) =>
      [...shownBy].flatMap(([kind, relays]) => (relays.size > (relays.has(relay) ? 1 : 0) ? [kind] : [])),
    async take(frames, relay) {
      const screenings = frames.map((frame) =>
        frame.type === 'event' ? verifier.screen(frame.event, wanted) : undefined,
      );
      const ids = screenings.flatMap((screening) =>
        screening?.status === 'screened' && !memory.has(screening.event.id) ? [screening.event.id] : [],
      );
      const archived = ids.length > 0 ? await known(ids) : NONE;
      const seen: CheckedFrame[] = [];
      for (const [index, frame] of frames.entries()) {
        const screening = screenings[index];
        if (frame.type !== 'event' || !screening) {
          if (frame.type !== 'event') seen.push(frame);
          continue;
        }
        if (proofs >= VERIFY_BATCH) {
          proofs = 0;
          await setImmediate();
        }
        const { event, ...rest } = frame;
        const judgement = await judge(screening, archived, relay, frame.stored);
        const createdAt = claimedDate(event);
        if (judgement.status !== 'rejected') learn(judgement.kind, relay);
        seen.push({ ...rest, ...judgement, ...(createdAt !== undefined && { createdAt }) });
      }
      return seen;
    },
    async unknown(ids) {
      const fresh = ids.filter((id) => !memory.has(id));
      const archived = fresh.length > 0 ? await known(fresh) : NONE;
      return fresh.filter((id) => !archived.has(id));
    },
    recent: (sinceS, untilS) => memory.within(sinceS, untilS),
  };
}

function claimedDate(event: unknown): number | undefined {
  const date = (event as { readonly created_at?: unknown }).created_at;
  return Number.isSafeInteger(date) && (date as number) >= 0 ? (date as number) : undefined;
}
