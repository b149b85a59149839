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
