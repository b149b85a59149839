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
import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { LoginRefusedError } from '../../platform.ts';
import type { InvalidRequestGuard } from '../api/invalid-request-guard.ts';
import { createShardingStrategy, type ShardingOptions } from './sharding-strategy.ts';

const DISCORD_API_URL = 'https://discord.com/api';
/** Commands wait for the start-up to end and expire after 3 s: guilds that are slow to arrive are not waited for. */
const WAIT_FOR_GUILDS_MS = 2_000;
const REQUEST_TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 60_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

const AUTHENTICATION_FAILED: number = GatewayCloseCodes.AuthenticationFailed;
/** More servers than the connections may carry: with more of them it goes on. */
const SHARDING_REQUIRED: number = GatewayCloseCodes.ShardingRequired;
/** Closings after which connecting again is pointless (Opcodes and Status Codes, Gateway Close Event Codes). */
const FATAL_CLOSE_CODES: ReadonlySet<number> = new Set([
  AUTHENTICATION_FAILED,
  GatewayCloseCodes.InvalidShard,
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
export function createRestClients(
  token: string,
  apiUrl: string | undefined,
  guard: InvalidRequestGuard,
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

/** With as many shards as Discord recommends where `shards` is left out. */
export function createClient(
  apiUrl: string | undefined,
  guard: InvalidRequestGuard,
  sharding: ShardingOptions,
  shards?: number,
): Client {
  const onlySelf = {
    maxSize: 0,
    keepOverLimit: (one: { id: string; client: Client }) => one.id === one.client.user?.id,
  };
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    ...(shards === undefined
      ? { shards: 'auto' as const }
      : { shards: Array.from({ length: shards }, (_, id) => id), shardCount: shards }),
    allowedMentions: { parse: [] },
    waitGuildTimeout: WAIT_FOR_GUILDS_MS,
    ws: { buildStrategy: createShardingStrategy(sharding) },
    rest: { ...restOptions(apiUrl), timeout: REQUEST_TIMEOUT_MS, makeRequest: guard.forInteractions },
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

export interface ConnectOptions {
  readonly token: string;
  /** A new client with its listeners; each attempt needs its own. With so many shards, or as Discord recommends. */
  readonly create: (shards?: number) => Client;
  /** So many shards were too few while the program ran. */
  readonly tooFewShards?: number | undefined;
  /** How many shards Discord recommends (Get Gateway Bot). */
  readonly recommendedShards: () => Promise<number>;
  readonly texts: Texts;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Why a try failed; another one follows. */
  onFailure(reason: string): void;
}

/** A client that is logged in and knows its guilds; `undefined` where the signal aborted before. Keeps trying. */
export async function connect(connecting: ConnectOptions): Promise<Client<true> | undefined> {
  const { create, token, texts, log, signal, onFailure } = connecting;
  let tooFew = connecting.tooFewShards ?? 0;
  for (let pauseMs = FIRST_RETRY_MS; !signal.aborted; pauseMs = Math.min(2 * pauseMs, MAX_RETRY_MS)) {
    const client = create(tooFew > 0 ? await largerShardCount(tooFew, connecting) : undefined);
    try {
      return await waitUntilReady(client, token, signal);
    } catch (error) {
      await client.destroy();
      if (signal.aborted) return undefined;
      const refusal = fatalReason(error, texts);
      if (refusal !== undefined) throw new LoginRefusedError(refusal);
      const isTooFew = error instanceof GatewayClosed && error.code === SHARDING_REQUIRED;
      if (isTooFew) tooFew = Math.max(tooFew, shardCount(client));
      const reason = isTooFew ? closeCodeText(error.code, texts) : messageOf(error);
      log.warn('gateway.unreachable', { reason, pauseMs });
      onFailure(reason);
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}

/** Calls back when Discord wants more shards than the client has: then it gets nothing more, and another is needed. */
export function onShardingRequired(client: Client, outgrown: (shards: number) => void): void {
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (code === SHARDING_REQUIRED) outgrown(shardCount(client));
  });
}

/** As known since the login began. */
const shardCount = ({ options }: Client): number => options.shardCount ?? 1;

/** What Discord recommends, or twice as many as were too few where it recommends no more than that. */
async function largerShardCount(tooFew: number, { recommendedShards, log }: ConnectOptions): Promise<number> {
  const twice = 2 * tooFew;
  try {
    const recommended = await recommendedShards();
    return recommended > tooFew ? recommended : twice;
  } catch (error) {
    log.warn('shard.unknown', { reason: messageOf(error), shards: twice });
    return twice;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown error');

class GatewayClosed extends Error {
  override readonly name = 'GatewayClosed';
  readonly code: number;
  constructor(code: number) {
    super(`The gateway closed the connection for good (${code})`);
    this.code = code;
  }
}

function waitUntilReady(client: Client, token: string, signal: AbortSignal): Promise<Client<true>> {
  return new Promise((resolve, reject) => {
    client.once(Events.ClientReady, resolve);
    client.once(Events.ShardDisconnect, ({ code }) => reject(new GatewayClosed(code)));
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    client.login(token).catch(reject);
  });
}

function fatalReason(error: unknown, texts: Texts): string | undefined {
  const badToken = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  if (badToken) return texts.discord.refused.token;
  if (!(error instanceof GatewayClosed) || !FATAL_CLOSE_CODES.has(error.code)) return undefined;
  return closeCodeText(error.code, texts);
}

/** What a closing for good is about, for the operator. */
export function closeCodeText(code: number, { discord: { refused } }: Texts): string {
  if (code === AUTHENTICATION_FAILED) return refused.token;
  const known: Readonly<Record<number, string>> = refused.closings;
  return known[code] ?? refused.gateway(code);
}
