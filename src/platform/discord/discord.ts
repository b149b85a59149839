import { setTimeout as sleep } from 'node:timers/promises';
import { type APIGatewayBotInfo, type Client, Events, Routes } from 'discord.js';
import { type Language, textsFor } from '../../i18n/texts.ts';
import type { Log } from '../../lib/log.ts';
import type { Rate } from '../../lib/rate-limiter.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import type { Document } from '../../note/document.ts';
import { withBlocks } from '../../note/present/finish.ts';
import { memoizeRender } from '../memoized-render.ts';
import { type Body, type Host, LoginRefusedError, type Platform } from '../platform.ts';
import { createSenderName, withoutOwnByline } from '../sender-name.ts';
import { classifyError } from './api/errors.ts';
import { createInvalidRequestGuard } from './api/invalid-request-guard.ts';
import { requireFields } from './api/responses.ts';
import { connect, createClient, createRestClients, onShardingRequired } from './gateway/client.ts';
import { watchShards } from './gateway/shard-health.ts';
import { watchChannels } from './guilds/channel-events.ts';
import { createChannelDirectory } from './guilds/channels.ts';
import { greetGuilds } from './guilds/greeting.ts';
import { inviteUrl } from './guilds/invite.ts';
import { createOwnerNotice } from './guilds/owner-notice.ts';
import { type InteractionService, serveInteractions } from './interactions/interactions.ts';
import { addCommandIds, type CommandIds, registerCommands } from './interactions/register-commands.ts';
import { createResponder } from './interactions/responder.ts';
import { formsOf, needsChannel, render, renderInSteps } from './render/render.ts';
import { createSend } from './send/send.ts';
import { DISCORD_STYLES } from './styles.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Base of the REST API, without the version; Discord's where left out. */
  readonly apiUrl?: string;
  readonly log: Log;
  /** For media that Discord can't fetch; without it they become links. */
  readonly media?: MediaFetch;
  /** How deliveries look where nobody chose (`platform/variant`); answers to commands are always cards. */
  readonly variant?: string;
  /** What deliveries keep to; what Discord allows where left out. */
  readonly pace?: Platform['rateLimits'];
  /** How long an answer may take before it is announced, in milliseconds; Discord itself gives 3,000. */
  readonly deferAfterMs?: number;
  /** How long a delivery without files waits for its answer, in milliseconds; 15,000 where left out. */
  readonly timeoutMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Settles after so many milliseconds, or at once when the signal aborts. Never rejects. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const abortableDelay = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal, ref: false }).catch(() => {});

const DEFER_AFTER_MS = 1_500;
/** What is published for a whole bot. */
const REQUESTS_PER_SECOND = 50;
/**
 * Some of them are left for answers. What a channel takes is not published: the answers' headers say it, the REST
 * client keeps it, and a send that would exceed it says when to come again.
 */
const BOT_RATE: Rate = { count: 45, perMs: 1_000 };
const PACE: Platform['rateLimits'] = { whole: BOT_RATE, destination: () => BOT_RATE };

/** Questions that change nothing; two, since one route may fail by itself. */
const PROBE_ROUTES = [Routes.user(), Routes.currentApplication()];

