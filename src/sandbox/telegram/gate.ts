import { type Faults, refusalOf } from './faults.ts';
import type { Params } from './params.ts';
import type { RateLimiter } from './rate-limit.ts';

/** How an answer leaves: as usual, as another one, or not at all. */
export type Verdict =
  | { readonly kind: 'pass' }
  /** Answers that, without carrying out the call. */
  | { readonly kind: 'answer'; readonly status: number; readonly type: string; readonly body: string }
  /** Breaks the connection without carrying out the call. */
  | { readonly kind: 'reset' }
  /** Carries out the call and breaks the connection. */
  | { readonly kind: 'lose' };

/** What stands between a request and its method: faults and rate limits. Throws to refuse. */
export interface Gate {
  before(method: string, params: Params): Promise<Verdict>;
}

export function createGate(faults: Faults, limiter: RateLimiter | undefined): Gate {
  return {
    async before(method, params) {
      const mishap = faults.next(method, params);
      limiter?.(method, params);
      switch (mishap?.kind) {
        case undefined:
          return { kind: 'pass' };
        case 'refuse':
          throw refusalOf(mishap);
        case 'page':
          return { kind: 'answer', status: mishap.status, type: 'text/html', body: mishap.body };
        case 'reset':
          return { kind: mishap.when === 'before' ? 'reset' : 'lose' };
        case 'hold':
          await mishap.until;
          return { kind: 'pass' };
      }
    },
  };
}
