import { Api } from 'grammy';
import { createFetch, type FetchOptions } from './fetch.ts';

/** Long, because Telegram downloads media by address before it answers. */
const CALL_TIMEOUT_S = 60;
/** How long the server holds a request for updates when there are none. */
export const POLL_TIMEOUT_S = 30;
const POLL_GRACE_S = 15;

/** The Bot API, method by method (https://core.telegram.org/bots/api). Nothing is retried. */
export type Calls = Api['raw'];

/** `polling` has a timeout long enough for a held `getUpdates`; `calls` is for everything else. */
export interface Client {
  readonly calls: Calls;
  readonly polling: Calls;
}

export function createClient(token: string, apiUrl: string | undefined, options?: FetchOptions): Client {
  const shared = {
    fetch: createFetch(token, options),
    ...(apiUrl && { apiRoot: apiUrl.replace(/\/+$/, '') }),
  };
  const withTimeout = (timeoutSeconds: number): Calls => new Api(token, { ...shared, timeoutSeconds }).raw;
  return { calls: withTimeout(CALL_TIMEOUT_S), polling: withTimeout(POLL_TIMEOUT_S + POLL_GRACE_S) };
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** The same client, with every call made by `intercept`, which gets the method's name and a function that makes the call. */
export function interceptCalls(
  { calls, polling }: Client,
  intercept: (method: string, call: () => Promise<unknown>) => Promise<unknown>,
): Client {
  const wrap = (raw: Calls): Calls =>
    new Proxy(raw, {
      get(target, name) {
        const method = target[name as keyof typeof target] as unknown as Method;
        if (typeof name !== 'string') return method;
        return (...args: readonly unknown[]) => intercept(name, () => method(...args));
      },
    });
  return { calls: wrap(calls), polling: wrap(polling) };
}
