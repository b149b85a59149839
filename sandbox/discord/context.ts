import type { Clock } from './clock.ts';
import type { Events } from './events.ts';
import type { Gateway } from './gateway.ts';
import type { Upload } from './rules/message-body.ts';
import type { Interactions } from './users/interactions.ts';
import type { Choice, RegisteredCommands } from './users/registered-commands.ts';
import type { MessageStore, StoredMessage } from './world/message-store.ts';
import type { Snowflakes } from './world/snowflakes.ts';
import type { World } from './world/world.ts';

/** One request as it arrived. Carries no token: those in paths are written `:token`. */
export interface RequestRecord {
  readonly method: string;
  /** Without `/api/v10`, with the query. */
  readonly path: string;
  /** The pattern that answered it, such as `POST /channels/:channel/messages`; undefined where none did. */
  readonly route: string | undefined;
  readonly body: unknown;
  /** Names of the files that came with it. */
  readonly files: readonly string[];
  readonly at: number;
  /** What it was answered; 0 where the connection was cut or the answer withheld. */
  readonly status: number;
}

/** A session, and which of how many shards it is. */
interface ConnectedSession {
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
}

/** What happened, for tests and the demo page. */
export interface DiscordEvents {
  /** Everybody in the channel sees it. */
  message: StoredMessage;
  /** Only one user sees it. */
  ephemeral: StoredMessage;
  edit: StoredMessage;
  delete: StoredMessage;
  /** A further message to an interaction; also told as `message` or `ephemeral`. */
  followup: StoredMessage;
  crosspost: StoredMessage;
  /** The first response of the app to an interaction, by type. */
  acknowledged: { readonly interaction: string; readonly type: number };
  /** What the app suggests for an option that is being typed. */
  suggested: { readonly interaction: string; readonly choices: readonly Choice[] };
  /** The list of commands was written. */
  commands: { readonly guild: string | undefined };
  request: RequestRecord;
  identify: ConnectedSession;
  resume: ConnectedSession;
  ready: ConnectedSession;
  closed: undefined;
  /** An identify or a resume that gets no answer. */
  ignored: undefined;
}

/** What the parts of the stand-in share. */
export interface Context {
  readonly clock: Clock;
  readonly nextId: Snowflakes;
  readonly world: World;
  readonly store: MessageStore;
  readonly events: Events<DiscordEvents>;
  readonly gateway: Gateway;
  readonly commands: RegisteredCommands;
  readonly interactions: Interactions;
  /** How long a nonce is remembered. */
  readonly nonceWindowMs: number;
  /** Where this server is, such as `http://127.0.0.1:4000`. */
  readonly origin: () => string;
  readonly gatewayUrl: () => string;
}

/** One request on its way to its route. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly uploads: readonly Upload[];
}

/** 204 where there is no body. */
export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
}

export interface Route {
  /** Method and path, parameters written `:name`. */
  readonly pattern: string;
  /** The path's own token lets the request in: no bot token is asked for. */
  readonly open?: true;
  handle(call: Call, context: Context): Reply | Promise<Reply>;
}
