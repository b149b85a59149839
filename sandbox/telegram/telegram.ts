import { createEvents, type Events } from './events.ts';
import { createCallGate } from './http/call-gate.ts';
import { createFaults, type Fault } from './http/faults.ts';
import { createRateLimiter, type RateLimits } from './http/rate-limits.ts';
import { Refusal } from './http/refusal.ts';
import { startServer } from './http/server.ts';
import { createFileStore, type UrlContent } from './media/file-store.ts';
import { createMethods } from './methods/all-methods.ts';
import { type CommandMenus, createCommandMenus } from './methods/bot-commands.ts';
import type { User } from './world/api-types.ts';
import { type Chats, createChats } from './world/chats.ts';
import { createInlineMode, type InlineMode } from './world/inline-mode.ts';
import { createPeople, type People } from './world/people.ts';
import { createUpdateQueue } from './world/update-queue.ts';
import {
  type Call,
  type IdOrObject,
  idOf,
  type PaidBroadcasts,
  type StoredMessage,
  stateOf,
  type World,
  type WorldEvents,
} from './world/world.ts';

export interface TelegramOptions {
  readonly token?: string;
  /** Without the at sign. */
  readonly username?: string;
  readonly name?: string;
  /** 0, the default, picks any free port. */
  readonly port?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Privacy mode off. Default false. */
  readonly readsAllMessages?: boolean;
  /** Default true. */
  readonly inlineQueries?: boolean;
  /** Whether the server knows `sendRichMessage`. Default false. */
  readonly richMessages?: boolean;
  /** How long callback and inline queries may be answered, in milliseconds. Default one minute. */
  readonly queryTtlMs?: number;
  /** None by default. `TELEGRAM_LIMITS` are the real ones as far as they are known. */
  readonly limits?: RateLimits;
  /** Off, and no Stars, by default. The test may change it. */
  readonly paidBroadcasts?: PaidBroadcasts;
}

/** A Bot API server on the loopback interface, with a small world of users and chats. */
export interface FakeTelegram extends People, InlineMode, Chats, Pick<Events<WorldEvents>, 'on' | 'until'> {
  /** Base URL of the Bot API, for `TELEGRAM_API_URL`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly bot: User;
  readonly commands: Pick<CommandMenus, 'menu' | 'shown' | 'writes'>;
  /** All calls, oldest first, without the token. */
  readonly calls: readonly Call[];
  /** Makes the next calls fail. Returns a function that cancels what remains. */
  fault(fault: Fault): () => void;
  /** Sets the content of an address for when Telegram fetches it; nothing is really fetched. */
  setUrl(url: string, content: UrlContent): void;
  /** The name of a file by id, as it was uploaded or from its address. */
  fileName(id: string): string | undefined;
  /** The bytes of a file that the bot uploaded, by its name. */
  upload(name: string): Buffer | undefined;
  /** All messages of a chat with their history, oldest first, including deleted ones. */
  messages(chat: IdOrObject): readonly StoredMessage[];
  /** Whether a `getUpdates` is being held open. */
  readonly polling: boolean;
  /** Ends the held `getUpdates` with no updates, as after its timeout. */
  endPoll(): void;
  /** Drops pending updates, as Telegram does after a day. */
  forgetUpdates(): void;
  /** The owner revokes the token: every call is refused from now on. */
  revoke(): void;
  stop(): Promise<void>;
}

const TOKEN = '7000000001:AAfakeTokenOfTheSandboxServer_0123456';

/** Starts the server. Updates wait until the bot polls; nothing is ever fetched from elsewhere. */
export async function startTelegram(options: TelegramOptions = {}): Promise<FakeTelegram> {
  const world = createWorld(options);
  const calls: Call[] = [];
  world.events.on('call', (call) => calls.push(call));
  const menus = createCommandMenus();
  const faults = createFaults();
  const gate = createCallGate(faults, options.limits && createRateLimiter(world, options.limits));
  const server = await startServer(world, createMethods(menus), gate, options.port ?? 0);
  return {
    ...createPeople(world),
    ...createInlineMode(world),
    ...createChats(world),
    on: (type, listener) => world.events.on(type, listener),
    until: (condition, timeoutMs) => world.events.until(condition, timeoutMs),
    apiUrl: server.apiUrl,
    token: world.token,
    bot: world.bot,
    commands: menus,
    calls,
    fault: (fault) => faults.add(fault),
    setUrl(url, content) {
      world.files.urls.set(url, content);
    },
    fileName: (id) => world.files.byId(id)?.name,
    upload: world.files.upload,
    messages: (chat) => [...stateOf(world, idOf(chat)).messages.values()],
    get polling() {
      return world.updates.isPolling;
    },
    endPoll: () => world.updates.interrupt(),
    forgetUpdates: () => world.updates.clear(),
    revoke() {
      world.revoked = true;
      world.updates.interrupt(new Refusal(401, 'Unauthorized'));
    },
    stop: () => server.stop(),
  };
}

function createWorld(options: TelegramOptions): World {
  const token = options.token ?? TOKEN;
  const events = createEvents<WorldEvents>();
  let lastId = 410_000_000;
  return {
    token,
    revoked: false,
    bot: {
      id: Number(token.split(':')[0]),
      is_bot: true,
      first_name: options.name ?? 'Postrider',
      username: options.username ?? 'postrider_bot',
    },
    now: options.now ?? Date.now,
    readsAllMessages: options.readsAllMessages ?? false,
    inlineQueries: options.inlineQueries ?? true,
    paidBroadcasts: options.paidBroadcasts ?? { isOn: false, tenths: 0 },
    richMessages: options.richMessages ?? false,
    queryTtlMs: options.queryTtlMs ?? 60_000,
    chats: new Map(),
    people: new Map(),
    files: createFileStore(),
    updates: createUpdateQueue(500_000_001, (offset) => events.emit('poll', { offset })),
    events,
    queries: new Map(),
    lastSharedMessageId: 0,
    nextId() {
      lastId += 1;
      return lastId;
    },
  };
}
