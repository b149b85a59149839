import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context, RequestRecord } from '../context.ts';
import { ApiError, plainRefusal } from './api-errors.ts';
import { faultResponse, type HttpResponse, rateLimited } from './fault-responses.ts';
import type { Faults } from './faults.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Content, readBytes, readContent } from './read-request.ts';
import type { Found, Router } from './router.ts';

export interface HttpOptions {
  readonly context: Context;
  /** The valid one. */
  readonly token: () => string;
  readonly router: Router;
  readonly faults: Faults;
  readonly limits: RateLimits;
}

const PREFIX = /^\/api\/v10(?=\/)/;
/** Interaction tokens in `/interactions/:id/:token` and `/webhooks/:id/:token`. */
const SECRET = /(?<=^\/(?:interactions|webhooks)\/\d+\/)[^/?]+/;

async function callRoute(found: Found | undefined, url: URL, content: Content, context: Context) {
  if (!found) throw plainRefusal(404, 'Not Found');
  const { route, params } = found;
  return route.handle({ params, query: url.searchParams, ...content }, context);
}

/** Handles REST requests: faults, authorization, rate limits, then the route. */
export function createHttp({ context, token, router, faults, limits }: HttpOptions) {
  async function answer(
    request: IncomingMessage,
    url: URL,
    found: Found | undefined,
    content: () => Promise<Content>,
  ): Promise<HttpResponse> {
    let headers: Readonly<Record<string, string>> = {};
    try {
      const open = found?.route.open === true;
      if (!open && request.headers.authorization !== `Bot ${token()}`)
        throw plainRefusal(401, 'Unauthorized');
      const verdict = limits.take(found?.route.pattern ?? '', found?.params ?? {}, open);
      headers = verdict.headers;
      if (verdict.retryAfter !== undefined)
        return rateLimited(verdict.retryAfter, verdict.global ? 'global' : 'user', headers);
      return { ...(await callRoute(found, url, await content(), context)), headers };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: error.body, headers: { ...headers, ...error.headers } };
    }
  }

  function write(response: ServerResponse, { status, body, page, headers = {} }: HttpResponse): number {
    const code = status ?? (body === undefined ? 204 : 200);
    if (page !== undefined) {
      response.writeHead(code, { ...headers, 'Content-Type': 'text/html' }).end(page);
      return code;
    }
    // Without a body there must be no content type, or clients try to parse JSON.
    response.writeHead(code, {
      ...headers,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      Via: '1.1 loopback',
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
    return code;
  }

  /** Never rejects: errors of this server are answered with 500, so that tests show them. */
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://loopback');
    const path = url.pathname.replace(PREFIX, '');
    const versioned = PREFIX.test(url.pathname);
    const method = request.method ?? 'GET';
    const found = versioned ? router(method, path) : undefined;
    const effect = faults.take(found?.route.pattern, path);
    const record = (content: Content | undefined, status: number) => {
      const entry: RequestRecord = {
        method,
        path: (path + url.search).replace(SECRET, ':token'),
        route: found?.route.pattern,
        body: content?.body,
        files: content?.uploads.map(({ name }) => name) ?? [],
        at: context.clock.now(),
        status,
      };
      context.events.emit('request', entry);
    };
    try {
      const bytes = await readBytes(request);
      let content: Content | undefined;
      const read = async () => (content ??= await readContent(bytes, request.headers['content-type'] ?? ''));
      if (effect === 'reset before') {
        request.socket.destroy();
        return record(await read(), 0);
      }
      const result =
        faultResponse(effect, found?.route.pattern ?? path, context.clock.now()) ??
        (await answer(request, url, found, read));
      if (effect === 'reset after') request.socket.destroy();
      if (effect === 'reset after' || effect === 'lost') return record(content, 0);
      if (typeof effect === 'object' && 'delayMs' in effect)
        await new Promise<void>((resolve) => context.clock.after(effect.delayMs, resolve));
      const isGarbled = typeof effect === 'object' && 'garbled' in effect;
      record(content, write(response, isGarbled ? { ...result, status: 200, body: effect.garbled } : result));
    } catch (error) {
      // The client is gone, or this server has a bug, which the response then names.
      if (!response.headersSent && !request.socket.destroyed)
        record(undefined, write(response, { status: 500, body: { message: String(error), code: 0 } }));
    }
  };
}
