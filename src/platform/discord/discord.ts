import { type Client, Events } from 'discord.js';
import type { Log } from '../../log.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import type { Document } from '../../note/document.ts';
import { textsFor } from '../../text/texts.ts';
import type { Body, Host, Platform, Rate } from '../platform.ts';
import { createRenderings } from '../renderings.ts';
import { createChannels } from './channels.ts';
import { closingText, connect, createClient, createSendingRest } from './client.ts';
import { failureOf } from './errors.ts';
import { createGuard } from './guard.ts';
import { publishMenu } from './menu.ts';
import { render, renderInSteps } from './render.ts';
import { createRespond } from './respond.ts';
import { createSend } from './send.ts';
import { serve } from './serve.ts';
import { DISCORD_STYLES } from './styles.ts';
import { createTell } from './tell.ts';
import { watchChannels } from './watch.ts';
import { greetGuilds } from './welcome.ts';

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
  readonly pace?: Platform['pace'];
  /** How long an answer may take before it is announced, in milliseconds; Discord itself gives 3,000. */
  readonly patienceMs?: number;
  /** How long a delivery without files waits for its answer, in milliseconds; 15,000 where left out. */
  readonly timeoutMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const PATIENCE_MS = 1_500;
/** What is published for a whole bot. */
const REQUESTS_PER_SECOND = 50;
/**
 * Some of them are left for answers. What a channel takes is not published: the answers' headers say it, the REST
 * client keeps it, and a send that would exceed it says when to come again.
 */
const WHOLE: Rate = { count: 45, perMs: 1_000 };
const PACE: Platform['pace'] = { whole: WHOLE, destination: () => WHOLE };

/** Discord, over its REST API and gateway. Deliveries need no gateway: they go on while it is lost. */
export function createDiscord(options: DiscordOptions): Platform {
  const {
    token,
    apiUrl,
    log,
    variant: standard = '',
    pace = PACE,
    patienceMs = PATIENCE_MS,
    now = Date.now,
  } = options;
  // For the operator.
  const texts = textsFor('en');
  const { troubles } = texts.discord;
  const guard = createGuard(now, log);
  const requestsPerSecond = Math.max(REQUESTS_PER_SECOND, (1_000 * pace.whole.count) / pace.whole.perMs);
  const sending = createSendingRest(token, apiUrl, guard, requestsPerSecond, options.timeoutMs);
  const stopping = new AbortController();
  let client: Client<true> | undefined;
  const channels = createChannels(sending.rest, () => client);
  let serving: { settled(): Promise<void> } | undefined;
  let trouble: string | undefined = troubles.waiting;

  function attend(fresh: Client): void {
    const well = () => (trouble = undefined);
    fresh.on(Events.ShardReady, well).on(Events.ShardResume, well);
    fresh.on(Events.ShardReconnecting, () => {
      if (stopping.signal.aborted) return;
      trouble = troubles.lost;
      log.warn('gateway.reconnecting');
    });
    fresh.on(Events.ShardDisconnect, ({ code }) => {
      trouble = closingText(code, texts);
      log.error('gateway.closed', { code, reason: trouble });
    });
    // Without a listener these would end the process.
    fresh.on(Events.ShardError, ({ message }) => log.warn('gateway.failed', { reason: message }));
    fresh.on(Events.Error, ({ message }) => log.error('client.failed', { reason: message }));
  }

  async function start(host: Host): Promise<void> {
    const create = () => {
      const fresh = createClient(apiUrl, guard);
      attend(fresh);
      const respond = createRespond({
        rest: fresh.rest,
        rendered: (document, language) => rendered(document, 'card', undefined, language),
        patienceMs,
        log,
      });
      serving = serve(fresh, { host, respond, patienceMs, log });
      return fresh;
    };
    const failed = (reason: string) => (trouble = troubles.unreached(reason));
    client = await connect({ token, create, texts, log, signal: stopping.signal, failed });
    if (!client) return;
    log.info('gateway.ready', { guilds: client.guilds.cache.size });
    watchChannels(client, channels, host, log);
    greetGuilds(client, { host, log, now, post });
    try {
      await publishMenu(client.rest, client.application.id, host, log);
    } catch (error) {
      // The commands registered before go on working.
      log.error('menu.refused', { reason: failureOf(error).reason });
    }
  }

  const { send, ...others } = createSend({ ...sending, media: options.media, log, texts, channels, now });
  const rendered = createRenderings((document, variant, brief, language = 'en') =>
    renderInSteps(document, variant, textsFor(language), brief, standard),
  );
  /** Past all deliveries. */
  const post = (destination: string, document: Document, key: string) =>
    send(destination, render(document, 'auto', texts)[0] as Body, key);

  return {
    name: 'discord',
    variants: DISCORD_STYLES,
    pace,
    render: (document, variant, brief, language = 'en') =>
      render(document, variant, textsFor(language), brief, standard),
    rendered,
    send,
    ...others,
    tell: createTell({ rest: sending.rest, client: () => client, now, post }),
    start,
    async stop() {
      stopping.abort();
      await serving?.settled();
      await client?.destroy();
      trouble = troubles.stopped;
    },
    trouble: () => (guard.isPausing() ? troubles.refusals : trouble),
  };
}