/** Discord, over its REST API and gateway. Deliveries need no gateway: they go on while it is lost. */
export function createDiscord(options: DiscordOptions): Platform {
  const {
    token,
    apiUrl,
    log,
    variant: standard = '',
    pace: rateLimits = PACE,
    deferAfterMs = DEFER_AFTER_MS,
    now = Date.now,
    wait = abortableDelay,
  } = options;
  // For the operator.
  const texts = textsFor('en');
  const { troubles } = texts.discord;
  const guard = createInvalidRequestGuard(now, log);
  const requestsPerSecond = Math.max(
    REQUESTS_PER_SECOND,
    (1_000 * rateLimits.whole.count) / rateLimits.whole.perMs,
  );
  const sending = createRestClients(token, apiUrl, guard, requestsPerSecond, options.timeoutMs);
  const stopping = new AbortController();
  let client: Client<true> | undefined;
  /** Known once the menu stands. */
  let ids: CommandIds = new Map();
  const channels = createChannelDirectory(sending.rest, () => client);
  const servings = new Set<InteractionService>();
  /** What was wrong before a client had connections of its own to speak of. */
  let trouble: string | undefined = troubles.waiting;
  let shards: (() => string | undefined) | undefined;
  let link: string | undefined;

  /** A client logged in, with all that listens to it; `undefined` where the program stops before. */
  async function logIn(host: Host, tooFewShards?: number): Promise<Client<true> | undefined> {
    const create = (count?: number) => {
      const fresh = createClient(apiUrl, guard, { log, now, wait }, count);
      let isOver = false;
      shards = watchShards(fresh, texts, log, () => isOver || stopping.signal.aborted);
      const respond = createResponder({
        rest: fresh.rest,
        rendered: (document) => rendered(document, 'card'),
        async posted(channel, document, look) {
          const bodies = await rendered(document, look);
          const about = bodies.some(needsChannel) ? await channels.lookUp(channel) : channels.cached(channel);
          return bodies.map((body) => formsOf(body, about));
        },
        deferAfterMs,
        log,
      });
      const serving = serveInteractions(fresh, { host, respond, deferAfterMs, log });
      fresh.once(Events.ClientReady, () => {
        servings.add(serving);
        trouble = undefined;
        onShardingRequired(fresh, (count) => {
          if (isOver || stopping.signal.aborted) return;
          isOver = true;
          void logInAnew(host, fresh, serving, count);
        });
      });
      return fresh;
    };
    const onFailure = (reason: string) => (trouble = troubles.unreached(reason));
    const recommendedShards = async () =>
      ((await sending.rest.get(Routes.gatewayBot())) as APIGatewayBotInfo).shards;
    const { signal } = stopping;
    const fresh = await connect({
      token,
      create,
      tooFewShards,
      recommendedShards,
      texts,
      log,
      signal,
      onFailure,
    });
    if (!fresh) return undefined;
    log.info('gateway.ready', {
      name: fresh.user.tag,
      guilds: fresh.guilds.cache.size,
      shards: fresh.ws.shards.size,
      invite: inviteUrl(fresh.application.id),
    });
    watchChannels(fresh, channels, host, log);
    greetGuilds(fresh, { host, log, now, post });
    return fresh;
  }

  /** The address is no use to others where only the app's owner may add it. What Discord doesn't tell now is taken for usual. */
  async function linkOf({ application }: Client<true>): Promise<string | undefined> {
    try {
      const { botPublic } = await application.fetch();
      if (botPublic !== false) return inviteUrl(application.id);
      log.info('invite.private', { hint: 'to let others, turn on Public Bot in the Developer Portal' });
      return undefined;
    } catch (error) {
      log.debug('invite.unchecked', { reason: classifyError(error).reason });
      return inviteUrl(application.id);
    }
  }

  /** The bot is in more servers than its connections may carry. What is being answered is answered all the same. */
  async function logInAnew(
    host: Host,
    old: Client,
    serving: InteractionService,
    count: number,
  ): Promise<void> {
    log.warn('gateway.sharding_required', { shards: count });
    void serving.drain().then(() => servings.delete(serving));
    await old.destroy();
    try {
      client = (await logIn(host, count)) ?? client;
    } catch (error) {
      if (!(error instanceof LoginRefusedError)) throw error;
      trouble = error.message;
      log.error('gateway.refused', { reason: error.message });
    }
  }

  async function start(host: Host): Promise<void> {
    client = await logIn(host);
    if (!client) return;
    try {
      ids = await registerCommands(client.rest, client.application.id, host, log);
    } catch (error) {
      // The commands registered before go on working.
      log.error('menu.refused', { reason: classifyError(error).reason });
    }
    link = await linkOf(client);
  }

  const { send, ...others } = createSend({ ...sending, media: options.media, log, texts, channels, now });
  const ownName = createSenderName(async () => nameOf(await sending.rest.get(Routes.user())));
  const renderings = memoizeRender(({ blocks, fallback, language }, variant) =>
    renderInSteps(addCommandIds(blocks, ids), variant, textsFor(language), fallback, standard),
  );
  const rendered: Platform['rendered'] = async (document, variant) => {
    const sender = await ownName.resolve(document.blocks);
    return renderings(withBlocks(document, withoutOwnByline(document.blocks, sender)), variant);
  };
  /** Past all deliveries. */
  const post = (destination: string, blocks: Document, language: Language, key: string) =>
    send(destination, render(addCommandIds(blocks, ids), 'auto', textsFor(language))[0] as Body, key);

  return {
    name: 'discord',
    styles: DISCORD_STYLES,
    rateLimits,
    render: ({ blocks, fallback, language }, variant) =>
      render(
        addCommandIds(withoutOwnByline(blocks, ownName.known()), ids),
        variant,
        textsFor(language),
        fallback,
        standard,
      ),
    rendered,
    send,
    ...others,
    async answers() {
      const asked = PROBE_ROUTES.map((route) => sending.rest.get(route));
      return Promise.any(asked).then(
        () => true,
        () => false,
      );
    },
    tell: createOwnerNotice({ rest: sending.rest, client: () => client, now, post }),
    start,
    async stop() {
      stopping.abort();
      await Promise.all([...servings].map((serving) => serving.drain()));
      await client?.destroy();
      trouble = troubles.stopped;
    },
    link: () => link,
    trouble: () => (guard.isPaused() ? troubles.refusals : (trouble ?? shards?.())),
  };
}

/** What people see as the bot's name where its server has not given it another; that is the server's own affair. */
function nameOf(user: unknown): string {
  const { global_name: shown, username } = requireFields(user, 'user');
  return String(shown ?? username);
}
