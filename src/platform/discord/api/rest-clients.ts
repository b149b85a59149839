import { REST } from 'discord.js';
import type { InvalidRequestGuard } from './invalid-request-guard.ts';

const DISCORD_API_URL = 'https://discord.com/api';
export const REQUEST_TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 60_000;

/** For deliveries. They neither retry nor wait for rate limits, but reject. */
export interface RestClients {
  readonly rest: REST;
  /** With a longer timeout, for files. */
  readonly uploading: REST;
}

export const restOptions = (apiUrl = DISCORD_API_URL) => ({
  api: apiUrl.replace(/\/+$/u, ''),
  retries: 0,
});

/**
 * Separate from the gateway client's REST, so that responses to commands don't queue behind deliveries. Requests beyond
 * `requestsPerSecond` are rejected without being sent. `timeoutMs` is for requests without files.
 */
export function createRestClients(
  token: string,
  apiUrl: string | undefined,
  guard: InvalidRequestGuard,
  requestsPerSecond: number,
  timeoutMs = REQUEST_TIMEOUT_MS,
): RestClients {
  const create = (timeout: number): REST =>
    new REST({
      ...restOptions(apiUrl),
      timeout,
      globalRequestsPerSecond: requestsPerSecond,
      makeRequest: guard.forDeliveries,
      rejectOnRateLimit: () => true,
    }).setToken(token);
  return { rest: create(timeoutMs), uploading: create(UPLOAD_TIMEOUT_MS) };
}
