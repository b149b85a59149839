import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import { networkOf } from '../../lib/private-addresses.ts';
import { createRateLimiter, type RateLimiter } from '../../lib/rate-limiter.ts';

/** `open`: show the page. The others are reasons to refuse. */
export type PageAccess = 'open' | 'no-password-set' | 'password-needed' | 'too-many-attempts';

/** Wrong passwords per address. After that, even the right one is refused for a while. */
const ATTEMPTS = { count: 10, perMs: 5 * 60_000 };
export const ATTEMPTS_WAIT_S = ATTEMPTS.perMs / 1000;
/** The number of addresses that are remembered. */
const MAX_ADDRESSES = 10_000;
/** Headers in which proxies name the client. With one of them, the request isn't from this machine. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip'];

export interface AccessParts {
  /** `STATUS_PASSWORD`; without it, only this machine may see the page. */
  readonly password?: string | undefined;
  /** Milliseconds on a clock that never jumps. */
  steady(): number;
}

/** Decides who sees the status page. `isForThisMachine`: the server listens on loopback only. */
export function createPageAccess({ password, steady }: AccessParts) {
  const expected = password === undefined ? undefined : digest(password);
  const attempts = new LRUCache<string, RateLimiter>({ max: MAX_ADDRESSES });

  return (request: IncomingMessage, isForThisMachine: boolean): PageAccess => {
    if (expected === undefined) {
      const isForwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
      return isForThisMachine && !isForwarded ? 'open' : 'no-password-set';
    }
    const given = passwordIn(request.headers.authorization);
    if (given === undefined) return 'password-needed';
    const network = networkOf(request.socket.remoteAddress ?? '');
    const limiter = attempts.get(network) ?? createRateLimiter(() => [ATTEMPTS]);
    if (limiter.delayMs(1, steady()) > 0) return 'too-many-attempts';
    if (timingSafeEqual(digest(given), expected)) return 'open';
    limiter.acquire(1, steady());
    attempts.set(network, limiter);
    return 'password-needed';
  };
}

/** Digests have the same length, so that comparing them takes constant time. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The password of HTTP Basic (RFC 7617), in UTF-8. The user name is ignored. */
function passwordIn(header: string | undefined): string | undefined {
  const encoded = /^basic +([\w+/=-]+) *$/iu.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [, password] = /^[^:]*:(.*)$/su.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return password;
}
