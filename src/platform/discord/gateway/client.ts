import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
} from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import { createBackoff } from '../../../lib/backoff.ts';
import type { Delay } from '../../../lib/delay.ts';
import type { Log } from '../../../lib/log.ts';
import { LoginRefusedError } from '../../platform.ts';
import type { InvalidRequestGuard } from '../api/invalid-request-guard.ts';
import { REQUEST_TIMEOUT_MS, restOptions } from '../api/rest-clients.ts';
import { createIdentifyThrottler, type IdentifyLeases } from './identify-throttler.ts';
import { allShards, type ShardRange, shardIds } from './shard-range.ts';
import { createShardingStrategy, type ShardingOptions } from './sharding-strategy.ts';

/** Commands that arrive during startup expire after 3 s, so don't wait for slow guilds. */
const WAIT_FOR_GUILDS_MS = 2_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

const AUTHENTICATION_FAILED: number = GatewayCloseCodes.AuthenticationFailed;
/** The bot is in more servers than its shards may serve, and must log in with more shards. */
const SHARDING_REQUIRED: number = GatewayCloseCodes.ShardingRequired;
/** Reconnecting is pointless after these (Opcodes and Status Codes, Gateway Close Event Codes). */
const FATAL_CLOSE_CODES: ReadonlySet<number> = new Set([
  AUTHENTICATION_FAILED,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
]);

export const isShardingRequired = (code: number): boolean => code === SHARDING_REQUIRED;

export const isFatalClose = (code: number): boolean => FATAL_CLOSE_CODES.has(code);

export interface GatewayOptions extends ShardingOptions {
  /** How processes that have a range of shards each take turns. Without, only the shards of this process do. */
  readonly identifyLeases: IdentifyLeases | undefined;
  /** Aborts when the platform stops. */
  readonly signal: AbortSignal;
}

/** `shards` defaults to the recommended number of them. Caches guilds, channels and roles, but no members except the bot. */
export function createClient(
  apiUrl: string | undefined,
  guard: InvalidRequestGuard,
  gateway: GatewayOptions,
  shards?: ShardRange,
): Client {
  const onlySelf = {
    maxSize: 0,
    keepOverLimit: (one: { id: string; client: Client }) => one.id === one.client.user?.id,
  };
  const { identifyLeases: leases } = gateway;
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    ...(shards === undefined
      ? { shards: 'auto' as const }
      : { shards: [...shardIds(shards)], shardCount: shards.total }),
    allowedMentions: { parse: [] },
    waitGuildTimeout: WAIT_FOR_GUILDS_MS,
    ws: {
      buildStrategy: createShardingStrategy(gateway),
      ...(leases && {
        async buildIdentifyThrottler(manager) {
          const { session_start_limit: limit } = await manager.fetchGatewayInformation();
          return createIdentifyThrottler({ ...gateway, leases }, limit.max_concurrency);
        },
      }),
    },
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
  /** Creates a client with its listeners for one attempt. `shards` defaults to the recommended number of them. */
  readonly create: (shards?: ShardRange) => Client;
  /** This process has only these; others have the rest. */
  readonly range: ShardRange | undefined;
  /** The number of shards with which Discord closed the last client as "sharding required". */
  readonly tooFewShards?: number | undefined;
  /** Asks Discord (Get Gateway Bot). */
  readonly recommendedShards: () => Promise<number>;
  readonly texts: Texts;
  readonly log: Log;
  readonly wait: Delay;
  readonly signal: AbortSignal;
  /** Called before every further attempt. */
  onFailure(reason: string): void;
}

/**
 * Retries until a client is logged in and has its guilds, and resolves with it, or with `undefined` if the signal
 * aborts first. Rejects with `LoginRefusedError` if Discord refuses the token or the bot's settings, or if it requires
 * more shards than the processes have between them.
 */
export async function connect(connecting: ConnectOptions): Promise<Client<true> | undefined> {
  const { create, range, token, texts, log, wait, signal, onFailure } = connecting;
  const backoff = createBackoff({ firstMs: FIRST_RETRY_MS, maxMs: MAX_RETRY_MS });
  let tooFew = connecting.tooFewShards ?? 0;
  let isExhausted = false;
  while (!signal.aborted) {
    const shards = range ?? (tooFew > 0 ? allShards(await largerShardCount(tooFew, connecting)) : undefined);
    const client = create(shards);
    try {
      return await waitUntilReady(client, token, signal);
    } catch (error) {
      await client.destroy();
      if (signal.aborted) return undefined;
      const refusal = fatalReason(error, texts);
      if (refusal !== undefined) throw new LoginRefusedError(refusal);
      const isTooFew = error instanceof GatewayClosed && error.code === SHARDING_REQUIRED;
      if (isTooFew && range) throw new LoginRefusedError(texts.discord.refused.tooFewShards(range.total));
      if (isTooFew) tooFew = Math.max(tooFew, shardCount(client));
      const lacking = lackingSessions(error);
      const reason = isTooFew
        ? closeCodeText(error.code, texts)
        : lacking
          ? texts.discord.errors.exhausted(lacking.needed, lacking.remaining)
          : messageOf(error);
      const pauseMs = backoff.next();
      if (!lacking) log.warn('gateway.unreachable', { reason, pauseMs });
      else if (!isExhausted) log.error('gateway.exhausted', lacking);
      isExhausted = lacking !== undefined;
      onFailure(reason);
      await wait(pauseMs, signal);
    }
  }
  return undefined;
}

/** Calls back with the shard count if Discord closes the client for having too few. It must then be replaced. */
export function onShardingRequired(client: Client, onRequired: (shards: number) => void): void {
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (code === SHARDING_REQUIRED) onRequired(shardCount(client));
  });
}

/** Known once the client has logged in. */
const shardCount = ({ options }: Client): number => options.shardCount ?? 1;

/**
 * How many logins Discord still allows today, if discord.js found them to be too few: 1,000 for most bots, and whoever goes
 * beyond gets a new token (Gateway, Session Start Limit).
 */
function lackingSessions(error: unknown): { needed: number; remaining: number; until: string } | undefined {
  const [, needed, remaining, until] =
    /^Not enough sessions remaining to spawn (\d+) shards; only (\d+) remaining; resets at (\S+)/u.exec(
      messageOf(error),
    ) ?? [];
  return until === undefined ? undefined : { needed: Number(needed), remaining: Number(remaining), until };
}

/** The recommended number if that is larger, otherwise twice as many. */
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
  if (!(error instanceof GatewayClosed) || !isFatalClose(error.code)) return undefined;
  return closeCodeText(error.code, texts);
}

/** What a close code means, for the operator. */
export function closeCodeText(code: number, { discord: { refused } }: Texts): string {
  if (code === AUTHENTICATION_FAILED) return refused.token;
  const known: Readonly<Record<number, string>> = refused.closings;
  return known[code] ?? refused.gateway(code);
}
