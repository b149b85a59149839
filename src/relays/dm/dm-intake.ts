import { LRUCache } from 'lru-cache';
import { createSerialQueue } from '../../lib/keyed-queue.ts';
import {
  type CheckedEvent,
  type CheckedFrame,
  claimedDate,
  type EventIntake,
} from '../sync/verify-and-dedupe.ts';
import { type DirectMessage, openGiftWrap, screenGiftWrap, type UnwrapOptions } from './nip17.ts';
import type { RunPaced } from './paced-queue.ts';
import type { ProcessedIds } from './processed-ids.ts';

export interface DmIntakeOptions extends UnwrapOptions {
  /** Wraps that were opened before, whatever was inside. */
  readonly processed: ProcessedIds;
  readonly runPaced: RunPaced;
  onMessage(message: DirectMessage): Promise<void>;
  /** See `DmInboxOptions`. */
  readonly settledUntil?: number;
  readonly signal: AbortSignal;
  now(): number;
}

/** How long a message counts after it was written, in seconds. Anything older is a replay. */
export const MAX_AGE_S = 14 * 86_400;
const MAX_AHEAD_S = 900;
const MAX_REMEMBERED = 1_000;

/** Where the gift wraps of all relays come together: each is opened once, after the cheapest checks. */
export function createDmIntake(options: DmIntakeOptions): EventIntake {
  const { processed, runPaced, onMessage, settledUntil = 0, signal, now } = options;
  const taken = new LRUCache<string, true>({ max: MAX_REMEMBERED });
  /** Messages are taken one after the other, since several relays send the same one. */
  const inTurn = createSerialQueue();

  /** The same message may come in another wrap. */
  async function takeOnce(message: DirectMessage): Promise<void> {
    if (taken.has(message.id)) return;
    await onMessage(message);
    taken.set(message.id, true);
  }

  async function check(candidate: unknown): Promise<Pick<CheckedEvent, 'status' | 'reason' | 'id'>> {
    const screening = screenGiftWrap(candidate, options);
    if (screening.status === 'rejected') return screening;
    const { id } = screening.event;
    if (processed.has(id)) return { status: 'known', id };
    const opened = await runPaced(() =>
      processed.has(id) ? undefined : openGiftWrap(screening.event, options),
    );
    if (!opened) return { status: 'known', id };
    if (opened.status === 'opened') {
      const ageS = now() / 1000 - opened.message.created_at;
      // Its time may come, so the wrap isn't marked as processed.
      if (ageS < -MAX_AHEAD_S) return { status: 'rejected', reason: 'from the future', id };
      const isSettled = opened.message.created_at <= settledUntil;
      if (ageS <= MAX_AGE_S && !isSettled) await inTurn(() => takeOnce(opened.message));
    }
    // Only now: a message that couldn't be taken has to come again.
    await processed.add(id);
    return opened.status === 'opened'
      ? { status: 'fresh', id }
      : { status: 'rejected', reason: 'unreadable', id };
  }

  return {
    async take(frames) {
      const checked: CheckedFrame[] = [];
      for (const frame of frames) {
        if (frame.type !== 'event') {
          checked.push(frame);
          continue;
        }
        if (signal.aborted) continue;
        const { event, ...rest } = frame;
        const createdAt = claimedDate(event);
        checked.push({ ...rest, ...(await check(event)), ...(createdAt !== undefined && { createdAt }) });
      }
      return checked;
    },
    unknown: async (ids) => ids.filter((id) => !processed.has(id)),
    recent: () => [],
    kindsFromOthers: () => [],
  };
}
