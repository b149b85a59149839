import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wallClock } from '../../sandbox/discord/clock.ts';
import { createGateway, type GatewayOptions } from '../../sandbox/discord/gateway.ts';
import { createRateLimits, OBSERVED_LIMITS } from '../../sandbox/discord/http/rate-limits.ts';
import type { World } from '../../sandbox/discord/world/world.ts';
import { type MinimalResponse, startMinimalHttpServer } from './minimal-http-server.ts';

export const DISCORD_TOKEN = 'bench-token';

const ROUTE = 'POST /channels/:channel/messages';

/** What of a world the gateway tells. */
export type Guilds = Pick<World, 'bot' | 'guilds'>;

/** Called for each complete message; `refused`: by a rate limit. */
export type OnMessage = (body: Buffer, refused: boolean) => void;

/**
 * As much of Discord as sending needs: the sandbox's gateway and rate limits, and the same response to every message. Resolves
 * with the address of the API.
 */
export async function startMinimalDiscord(
  world: Guilds,
  limited: boolean,
  heard: OnMessage,
  identifies?: GatewayOptions['identifies'],
): Promise<string> {
  const gateway = await startGateway(world, identifies);
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
async function startGateway(
  world: Guilds,
  identifies: GatewayOptions['identifies'],
): Promise<MinimalResponse> {
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
    identifies,
  });
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
  const limit = {
    total: 1000,
    remaining: 999,
    reset_after: 86_400_000,
    max_concurrency: gateway.maxConcurrency,
  };
  return { body: JSON.stringify({ url, shards: gateway.recommended(), session_start_limit: limit }) };
}
