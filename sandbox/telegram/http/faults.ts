import type { Params } from './params.ts';
import { Refusal } from './refusal.ts';

/** How a call fails. */
export type FaultEffect =
  /** Refuses with an error as the real server words it. */
  | {
      readonly kind: 'refuse';
      readonly code: number;
      readonly description: string;
      readonly retryAfter?: number;
      readonly migrateTo?: number;
    }
  /** Answers with a proxy's error page, by default 502 and HTML. */
  | { readonly kind: 'page'; readonly status: number; readonly body: string }
  /** Carries the call out, but answers 200 with this instead of the result. */
  | { readonly kind: 'garble'; readonly body: string }
  /** Breaks the connection before the call is carried out, or after. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /**
   * Sends the first `after` items of an album, at least two, and then refuses it as rate-limited. The refusal doesn't say which
   * items were sent: its number counts failures.
   */
  | { readonly kind: 'break-off'; readonly after: number; readonly retryAfter: number }
  /** Carries the call out when the promise settles. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> };

export interface Fault {
  /** Any method if missing. */
  readonly method?: string;
  /** Only calls whose arguments, all strings, pass. */
  readonly when?: (fields: Readonly<Record<string, string>>) => boolean;
  /** How many calls. Default 1. */
  readonly times?: number;
  /** Called when the fault hits a call, before it takes effect. */
  readonly onHit?: () => void;
  readonly effect: FaultEffect;
}

/** Faults that haven't happened yet. */
export interface Faults {
  /** Returns a function that cancels what remains. */
  add(fault: Fault): () => void;
  /** The fault for this call, if any, which uses it up. */
  take(method: string, params: Params): FaultEffect | undefined;
}

export function createFaults(): Faults {
  const pending = new Map<Fault, number>();
  return {
    add(fault) {
      const mine = { ...fault };
      pending.set(mine, fault.times ?? 1);
      return () => pending.delete(mine);
    },
    take(method, params) {
      for (const [fault, left] of pending) {
        const meant = fault.method === undefined || fault.method.toLowerCase() === method.toLowerCase();
        if (!meant || fault.when?.(params.fields) === false) continue;
        if (left > 1) pending.set(fault, left - 1);
        else pending.delete(fault);
        fault.onHit?.();
        return fault.effect;
      }
      return undefined;
    },
  };
}

export function toRefusal(mishap: Extract<FaultEffect, { readonly kind: 'refuse' }>): Refusal {
  const { code, description, retryAfter, migrateTo } = mishap;
  const parameters = {
    ...(retryAfter !== undefined && { retry_after: retryAfter }),
    ...(migrateTo !== undefined && { migrate_to_chat_id: migrateTo }),
  };
  return new Refusal(code, description, Object.keys(parameters).length > 0 ? parameters : undefined);
}
