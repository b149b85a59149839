import type { Scope } from './rate-limits.ts';

/** What goes wrong with a request. */
export type Effect =
  /** Refused without being carried out. The others fill Discord's error body; without a code it says 0. */
  | {
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly errors?: object;
    }
  /** 429 without being carried out, to be retried after so many seconds; of scope `user` where left out. */
  | { readonly limit: { readonly retryAfter: number; readonly scope?: Scope } }
  /** Not carried out: what stands before Discord answers with a page of its own. */
  | { readonly page: number; readonly retryAfter?: number }
  /** Carried out, and answered with that as JSON in place of what there is to say; empty where it is undefined. */
  | { readonly garbled: unknown }
  /** Carried out; the answer never comes. */
  | 'lost'
  /** The connection is cut before the request is carried out, or after it and before the answer. */
  | 'reset before'
  | 'reset after'
  /** Carried out and answered, so many milliseconds of the server's clock late. */
  | { readonly delayMs: number };

export interface Fault {
  /** Method and path pattern, such as `POST /channels/:channel/messages`; any request where left out. */
  readonly route?: string;
  /** Only where the path holds this: one channel's id, say. */
  readonly containing?: string;
  /** How many requests it befalls; 1 where left out. */
  readonly times?: number;
  /** Told when a request comes that it befalls, before anything becomes of that. */
  readonly onHit?: () => void;
  readonly effect: Effect;
}

/** Faults waiting for their requests, first come first served. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The fault that befalls this request, used up by asking. */
  take(route: string | undefined, path: string): Effect | undefined;
}

export function createFaults(): Faults {
  let waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void waiting.push({ fault, left: fault.times ?? 1 }),
    clear: () => {
      waiting = [];
    },
    take(route, path) {
      const found = waiting.find(
        ({ fault }) =>
          (fault.route === undefined || fault.route === route) &&
          (fault.containing === undefined || path.includes(fault.containing)),
      );
      if (!found) return undefined;
      found.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      found.fault.onHit?.();
      return found.fault.effect;
    },
  };
}
