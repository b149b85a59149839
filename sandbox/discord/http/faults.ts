import type { Scope } from './rate-limits.ts';

/** How a request fails. */
export type Effect =
  /** Refused. `code` defaults to 0. */
  | {
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly errors?: object;
    }
  /** Refused with 429. `retryAfter` in seconds; `scope` defaults to `user`. */
  | { readonly limit: { readonly retryAfter: number; readonly scope?: Scope } }
  /** Refused by a proxy in front of Discord, with an HTML page. */
  | { readonly page: number; readonly retryAfter?: number }
  /** Carried out, but answered with this JSON; undefined means an empty body. */
  | { readonly garbled: unknown }
  /** Carried out, but never answered. */
  | 'lost'
  /** The connection is cut before the request is carried out, or afterwards and before the response. */
  | 'reset before'
  | 'reset after'
  /** Answered late, by the server's clock. */
  | { readonly delayMs: number };

export interface Fault {
  /** Such as `POST /channels/:channel/messages`. Default: any request. */
  readonly route?: string;
  /** Only requests whose path contains this, such as a channel's id. */
  readonly containing?: string;
  /** How many requests fail. Default: 1. */
  readonly times?: number;
  /** Called when a request is about to fail. */
  readonly onHit?: () => void;
  readonly effect: Effect;
}

/** Pending faults. The first one that matches a request applies. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Returns the fault for this request, and counts it as used. */
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
