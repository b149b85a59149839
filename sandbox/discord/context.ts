import type { Clock } from './clock.ts';
import type { Events } from './events.ts';
import type { Gateway } from './gateway.ts';
import type { Upload } from './rules/message-body.ts';
import type { Interactions } from './users/interactions.ts';
import type { Choice, RegisteredCommands } from './users/registered-commands.ts';
import type { MessageStore, StoredMessage } from './world/message-store.ts';
import type { Snowflakes } from './world/snowflakes.ts';
import type { World } from './world/world.ts';

/** A request, without tokens: in paths they are replaced by `:token`. */
export interface RequestRecord {
  readonly method: string;
  /** Without `/api/v10`, with the query. */
  readonly path: string;
  /** The pattern of its route, such as `POST /channels/:channel/messages`; undefined if there is none. */
  readonly route: string | undefined;
  readonly body: unknown;
  /** Names of the uploaded files. */
  readonly files: readonly string[];
  readonly at: number;
  /** The response's status; 0 if the connection was cut or there was none. */
  readonly status: number;
}

/** A gateway session. */
interface ConnectedSession {
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
}

/** Events, for tests and the demo page. */
export interface DiscordEvents {
  /** Visible to everybody in the channel. */
  message: StoredMessage;
  /** Visible to one user. */
  ephemeral: StoredMessage;
  edit: StoredMessage;
  delete: StoredMessage;
  /** A follow-up to an interaction; also emitted as `message` or `ephemeral`. */
  followup: StoredMessage;
  crosspost: StoredMessage;
  /** The app's first response to an interaction, with its type. */
  acknowledged: { readonly interaction: string; readonly type: number };
  /** The app's suggestions for an option. */
  suggested: { readonly interaction: string; readonly choices: readonly Choice[] };
  /** Commands were registered. */
  commands: { readonly guild: string | undefined };
  request: RequestRecord;
  identify: ConnectedSession;
  resume: ConnectedSession;
  ready: ConnectedSession;
  closed: undefined;
  /** An Identify came sooner than `max_concurrency` allows, and was refused. */
  hasty: undefined;
  /** An Identify or Resume was left unanswered. */
  ignored: undefined;
}

/** Shared by all parts of the server. */
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
  /** Such as `http://127.0.0.1:4000`. */
  readonly origin: () => string;
  readonly gatewayUrl: () => string;
}

/** A request to a route. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly uploads: readonly Upload[];
}

/** Without a body, 204. */
export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
}

export interface Route {
  /** Method and path, with parameters as `:name`. */
  readonly pattern: string;
  /** The token is in the path; no bot token is required. */
  readonly open?: true;
  handle(call: Call, context: Context): Reply | Promise<Reply>;
}
