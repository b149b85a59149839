import type { Frame } from '../connection/frame.ts';
import { createRecentIds } from '../recent-ids.ts';
import type { CheckedFrame, EventIntake } from '../sync/verify-and-dedupe.ts';
import { type DirectMessage, openGiftWrap, screenGiftWrap, type UnwrapOptions } from './nip17.ts';
import type { RunPaced } from './paced-queue.ts';
import type { ProcessedIds } from './processed-ids.ts';

export interface DmIntakeOptions extends UnwrapOptions {
  /** Wraps that were opened before, whatever was in them. */
  readonly settled: ProcessedIds;
  readonly turns: RunPaced;
  take(letter: DirectMessage): Promise<void>;
  readonly signal: AbortSignal;
  now(): number;
}

type Judgement = Pick<Extract<CheckedFrame, { readonly type: 'event' }>, 'status' | 'reason' | 'id'>;

/** A letter counts as long as so many seconds after it was written: what is older is a replay. */
export const MAX_AGE_S = 14 * 86_400;
const MAX_AHEAD_S = 900;
const MAX_REMEMBERED = 1_000;

/** The one place where the wraps of all relays come together: each opened once, the cheapest checks first. */
export function createDmIntake(options: DmIntakeOptions): EventIntake {
  const { settled, turns, take, signal, now } = options;
  /** Letters in the order in which they were opened: the same one comes from several relays. */
  let line: Promise<unknown> = Promise.resolve();

  const letters = createRecentIds(MAX_REMEMBERED);

  /** The same letter may have been wrapped anew. */
  async function takeOnce(letter: DirectMessage): Promise<void> {
    if (letters.has(letter.id)) return;
    await take(letter);
    letters.add({ id: letter.id, createdAt: letter.created_at });
  }

  function taken(letter: DirectMessage): Promise<void> {
    const mine = line.then(() => takeOnce(letter));
    line = mine.catch(() => undefined);
    return mine;
  }

  async function judge(candidate: unknown): Promise<Judgement> {
    const screening = screenGiftWrap(candidate, options);
    if (screening.status === 'rejected') return screening;
    const { id } = screening.event;
    const known: Judgement = { status: 'known', id };
    if (settled.has(id)) return known;
    const opened = await turns(() => (settled.has(id) ? undefined : openGiftWrap(screening.event, options)));
    if (!opened) return known;
    if (opened.status === 'opened') {
      const ageS = now() / 1000 - opened.letter.created_at;
      // It may be in time later.
      if (ageS < -MAX_AHEAD_S) return { status: 'rejected', reason: 'from the future', id };
      if (ageS <= MAX_AGE_S) await taken(opened.letter);
    }
    // Only now: what could not be taken comes again.
    await settled.add(id);
    return opened.status === 'opened'
      ? { status: 'fresh', id }
      : { status: 'rejected', reason: 'unreadable', id };
  }

  return {
    async take(frames) {
      const seen: CheckedFrame[] = [];
      for (const frame of frames) {
        if (frame.type !== 'event') seen.push(frame);
        else if (!signal.aborted) seen.push(await judged(frame));
      }
      return seen;
    },
    unknown: async (ids) => ids.filter((id) => !settled.has(id)),
    recent: () => [],
    kindsFromOthers: () => [],
  };

  async function judged({
    event,
    ...frame
  }: Extract<Frame, { readonly type: 'event' }>): Promise<CheckedFrame> {
    const judgement = await judge(event);
    const { created_at } = event as { readonly created_at?: unknown };
    const isDated = Number.isSafeInteger(created_at) && Number(created_at) >= 0;
    return { ...frame, ...judgement, ...(isDated && { createdAt: Number(created_at) }) };
  }
}
