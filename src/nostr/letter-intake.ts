import type { Frame } from './frame.ts';
import type { Intake, Seen } from './intake.ts';
import { type Letter, type OpenOptions, openWrap, screenWrap } from './letter.ts';
import { createMemory } from './memory.ts';
import type { Settled } from './settled.ts';
import type { Turns } from './turns.ts';

export interface LetterIntakeOptions extends OpenOptions {
  /** Wraps that were opened before, whatever was in them. */
  readonly settled: Settled;
  readonly turns: Turns;
  take(letter: Letter): Promise<void>;
  readonly signal: AbortSignal;
  now(): number;
}

type Judgement = Pick<Extract<Seen, { readonly type: 'event' }>, 'status' | 'reason' | 'id'>;

/** A letter counts as long as so many seconds after it was written: what is older is a replay. */
export const FRESH_S = 14 * 86_400;
const MAX_AHEAD_S = 900;
const REMEMBERED = 1_000;

/** The one place where the wraps of all relays come together: each opened once, the cheapest checks first. */
export function createLetterIntake(options: LetterIntakeOptions): Intake {
  const { settled, turns, take, signal, now } = options;
  /** Letters in the order in which they were opened: the same one comes from several relays. */
  let line: Promise<unknown> = Promise.resolve();

  const letters = createMemory(REMEMBERED);

  /** The same letter may have been wrapped anew. */
  async function takeOnce(letter: Letter): Promise<void> {
    if (letters.has(letter.id)) return;
    await take(letter);
    letters.add({ id: letter.id, createdAt: letter.created_at });
  }

  function taken(letter: Letter): Promise<void> {
    const mine = line.then(() => takeOnce(letter));
    line = mine.catch(() => undefined);
    return mine;
  }

  async function judge(candidate: unknown): Promise<Judgement> {
    const screening = screenWrap(candidate, options);
    if (screening.status === 'rejected') return screening;
    const { id } = screening.event;
    const known: Judgement = { status: 'known', id };
    if (settled.has(id)) return known;
    const opened = await turns(() => (settled.has(id) ? undefined : openWrap(screening.event, options)));
    if (!opened) return known;
    if (opened.status === 'opened') {
      const ageS = now() / 1000 - opened.letter.created_at;
      // It may be in time later.
      if (ageS < -MAX_AHEAD_S) return { status: 'rejected', reason: 'from the future', id };
      if (ageS <= FRESH_S) await taken(opened.letter);
    }
    // Only now: what could not be taken comes again.
    await settled.add(id);
    return opened.status === 'opened'
      ? { status: 'fresh', id }
      : { status: 'rejected', reason: 'unreadable', id };
  }

  return {
    async take(frames) {
      const seen: Seen[] = [];
      for (const frame of frames) {
        if (frame.type !== 'event') seen.push(frame);
        else if (!signal.aborted) seen.push(await judged(frame));
      }
      return seen;
    },
    unknown: async (ids) => ids.filter((id) => !settled.has(id)),
    lately: () => [],
    shownByOthers: () => [],
  };

  async function judged({ event, ...frame }: Extract<Frame, { readonly type: 'event' }>): Promise<Seen> {
    const judgement = await judge(event);
    const { created_at } = event as { readonly created_at?: unknown };
    const isDated = Number.isSafeInteger(created_at) && Number(created_at) >= 0;
    return { ...frame, ...judgement, ...(isDated && { createdAt: Number(created_at) }) };
  }
}
