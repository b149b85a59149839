import { Api } from 'grammy';
import { createFetch } from './fetch.ts';

/** Telegram fetches media by address before it answers; that may take it a while. */
const CALL_TIMEOUT_S = 60;
/** How long the server holds a request for updates while there are none. */
export const POLL_TIMEOUT_S = 30;
const POLL_GRACE_S = 15;

/** The Bot API, method by method (https://core.telegram.org/bots/api). Nothing is retried. */
export type Calls = Api['raw'];

/** `polling` waits long enough for a held `getUpdates`; `calls` is for everything else. */
export interface Client {
  readonly calls: Calls;
  readonly polling: Calls;
}

export function createClient(token: string, apiUrl: string | undefined): Client {
  const shared = {
    fetch: createFetch(token),
    ...(apiUrl && { apiRoot: apiUrl.replace(/\/+$/, '') }),
  };
  const withTimeout = (timeoutSeconds: number): Calls => new Api(token, { ...shared, timeoutSeconds }).raw;
  return { calls: withTimeout(CALL_TIMEOUT_S), polling: withTimeout(POLL_TIMEOUT_S + POLL_GRACE_S) };
}
