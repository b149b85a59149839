import type { Clock } from './clock.ts';

/** Takes the `Date` header of a server's answer, as it arrives. */
export type ServerDateListener = (header: string | undefined) => void;

/** How far the system clock is from what servers say, without asking any of them for it. */
export interface ServerClock {
  /** What takes the dates of one server. */
  listenerFor(server: string): ServerDateListener;
  /** Milliseconds the system clock is ahead, by server (negative: behind), of those that answered within the hour. */
  offsetsMs(): ReadonlyMap<string, number>;
}

/** A clock that is off by more than this, in milliseconds, deserves attention. */
export const NOTICEABLE_OFFSET_MS = 60_000;

/** What the clock is off by, in milliseconds: the smallest offset, since a single server may be the one that's wrong. */
export const likelyOffsetMs = (offsetsMs: ReadonlyMap<string, number>): number | undefined =>
  [...offsetsMs.values()].toSorted((a, b) => Math.abs(a) - Math.abs(b))[0];

/** Older answers say nothing about the clock of now. */
const VALID_MS = 60 * 60_000;
/** A header has whole seconds, rounded down. */
const HALF_SECOND_MS = 500;

export function createServerClock(clock: Pick<Clock, 'now' | 'steady'>): ServerClock {
  const heard = new Map<string, { readonly offsetMs: number; readonly atMs: number }>();
  return {
    listenerFor: (server) => (header) => {
      const serverMs = Date.parse(header ?? '');
      if (Number.isNaN(serverMs)) return;
      heard.set(server, { offsetMs: clock.now() - serverMs - HALF_SECOND_MS, atMs: clock.steady() });
    },
    offsetsMs: () =>
      new Map(
        [...heard].flatMap(([server, { offsetMs, atMs }]) =>
          clock.steady() - atMs > VALID_MS ? [] : [[server, offsetMs] as const],
        ),
      ),
  };
}
