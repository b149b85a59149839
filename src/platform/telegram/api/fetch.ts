import { type ClientRequest, type RequestOptions, request as requestOverHttp } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import { redactValues } from '../../../lib/log.ts';

/** What grammY hands over: meant for node-fetch, with an abort signal of its own. */
interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
  readonly signal?: {
    readonly aborted: boolean;
    addEventListener(type: 'abort', listener: () => void): void;
  };
}

/**
 * A request that brought no answer of the Bot API. `code` is Node's (`ECONNREFUSED`), `ABORTED`, `CONNECT_TIMEOUT`,
 * `HTTP_<status>` for a gateway's own page, `NOT_JSON`, or `UNREADABLE`. Carries no cause: those may name the address, and the
 * address holds the token.
 */
export class NoResponse extends Error {
  override readonly name = 'NoAnswer';
  readonly code: string;
  /** False where nothing can have reached the server. */
  readonly mayHaveArrived: boolean;

  constructor(code: string, mayHaveArrived: boolean) {
    super(`No answer from Telegram: ${code}`);
    this.code = code;
    this.mayHaveArrived = mayHaveArrived;
  }
}

/** The code of a success that does not say what was done. */
export const UNEXPECTED_RESPONSE = 'UNREADABLE';

/** Errors before a connection stood: the server has seen nothing. */
const BEFORE_CONNECTION =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|CONNECT_TIMEOUT|ERR_INVALID_URL|ERR_TLS_\w+|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+)$/;
const CONNECT_MS = 10_000;

/**
 * Node's own HTTP client in the form that grammY wants: twice as fast as its fetch. Connections are kept as Node's
 * global agents keep them. Whatever comes back, error or answer, has the token taken out.
 */
export function createFetch(
  token: string,
  connectMs = CONNECT_MS,
): (address: string, request: Request) => Promise<{ json(): Promise<unknown> }> {
  const placeOf = createEndpoints();
  return async (address, request) => {
    const { status, text } = await sendRequest(placeOf(address), request, connectMs);
    return { json: () => Promise.resolve(parseResponse(redactValues(text, [token]), status)) };
  };
}

/** Where a method is called, and how. */
interface Endpoint {
  readonly request: typeof requestOverHttp;
  readonly options: RequestOptions;
  /** The event of a socket that can be written to. */
  readonly connected: 'connect' | 'secureConnect';
}

/** There is one address per method: each is taken apart once. */
function createEndpoints(): (address: string) => Endpoint | undefined {
  const known = new Map<string, Endpoint>();
  return (address) => {
    const place = known.get(address);
    if (place || !URL.canParse(address)) return place;
    const url = new URL(address);
    const options = urlToHttpOptions(url);
    const made: Endpoint =
      url.protocol === 'https:'
        ? { request: requestOverTls, options, connected: 'secureConnect' }
        : { request: requestOverHttp, options, connected: 'connect' };
    known.set(address, made);
    return made;
  };
}

/** One request, and all of its answer. Redirects are not followed: the Bot API has none. */
function sendRequest(
  place: Endpoint | undefined,
  { method = 'POST', headers = {}, body, signal }: Request,
  connectMs: number,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(toNoResponse(error, signal?.aborted ?? false));
    if (!place) return fail({ code: 'ERR_INVALID_URL' });
    const outgoing = place.request({ ...place.options, method, headers });
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('error', fail);
      incoming.on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text }));
    });
    limitConnectTime(outgoing, place.connected, connectMs);
    const abort = (): void => void outgoing.destroy();
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    if (body === undefined || typeof body === 'string') outgoing.end(body);
    else pipeline(body, outgoing, (error) => error && fail(error));
  });
}

function limitConnectTime(outgoing: ClientRequest, connected: Endpoint['connected'], ms: number): void {
  outgoing.once('socket', (socket) => {
    if (!socket.connecting) return;
    const late = (): void =>
      void outgoing.destroy(Object.assign(new Error('No connection'), { code: 'CONNECT_TIMEOUT' }));
    const timer = setTimeout(late, ms);
    const done = (): void => clearTimeout(timer);
    socket.once(connected, done);
    outgoing.once('close', done);
  });
}

function toNoResponse(error: unknown, aborted: boolean): NoResponse {
  if (aborted) return new NoResponse('ABORTED', true);
  const { code, syscall } = error as { readonly code?: unknown; readonly syscall?: unknown };
  const name = typeof code === 'string' ? code : 'REQUEST_FAILED';
  return new NoResponse(name, !BEFORE_CONNECTION.test(name) && syscall !== 'connect');
}

/** What a gateway says for Telegram: the request is too large. */
const TOO_LARGE = 413;

/**
 * Gateways and captive portals answer with pages of their own. What they refuse has not reached Telegram, and is no
 * word of Telegram's about a chat or the token.
 */
function parseResponse(text: string, status: number): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    if (isApiResponse(answer)) return answer;
    if (isObject(answer) && answer['ok'] === true) throw new NoResponse(UNEXPECTED_RESPONSE, true);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (status === TOO_LARGE) return { ok: false, error_code: status, description: 'The request is too large' };
  const isRefused = status >= 400 && status < 500;
  throw new NoResponse(status < 400 ? 'NOT_JSON' : `HTTP_${status}`, !isRefused);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Success has a result, and a refusal its code and reason (Bot API, Making requests). */
function isApiResponse(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (value['ok'] === true) return value['result'] !== undefined && value['result'] !== null;
  return (
    value['ok'] === false && Number.isInteger(value['error_code']) && typeof value['description'] === 'string'
  );
}
