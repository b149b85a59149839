import { redacted } from '../../log.ts';

/** What grammY hands over: meant for node-fetch, with an abort signal of its own. */
interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestInit['body'];
  readonly signal?: {
    readonly aborted: boolean;
    addEventListener(type: 'abort', listener: () => void): void;
  };
}

/**
 * A request that brought no answer of the Bot API. `code` is Node's or undici's (`ECONNREFUSED`), `ABORTED`,
 * `HTTP_<status>` for a gateway's own page, or `NOT_JSON`. Carries no cause: those may name the address, and the
 * address holds the token.
 */
export class NoAnswer extends Error {
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

/** Errors before a connection stood: the server has seen nothing. */
const BEFORE_CONNECTION =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|ERR_TLS_\w+|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+)$/;

/**
 * Node's own fetch in the form that grammY wants: its abort signal is of another kind, and its options for node-fetch
 * are unknown here. Whatever comes back, error or answer, has the token taken out.
 */
export function createFetch(
  token: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): (url: string, request: Request) => Promise<{ json(): Promise<unknown> }> {
  return async (url, request) => {
    const controller = new AbortController();
    if (request.signal?.aborted) controller.abort();
    request.signal?.addEventListener('abort', () => controller.abort());
    const { response, text } = await reach(fetch, url, request, controller.signal);
    return { json: () => Promise.resolve(readAnswer(redacted(text, [token]), response.status)) };
  };
}

async function reach(
  fetch: typeof globalThis.fetch,
  url: string,
  { method = 'POST', headers, body }: Request,
  signal: AbortSignal,
): Promise<{ response: Response; text: string }> {
  try {
    const init: RequestInit = { method, signal };
    // `connection` is not for callers of fetch to set.
    if (headers) init.headers = Object.entries(headers).filter(([name]) => name !== 'connection');
    if (body) Object.assign(init, { body, duplex: 'half' });
    const response = await fetch(url, init);
    return { response, text: await response.text() };
  } catch (error) {
    throw noAnswerFrom(error, signal);
  }
}

function noAnswerFrom(error: unknown, signal: AbortSignal): NoAnswer {
  if (signal.aborted) return new NoAnswer('ABORTED', true);
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const { code, syscall } = cause as { readonly code?: unknown; readonly syscall?: unknown };
  const name = typeof code === 'string' ? code : 'FETCH_FAILED';
  return new NoAnswer(name, !BEFORE_CONNECTION.test(name) && syscall !== 'connect');
}

/** Gateways and captive portals answer with pages of their own. */
function readAnswer(text: string, status: number): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'ok' in answer) return answer;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (status < 400 || status >= 500) throw new NoAnswer(status >= 500 ? `HTTP_${status}` : 'NOT_JSON', true);
  return { ok: false, error_code: status, description: `HTTP ${status} without a description` };
}
