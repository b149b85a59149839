import { itemFailed } from '../methods/album.ts';
import { type Faults, toRefusal } from './faults.ts';
import { jsonParam, type Params } from './params.ts';
import type { RateLimiter } from './rate-limits.ts';
import { badRequest, type Refusal } from './refusal.ts';

/** The outcome for a call. */
type Verdict =
  | { readonly kind: 'pass' }
  /** Sends this answer without carrying out the call. */
  | { readonly kind: 'answer'; readonly status: number; readonly type: string; readonly body: string }
  /** Breaks the connection without carrying out the call. */
  | { readonly kind: 'reset' }
  /** Carries out the call and sends this answer. */
  | { readonly kind: 'garble'; readonly body: string }
  /** Carries out the call and breaks the connection. */
  | { readonly kind: 'lose' }
  /** Carries out part of the call, then refuses it. */
  | { readonly kind: 'break-off'; readonly part: Params; readonly refusal: Refusal };

/** Applies faults and rate limits before a method runs. Throws to refuse. */
export interface CallGate {
  before(method: string, params: Params): Promise<Verdict>;
}

/** Calls that are not carried out don't count against the limits. */
export function createCallGate(faults: Faults, limiter: RateLimiter | undefined): CallGate {
  return {
    async before(method, params) {
      const mishap = faults.take(method, params);
      switch (mishap?.kind) {
        case 'refuse':
          throw toRefusal(mishap);
        case 'page':
          return { kind: 'answer', status: mishap.status, type: 'text/html', body: mishap.body };
        case 'reset':
          if (mishap.when === 'before') return { kind: 'reset' };
          limiter?.(method, params);
          return { kind: 'lose' };
        case 'garble':
          limiter?.(method, params);
          return mishap;
        case 'break-off': {
          limiter?.(method, params);
          const part = firstItems(params, mishap.after);
          const tooMany = `Too Many Requests: retry after ${mishap.retryAfter}`;
          return { kind: 'break-off', part, refusal: badRequest(itemFailed(1, tooMany)) };
        }
        case 'hold':
          await mishap.until;
          limiter?.(method, params);
          return { kind: 'pass' };
        case undefined:
          limiter?.(method, params);
          return { kind: 'pass' };
      }
    },
  };
}

function firstItems(params: Params, count: number): Params {
  const media = jsonParam(params, 'media', 'media');
  if (!Array.isArray(media)) throw new RangeError('Cannot break off a call that is no album');
  return { ...params, fields: { ...params.fields, media: JSON.stringify(media.slice(0, count)) } };
}
