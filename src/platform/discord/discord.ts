import { type Client, Routes } from 'discord.js';
import { type Language, textsFor } from '../../i18n/texts.ts';
import { abortableDelay, type Delay } from '../../lib/delay.ts';
import type { Log } from '../../lib/log.ts';
import type { Rate } from '../../lib/rate-limiter.ts';
import type { ServerDateListener } from '../../lib/server-clock.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import type { Document } from '../../note/document.ts';
import { withBlocks } from '../../note/present/finish.ts';
import { memoizeRender } from '../memoized-render.ts';
import { type Body, type Host, type Platform } from '../platform.ts';
import { createSenderName, withoutOwnByline } from '../sender-name.ts';
import { classifyError } from './api/classify-error.ts';
import { createInvalidRequestGuard } from './api/invalid-request-guard.ts';
import { requireFields } from './api/responses.ts';
import { createRestClients } from './api/rest-clients.ts';
import type { IdentifyLeases } from './gateway/identify-throttler.ts';
import { createGatewayLogin } from './gateway/login.ts';
import type { ShardRange } from './gateway/shard-range.ts';
import { watchChannels } from './guilds/channel-events.ts';
import { createChannelDirectory } from './guilds/channels.ts';
import { greetGuilds } from './guilds/greeting.ts';
import { createInboxCheck } from './guilds/inbox-check.ts';
import { inviteUrl } from './guilds/invite.ts';
import { createOwnerNotice } from './guilds/owner-notice.ts';
import { serveInteractions } from './interactions/interactions.ts';
import { addCommandIds, type CommandIds, registerCommands } from './interactions/register-commands.ts';
import { formsOf, needsChannel, render, renderInSteps } from './render/render.ts';
import { createSend } from './send/send.ts';
import { DISCORD_STYLES } from './styles.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Base URL of the REST API, without the version. Default: Discord's. */
  readonly apiUrl?: string;
  readonly log: Log;
  /** Downloads media that Discord can't fetch; without it they become links. */
  readonly media?: MediaFetch;
  /** The style of deliveries whose destination has none (`style-spec.ts`). Answers to commands are always cards. */
  readonly variant?: string;
  /** For deliveries. Default: what Discord allows. */
  readonly pace?: Platform['rateLimits'];
  /** Answers that take longer, in milliseconds, are deferred. Default: 1,500; Discord waits 3,000. */
  readonly deferAfterMs?: number;
  /** For requests without files, in milliseconds. Default: 15,000. */
  readonly timeoutMs?: number;
  /**
   * The shards of this process, if several share the bot's servers; each answers in its own. Absent: as many as Discord
   * recommends, all in this process. Throws `RangeError` if there can't be such shards.
   */
  readonly shards?: ShardRange;
  /** How these processes take turns at logging in; needed for Discord not to refuse some of them. */
  readonly identifyLeases?: IdentifyLeases;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly wait?: Delay;
  /** Called with the `Date` header of every response from Discord. */
  readonly onServerDate?: ServerDateListener;
  /** Asked right before each request: if not, it isn't made. Default: always. */
  readonly mayRequest?: () => boolean;
}

const DEFER_AFTER_MS = 1_500;
/** Discord's documented limit for one bot. */
const REQUESTS_PER_SECOND = 50;
/**
 * Leaves some requests for responses to commands. The limits of single channels aren't documented: the REST client
 * learns them from response headers, and rejects requests that would exceed them with the time to wait.
 */
const BOT_RATE: Rate = { count: 45, perMs: 1_000 };
const PACE: Platform['rateLimits'] = { global: BOT_RATE, destination: () => BOT_RATE };

/** Requests without side effects, to check whether Discord responds. Two, because a single route may be broken. */
const PROBE_ROUTES = [Routes.user(), Routes.currentApplication()];

