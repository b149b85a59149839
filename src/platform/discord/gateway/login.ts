import { type APIGatewayBotInfo, type Client, Events, type REST, Routes } from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import { LoginRefusedError } from '../../platform.ts';
import type { InvalidRequestGuard } from '../api/invalid-request-guard.ts';
import { inviteUrl } from '../guilds/invite.ts';
import type { InteractionService } from '../interactions/interactions.ts';
import { closeCodeText, connect, createClient, isShardingRequired, onShardingRequired } from './client.ts';
import type { IdentifyLeases } from './identify-throttler.ts';
import { type ShardHealth, watchShards } from './shard-health.ts';
import { type ShardRange, shardIds } from './shard-range.ts';
import type { ShardingOptions } from './sharding-strategy.ts';

interface LoginParts extends ShardingOptions {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly guard: InvalidRequestGuard;
  readonly rest: REST;
  readonly texts: Texts;
  /** The shards of this process; absent: as many as Discord recommends, and all of them. */
  readonly range: ShardRange | undefined;
  readonly identifyLeases: IdentifyLeases | undefined;
}

/** Called for every client that is created. */
export interface ClientListeners {
  /** Starts responding to interactions. Called before the client logs in. */
  serve(client: Client): InteractionService;
  /** Called when the client has logged in. */
  onReady(client: Client<true>): void;
}

export interface GatewayLogin {
  /** Logs in. `undefined` if the program stops first; throws `LoginRefusedError` if retrying is pointless. */
  logIn(listeners: ClientListeners): Promise<Client<true> | undefined>;
  /** The client that is logged in. */
  client(): Client<true> | undefined;
  /** What is wrong, in a few words. */
  error(): string | undefined;
  /** Discord rejects the token or the app's settings. */
  isRefused(): boolean;
  /** Finishes interactions in progress first. */
  stop(): Promise<void>;
}

/**
 * Keeps one client logged in at the gateway, and replaces it when Discord requires more shards; with a range of shards, it
 * only says so, since all processes have to agree on their number.
 */
export function createGatewayLogin(parts: LoginParts): GatewayLogin {
  const { token, apiUrl, guard, rest, texts, log, wait, range } = parts;
  // Throws early what would else come up at the login.
  if (range) shardIds(range);
  const { errors } = texts.discord;
  const stopping = new AbortController();
  const { signal } = stopping;
  const services = new Set<InteractionService>();
  let client: Client<true> | undefined;
  /** Set while no client is logged in. */
  let loginError: string | undefined = errors.waiting;
  let shards: ShardHealth | undefined;
  let isRefused = false;
  const closeText = (code: number): string =>
    range && isShardingRequired(code)
      ? texts.discord.refused.tooFewShards(range.total)
      : closeCodeText(code, texts);

  async function logIn(listeners: ClientListeners, tooFewShards?: number): Promise<Client<true> | undefined> {
    const create = (some?: ShardRange): Client => {
      const created = createClient(apiUrl, guard, { ...parts, signal }, some);
      let isReplaced = false;
      shards = watchShards(created, {
        texts,
        closeText,
        log,
        isOver: () => isReplaced || signal.aborted,
      });
      const service = listeners.serve(created);
      created.once(Events.ClientReady, () => {
        services.add(service);
        loginError = undefined;
        onShardingRequired(created, (required) => {
          if (isReplaced || signal.aborted || range) return;
          isReplaced = true;
          void replace(created, service, listeners, required);
        });
      });
      return created;
    };
    const connected = await connect({
      token,
      create,
      tooFewShards,
      range,
      recommendedShards: async () => ((await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo).shards,
      texts,
      log,
      wait,
      signal,
      onFailure: (reason) => (loginError = errors.unreached(reason)),
    });
    if (!connected) return undefined;
    log.info('gateway.ready', {
      name: connected.user.tag,
      guilds: connected.guilds.cache.size,
      shards: connected.ws.shards.size,
      invite: inviteUrl(connected.application.id),
    });
    listeners.onReady(connected);
    client = connected;
    return connected;
  }

  /** Interactions that the old client received still get their responses. */
  async function replace(
    old: Client,
    service: InteractionService,
    listeners: ClientListeners,
    required: number,
  ): Promise<void> {
    log.warn('gateway.sharding_required', { shards: required });
    void service.drain().then(() => services.delete(service));
    await old.destroy();
    try {
      await logIn(listeners, required);
    } catch (error) {
      if (!(error instanceof LoginRefusedError)) throw error;
      loginError = error.message;
      isRefused = true;
      log.error('gateway.refused', { reason: error.message });
    }
  }

  return {
    async logIn(listeners) {
      try {
        return await logIn(listeners);
      } catch (error) {
        isRefused = error instanceof LoginRefusedError;
        throw error;
      }
    },
    client: () => client,
    error: () => loginError ?? shards?.error(),
    isRefused: () => isRefused || (shards?.isRefused() ?? false),
    async stop() {
      stopping.abort();
      await Promise.all([...services].map((service) => service.drain()));
      await client?.destroy();
      loginError = errors.stopped;
    },
  };
}
