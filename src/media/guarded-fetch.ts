import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicUrl } from '../lib/private-addresses.ts';
import type { Refused } from './download.ts';

export interface GuardedFetchOptions {
  /** Resolves the address that is connected to. Has to refuse private ones. */
  readonly lookup: LookupFunction;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);
/** Content types that media never have. All others are ignored, since the bytes decide. */
const WRONG_TYPE = /^(?:text\/|application\/(?:xhtml|xml|json|javascript)|image\/svg)/iu;
const HEADERS = { accept: 'image/*, video/*, audio/*', 'accept-encoding': 'identity' };

const refused = (reason: string): Refused => ({ status: 'refused', reason });

/**
 * Downloads from a public web address, without cookies or credentials. Each address on the way, redirects included, is
 * checked as written, and the IP address it resolves to is checked before connecting. Never throws.
 */
export async function guardedFetch(
  address: string,
  options: GuardedFetchOptions,
): Promise<{ readonly status: 'received'; readonly bytes: Buffer } | Refused> {
  let url = address;
  try {
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const problem = problemOf(url);
      if (problem) return refused(problem);
      const response = await sendRequest(url, options);
      const { location } = response.headers;
      if (REDIRECTS.has(response.statusCode) && location !== undefined) {
        response.destroy();
        const next = URL.parse(location, url);
        if (!next) return refused('a redirect to nowhere');
        url = next.href;
        continue;
      }
      return await receive(response, options.maxBytes);
    }
    return refused('too many redirects');
  } catch (error) {
    return refused(
      options.signal.aborted ? 'took too long' : error instanceof Error ? error.message : 'failed',
    );
  }
}

/** Why an address isn't requested. */
function problemOf(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return 'not a web address';
  if (url.username || url.password) return 'an address with credentials';
  return isPublicUrl(url.href) ? undefined : 'not a public address';
}

function sendRequest(url: string, { lookup, signal }: GuardedFetchOptions): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // No agent, because the address of a reused connection wouldn't be resolved and checked again.
  const settings: RequestOptions = { lookup, signal, agent: false, headers: HEADERS };
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  send(url, settings, resolve).on('error', reject).end();
  return promise;
}

async function receive(response: IncomingMessage, maxBytes: number) {
  const problem = problemIn(response, maxBytes);
  if (problem) {
    response.destroy();
    return refused(problem);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Returning closes the connection.
    if (size > maxBytes) return refused('too large');
    chunks.push(chunk);
  }
  return { status: 'received', bytes: Buffer.concat(chunks, size) } as const;
}

function problemIn({ statusCode, headers }: IncomingMessage, maxBytes: number): string | undefined {
  if (statusCode !== 200) return `HTTP ${statusCode}`;
  if (Number(headers['content-length']) > maxBytes) return 'too large';
  const type = headers['content-type'] ?? '';
  return WRONG_TYPE.test(type) ? `not media: ${type.slice(0, 100)}` : undefined;
}