/** Discord through its REST API and gateway. Deliveries don't need the gateway and continue while it is down. */
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
  // The operator reads English.
  const texts = textsFor('en');
  const guard = createInvalidRequestGuard(now, log, options);
  const requestsPerSecond = Math.max(
    REQUESTS_PER_SECOND,
    (1_000 * rateLimits.global.count) / rateLimits.global.perMs,
  );
  const clients = createRestClients(token, apiUrl, guard, requestsPerSecond, options.timeoutMs);
  const gateway = createGatewayLogin({
    token,
    apiUrl,
    guard,
    rest: clients.rest,
    texts,
    log,
    now,
    wait,
    range: options.shards,
    identifyLeases: options.identifyLeases,
  });
  /** Empty until the commands are registered. */
  let commandIds: CommandIds = new Map();
  const channels = createChannelDirectory(clients.rest, gateway.client);
  let link: string | undefined;

  /** The invite link, or `undefined` if only the app's owner may use it. If that is unknown, the link. */
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

  async function start(host: Host): Promise<void> {
    const client = await gateway.logIn({
      serve: (created) =>
        serveInteractions(created, {
          host,
          rendered: (document) => renderAsync(document, 'card'),
          async posted(channel, document, style) {
            const bodies = await renderAsync(document, style);
            const info = bodies.some(needsChannel)
              ? await channels.lookUp(channel)
              : channels.cached(channel);
            return bodies.map((body) => formsOf(body, info));
          },
          deferAfterMs,
          media: options.media,
          log,
        }),
      onReady(created) {
        watchChannels(created, channels, host, log);
        greetGuilds(created, { host, log, now, post });
      },
    });
    if (!client) return;
    try {
      commandIds = await registerCommands(client.rest, client.application.id, host, log);
    } catch (error) {
      // Commands registered earlier still work.
      log.error('menu.refused', { reason: classifyError(error).reason });
    }
    link = await linkOf(client);
  }

  const { send, ...others } = createSend({ ...clients, media: options.media, log, texts, channels, now });
  const ownName = createSenderName(async () => nameOf(await clients.rest.get(Routes.user())));
  const renderings = memoizeRender(({ blocks, fallback, language }, variant) =>
    renderInSteps(addCommandIds(blocks, commandIds), variant, textsFor(language), fallback, standard),
  );
  const renderAsync: Platform['renderAsync'] = async (document, variant) => {
    const sender = await ownName.resolve(document.blocks);
    return renderings(withBlocks(document, withoutOwnByline(document.blocks, sender)), variant);
  };
  /** Sends a message outside the delivery queues. */
  const post = (destination: string, blocks: Document, language: Language, key: string) =>
    send(destination, render(addCommandIds(blocks, commandIds), 'auto', textsFor(language))[0] as Body, key);

  return {
    name: 'discord',
    styles: DISCORD_STYLES,
    rateLimits,
    render: ({ blocks, fallback, language }, variant) =>
      render(
        addCommandIds(withoutOwnByline(blocks, ownName.known()), commandIds),
        variant,
        textsFor(language),
        fallback,
        standard,
      ),
    renderAsync,
    send,
    ...others,
    async isReachable() {
      const responses = PROBE_ROUTES.map((route) => clients.rest.get(route));
      return Promise.any(responses).then(
        () => true,
        () => false,
      );
    },
    inboxObstacle: createInboxCheck(clients.rest, texts),
    notifyOwner: createOwnerNotice({ rest: clients.rest, client: gateway.client, now, post }),
    start,
    stop: gateway.stop,
    installLink: () => link,
    obstacle: () => (gateway.isRefused() ? 'refused' : undefined),
    error: () => (guard.isPaused() ? texts.discord.errors.refusals : gateway.error()),
  };
}

/** The bot's name as people see it, unless a server has given it a nickname. */
function nameOf(user: unknown): string {
  const { global_name: displayName, username } = requireFields(user, 'user');
  return String(displayName ?? username);
}
