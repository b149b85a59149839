import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wallClock } from '../../sandbox/discord/clock.ts';
import { createGateway } from '../../sandbox/discord/gateway.ts';
import { createRateLimits, OBSERVED_LIMITS } from '../../sandbox/discord/http/rate-limits.ts';
import type { World } from '../../sandbox/discord/world/world.ts';
import { type MinimalResponse, startMinimalHttpServer } from './minimal-http-server.ts';

export const DISCORD_TOKEN = 'bench-token';

const ROUTE = 'POST /channels/:channel/messages';

/** Called for each complete message; `refused`: by a rate limit. */
export type OnMessage = (body: Buffer, refused: boolean) => void;

/**
 * As much of Discord as sending needs: the sandbox's gateway and rate limits, and the same response to every message. Resolves
 * with the address of the API.
 */
export async function startMinimalDiscord(world: World, limited: boolean, heard: OnMessage): Promise<string> {
  const gateway = await startGateway(world);
  const limits = createRateLimits(wallClock, limited ? OBSERVED_LIMITS : 'off');
  const nothing: MinimalResponse = { body: '[]' };
  const sent: MinimalResponse = { body: JSON.stringify({ id: '1300000000000000000', type: 0, content: '' }) };
  const api = await startMinimalHttpServer(({ line, body }) => {
    const [, channel] = /^POST \/api\/v10\/channels\/(\d+)\/messages$/.exec(line) ?? [];
    if (channel === undefined) return line.endsWith('/gateway/bot') ? gateway : nothing;
    const { headers, retryAfter, global = false } = limits.take(ROUTE, { channel }, false);
    heard(body, retryAfter !== undefined);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return retryAfter === undefined
      ? { ...sent, headers: lines }
      : {
          status: 429,
          headers: [...lines, `Retry-After: ${Math.ceil(retryAfter)}`],
          body: JSON.stringify({ message: 'You are being rate limited.', retry_after: retryAfter, global }),
        };
  });
  return `${api}/api`;
}

/** Resolves with the response to a request for the gateway. */
async function startGateway(world: World): Promise<MinimalResponse> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/gateway`;
  const gateway = createGateway({
    token: () => DISCORD_TOKEN,
    clock: wallClock,
    sessionStarts: 1_000,
    resetToken: () => {},
    bot: world.bot,
    guilds: () => world.guilds.values(),
    url: () => url,
    privilegedIntents: 0,
    heartbeatMs: 41_250,
    heard: () => {},
  });
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
  const session_start_limit = { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 };
  return { body: JSON.stringify({ url, shards: 1, session_start_limit }) };
}
