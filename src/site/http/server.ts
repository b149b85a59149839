import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../lib/log.ts';
import type { Metrics } from '../../lib/metrics.ts';
import { createKeyedRateLimiters, type Rate } from '../../lib/rate-limiter.ts';
import type { Answer } from '../answer.ts';
import type { Site } from '../site.ts';
import { clientAddress } from './client-address.ts';
import { compress } from './compress.ts';
import { createChangeLog, isUnchanged } from './validators.ts';

export interface SiteServerParts {
  readonly host: string;
  readonly port: number;
  readonly site: Pick<Site, 'answer' | 'problem' | 'isExpensive'>;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'add' | 'observe'>;
  readonly clock: { now(): number; steady(): number };
  readonly limits?: Partial<SiteLimits>;
}

/** What clients may use. */
export interface SiteLimits {
  /** For a whole request to arrive, in milliseconds. */
  readonly requestMs: number;
  /** Without any data transferred, in milliseconds. */
  readonly idleMs: number;
  /** Of the request line and its headers. A body is never read. */
  readonly headerBytes: number;
  readonly connections: number;
  /** Concurrent answers; further requests are told to retry. */
  readonly atOnce: number;
  /** Per address (`client-address.ts`): for all requests, and for expensive ones. */
  readonly each: Rate;
  readonly expensive: Rate;
}

const LIMITS: SiteLimits = {
  requestMs: 10_000,
  idleMs: 20_000,
  headerBytes: 16_384,
  connections: 512,
  atOnce: 32,
  each: { count: 300, perMs: 60_000 },
  expensive: { count: 20, perMs: 60_000 },
};

export interface SiteServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** How often failures are logged, at most. */
const LOG_INTERVAL_MS = 60_000;
const YEAR_S = 31_536_000;

/** Pages can't run scripts, send data or embed anything, except images and media from any host. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' https: http:; media-src https: http:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
  'cross-origin-opener-policy': 'same-origin',
};

/** Serves the public site. Rejects if it can't listen on the address. A request can fail only its own answer. */
export async function startSiteServer(parts: SiteServerParts): Promise<SiteServer> {
  const { site, log, metrics, clock } = parts;
  const limits = { ...LIMITS, ...parts.limits };
  const changeOf = createChangeLog(clock.now);
  const limiters = createKeyedRateLimiters(() => limits.each);
  const expensiveLimiters = createKeyedRateLimiters(() => limits.expensive);
  let busy = 0;
  let lastLoggedMs = Number.NEGATIVE_INFINITY;

  /** Milliseconds until this client may make the request. */
  function delayMs(request: IncomingMessage): number {
    const address = clientAddress(request);
    const now = clock.steady();
    const delay = limiters.get(address, now).acquire(1, now);
    return delay > 0 || !site.isExpensive(request.url ?? '')
      ? delay
      : expensiveLimiters.get(address, now).acquire(1, now);
  }

  async function answerTo(
    request: IncomingMessage,
  ): Promise<{ readonly answer: Answer; readonly retryS?: number }> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return { answer: site.problem('method') };
    const retryS = Math.ceil(delayMs(request) / 1000);
    if (retryS > 0) return { answer: site.problem('too-many', retryS), retryS };
    if (busy >= limits.atOnce) return { answer: site.problem('unavailable'), retryS: 1 };
    busy += 1;
    try {
      return { answer: await site.answer(request.url ?? '') };
    } catch (error) {
      if (clock.steady() - lastLoggedMs >= LOG_INTERVAL_MS) {
        lastLoggedMs = clock.steady();
        log.error('site.failing', { error });
      }
      return { answer: site.problem('unavailable'), retryS: 60 };
    } finally {
      busy -= 1;
    }
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedMs = clock.steady();
    const { answer, retryS } = await answerTo(request);
    const status = await send(request, response, answer, retryS);
    metrics.add('site_requests_total', { status: String(status) });
    metrics.observe('site_answer_seconds', {}, (clock.steady() - startedMs) / 1000);
  }

  async function send(
    request: IncomingMessage,
    response: ServerResponse,
    { status, type, body, isImmutable, isOpen, location }: Answer,
    retryS?: number,
  ): Promise<number> {
    const headers: Record<string, string | number> = {
      ...HEADERS,
      'content-type': type,
      vary: 'accept-encoding',
      // Clients may cache pages but must revalidate them, so that deletions take effect at once.
      'cache-control': isImmutable
        ? `public, max-age=${YEAR_S}, immutable`
        : status === 200
          ? 'public, no-cache'
          : 'no-store',
      ...(isOpen && { 'access-control-allow-origin': '*' }),
      ...(location !== undefined && { location }),
      ...(status === 405 && { allow: 'GET, HEAD' }),
      ...(retryS !== undefined && { 'retry-after': retryS }),
      // The rest of the request isn't read.
      ...(status === 405 && { connection: 'close' }),
    };
    if (status === 200) {
      const validators = changeOf(request.url ?? '', body);
      headers['etag'] = validators.etag;
      headers['last-modified'] = new Date(Math.min(validators.lastModifiedMs, clock.now())).toUTCString();
      if (isUnchanged(request.headers, validators)) {
        const { 'content-type': _, ...unchanged } = headers;
        response.writeHead(304, unchanged).end();
        return 304;
      }
    }
    const encoded = await compress(body, request.headers['accept-encoding']);
    if (encoded.encoding) headers['content-encoding'] = encoded.encoding;
    headers['content-length'] = encoded.body.length;
    response.writeHead(status, headers);
    response.end(request.method === 'HEAD' ? undefined : encoded.body);
    return status;
  }

  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.requestMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.ceil(limits.requestMs / 5),
    },
    (request, response) =>
      void respond(request, response).catch((error: unknown) => {
        log.error('site.failing', { error });
        response.destroy();
      }),
  );
  server.maxConnections = limits.connections;
  server.setTimeout(limits.idleMs, (socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(parts.port, parts.host, resolve);
  });
  server.on('error', (error) => log.error('site.failing', { error }));
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
