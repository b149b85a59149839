import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, wallClock } from './clock.ts';
import type { Context, DiscordEvents, RequestRecord } from './context.ts';
import { createEvents, type Events } from './events.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import { serveAttachment } from './http/attachments.ts';
import { createFaults, type Fault } from './http/faults.ts';
import { createRateLimits, type Limit, OBSERVED_LIMITS } from './http/rate-limits.ts';
import { createHttp } from './http/request-handler.ts';
import { createRouter } from './http/router.ts';
import { accountRoutes } from './routes/account.ts';
import { channelRoutes } from './routes/channels.ts';
import { commandRoutes } from './routes/commands.ts';
import { forumRoutes } from './routes/forum-posts.ts';
import { callbackRoutes } from './routes/interaction-callback.ts';
import { webhookRoutes } from './routes/interaction-webhook.ts';
import { messageRoutes } from './routes/messages.ts';
import { roleRoutes } from './routes/roles.ts';
import { createInteractions } from './users/interactions.ts';
import { createRegisteredCommands, type RegisteredCommands } from './users/registered-commands.ts';
import { createUserActions, type UserActions } from './users/user-actions.ts';
import { messageFlags } from './world/flags.ts';
import { createMessageStore, type StoredMessage } from './world/message-store.ts';
import type { Channel, User } from './world/model.ts';
import { createSnowflakes } from './world/snowflakes.ts';
import { createWorld, type World } from './world/world.ts';

export interface DiscordOptions {
  /** Default: `loopback-token`. */
  readonly token?: string;
  /** Default: 0, any free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Those enabled for the app. Default: none. */
  readonly privilegedIntents?: number;
  readonly heartbeatMs?: number;
  /** By route pattern, instead of the observed ones; `off` for none, not even the global one. */
  readonly limits?: Readonly<Record<string, Limit>> | 'off';
  /** How long a nonce is remembered. Default: five minutes. */
  readonly nonceWindowMs?: number;
  /** Identifies allowed per day. Default: 1,000. */
  readonly sessionStarts?: number;
  readonly guildsPerShard?: GatewayOptions['guildsPerShard'];
  readonly identifies?: GatewayOptions['identifies'];
}

/** Discord on the loopback interface: REST v10 and gateway for one app, its users, and what tests inspect. */
export interface FakeDiscord extends UserActions {
  /** For `DISCORD_API_URL` or discord.js' `rest.api`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly world: World;
  readonly gateway: Pick<Gateway, 'close' | 'drop' | 'ignore' | 'reconnect' | 'invalidate' | 'silently'>;
  readonly commands: Pick<RegisteredCommands, 'list'>;
  readonly on: Events<DiscordEvents>['on'];
  readonly next: Events<DiscordEvents>['next'];
  readonly until: Events<DiscordEvents>['until'];
  /** All REST requests, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Requests without a route: calls that this server doesn't implement. */
  unknownRequests(): readonly RequestRecord[];
  /** Visible to everybody in the channel, oldest first. */
  messages(channel: Channel): readonly StoredMessage[];
  /** All messages ever, including deleted, ephemeral and pending ones. */
  history(channel: Channel): readonly StoredMessage[];
  /** The bytes of a file that the app uploaded, by its name. */
  upload(name: string): Uint8Array | undefined;
  /** Posts another user's message, which the bot can't edit. */
  say(channel: Channel, author: User, content: string): StoredMessage;
  /** Invalidates the token, closes its connections, and returns the new one. */
  resetToken(): string;
  /** How many times commands were registered. */
  commandWrites(): number;
  fault(fault: Fault): void;
  clearFaults(): void;
  stop(): Promise<void>;
}

const NO_PINGS = { users: [], roles: [], everyone: false };

function plainMessage(
  id: string,
  channel: Channel,
  author: User,
  content: string,
  now: number,
): StoredMessage {
  const words = { content, embeds: [], components: [], attachments: [], flags: 0, pings: NO_PINGS };
  const history = { createdAt: now, editedAt: undefined, crossposted: false, deleted: false, earlier: [] };
  const origin = { nonce: undefined, replyTo: undefined, onlyFor: undefined, interaction: undefined };
  return { id, channel, author, ...words, ...history, ...origin };
}

/** Listens on 127.0.0.1. */
export async function startDiscord(options: DiscordOptions = {}): Promise<FakeDiscord> {
  const { port = 0, clock = wallClock, limits = OBSERVED_LIMITS } = options;
  let token = options.token ?? 'loopback-token';
  const events = createEvents<DiscordEvents>();
  const nextId = createSnowflakes(() => clock.now());
  const store = createMessageStore();
  const faults = createFaults();
  const requests: RequestRecord[] = [];
  events.on('request', (request) => requests.push(request));
  let writes = 0;
  events.on('commands', () => (writes += 1));

  const server = createServer();
  const address = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = createWorld((change) => gateway.announce(change), clock.now);
  const gateway = createGateway({
    token: () => token,
    clock,
    sessionStarts: options.sessionStarts ?? 1_000,
    resetToken: () => resetToken(),
    bot: world.bot,
    guilds: () => world.guilds.values(),
    url: () => `ws://${address()}/gateway`,
    privilegedIntents: options.privilegedIntents ?? 0,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    guildsPerShard: options.guildsPerShard,
    identifies: options.identifies,
    heard: (what, session = { intents: 0, shard: [0, 1] }) =>
      what === 'closed' || what === 'ignored' || what === 'hasty'
        ? events.emit(what, undefined)
        : events.emit(what, { intents: session.intents, shard: session.shard }),
  });
  const context: Context = {
    clock,
    nextId,
    world,
    store,
    events,
    gateway,
    commands: createRegisteredCommands(world.applicationId, nextId, clock),
    interactions: createInteractions(clock, nextId),
    nonceWindowMs: options.nonceWindowMs ?? 5 * 60_000,
    origin: () => `http://${address()}`,
    gatewayUrl: () => `ws://${address()}/gateway`,
  };
  const routes = [
    ...accountRoutes,
    ...channelRoutes,
    ...forumRoutes,
    ...messageRoutes,
    ...commandRoutes,
    ...callbackRoutes,
    ...webhookRoutes,
    ...roleRoutes,
  ];
  const handle = createHttp({
    context,
    token: () => token,
    router: createRouter(routes),
    faults,
    limits: createRateLimits(clock, limits),
  });
  server.on('request', (request, response) => {
    if (!serveAttachment(store, request.url ?? '', response)) void handle(request, response);
  });
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  function resetToken(): string {
    token = `${token}-${nextId()}`;
    gateway.close(4004, 'Authentication failed.');
    return token;
  }

  const isPublic = ({ deleted, onlyFor, flags }: StoredMessage) =>
    !deleted && !onlyFor && !(flags & messageFlags.loading);
  return {
    ...createUserActions(context),
    apiUrl: `http://${address()}/api`,
    token,
    world,
    gateway,
    commands: context.commands,
    on: events.on,
    next: events.next,
    until: events.until,
    requests,
    unknownRequests: () => requests.filter(({ route }) => route === undefined),
    messages: ({ id }) => store.history(id).filter((message) => isPublic(message)),
    history: ({ id }) => store.history(id),
    upload: (name) =>
      [...store.all()].flatMap(({ attachments }) => attachments).find(({ filename }) => filename === name)
        ?.bytes,
    say(channel, author, content) {
      const message = plainMessage(nextId(), channel, author, content, clock.now());
      store.add(message);
      events.emit('message', message);
      return message;
    },
    resetToken,
    commandWrites: () => writes,
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    async stop() {
      await gateway.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
