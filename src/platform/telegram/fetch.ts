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

/** Characters from which the half behind the colon is too long to be a word by chance. */
const MIN_SECRET = 12;

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
    return { json: () => Promise.resolve(readAnswer(redact(text, token), response.status)) };
  };
}

/** The text without the token, in any way it may be written in an address. */
function redact(text: string, token: string): string {
  const secret = token.slice(token.indexOf(':') + 1);
  const forms = [token, encodeURIComponent(token), ...(secret.length >= MIN_SECRET ? [secret] : [])];
  return forms.reduce((clean, form) => (form === '' ? clean : clean.replaceAll(form, '<token>')), text);
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

/** What a gateway says for Telegram: the request is too large. */
const TOO_LARGE = 413;

/**
 * Gateways and captive portals answer with pages of their own. What they refuse has not reached Telegram, and is no
 * word of Telegram's about a chat or the token.
 */
function readAnswer(text: string, status: number): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'ok' in answer) return answer;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (status === TOO_LARGE) return { ok: false, error_code: status, description: 'The request is too large' };
  const isRefused = status >= 400 && status < 500;
  throw new NoAnswer(status < 400 ? 'NOT_JSON' : `HTTP_${status}`, !isRefused);
}
