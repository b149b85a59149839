import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  REST,
} from 'discord.js';
import type { Log } from '../../log.ts';
import type { Texts } from '../../text/texts.ts';
import { RefusedByPlatform } from '../platform.ts';
import type { Guard } from './guard.ts';
import { createSharding, type ShardingParts } from './sharding.ts';

const DISCORD_API_URL = 'https://discord.com/api';
/** Commands wait for the start-up to end and expire after 3 s: guilds that are slow to arrive are not waited for. */
const WAIT_FOR_GUILDS_MS = 2_000;
const REQUEST_TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

const AUTHENTICATION_FAILED: number = GatewayCloseCodes.AuthenticationFailed;
/** Closings after which connecting again is pointless (Opcodes and Status Codes, Gateway Close Event Codes). */
const FINAL_CLOSINGS: ReadonlySet<number> = new Set([
  AUTHENTICATION_FAILED,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
]);

const restOptions = (apiUrl = DISCORD_API_URL) => ({
  api: apiUrl.replace(/\/+$/u, ''),
  retries: 0,
});

/**
 * For deliveries: apart from the client's, so that answers don't queue behind them, and never waiting by itself.
 * Refuses by itself what would be more than `requestsPerSecond`.
 */
export function createSendingRest(
  token: string,
  apiUrl: string | undefined,
  guard: Guard,
  requestsPerSecond: number,
  timeoutMs = REQUEST_TIMEOUT_MS,
): { readonly rest: REST; readonly uploading: REST } {
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

export function createClient(apiUrl: string | undefined, guard: Guard, sharding: ShardingParts): Client {
  const onlySelf = {
    maxSize: 0,
    keepOverLimit: (one: { id: string; client: Client }) => one.id === one.client.user?.id,
  };
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    waitGuildTimeout: WAIT_FOR_GUILDS_MS,
    ws: { buildStrategy: createSharding(sharding) },
    rest: { ...restOptions(apiUrl), timeout: REQUEST_TIMEOUT_MS, makeRequest: guard.forAnswers },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      ThreadMemberManager: 0,
      GuildMemberManager: onlySelf,
      UserManager: onlySelf,
    }),
  });
}

export interface Connecting {
  readonly token: string;
  /** A new client with its listeners; each attempt needs its own. */
  readonly create: () => Client;
  readonly texts: Texts;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Why a try failed; another one follows. */
  failed(reason: string): void;
}

/** A client that is logged in and knows its guilds; `undefined` where the signal aborted before. Keeps trying. */
export async function connect(connecting: Connecting): Promise<Client<true> | undefined> {
  const { create, token, texts, log, signal, failed } = connecting;
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const client = create();
    try {
      return await ready(client, token, signal);
    } catch (error) {
      await client.destroy();
      if (signal.aborted) return undefined;
      const refusal = refusalOf(error, texts);
      if (refusal !== undefined) throw new RefusedByPlatform(refusal);
      const reason = error instanceof Error ? error.message : 'unknown error';
      log.warn('gateway.unreachable', { reason, pauseMs });
      failed(reason);
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}

class GatewayClosed extends Error {
  override readonly name = 'GatewayClosed';
  readonly code: number;
  constructor(code: number) {
    super(`The gateway closed the connection for good (${code})`);
    this.code = code;
  }
}

function ready(client: Client, token: string, signal: AbortSignal): Promise<Client<true>> {
  return new Promise((resolve, reject) => {
    client.once(Events.ClientReady, resolve);
    client.once(Events.ShardDisconnect, ({ code }) => reject(new GatewayClosed(code)));
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    client.login(token).catch(reject);
  });
}

function refusalOf(error: unknown, texts: Texts): string | undefined {
  const badToken = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  if (badToken) return texts.discord.refused.token;
  if (!(error instanceof GatewayClosed) || !FINAL_CLOSINGS.has(error.code)) return undefined;
  return closingText(error.code, texts);
}

/** What a closing for good is about, for the operator. */
export function closingText(code: number, texts: Texts): string {
  return code === AUTHENTICATION_FAILED ? texts.discord.refused.token : texts.discord.refused.gateway(code);
}
