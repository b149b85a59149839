import type { LogLevel } from '../lib/log.ts';
import type { DiscordOptions } from '../platform/discord/discord.ts';
import type { DiscordStyle } from '../platform/discord/styles.ts';
import { PLATFORM_NAMES, PLATFORMS, type PlatformName } from '../platform/platforms.ts';
import type { LongTextMode } from '../platform/style-spec.ts';
import type { TelegramStyle } from '../platform/telegram/styles.ts';
import type { TelegramOptions } from '../platform/telegram/telegram.ts';
import { DEFAULT_RELAYS } from '../relays/public-relays.ts';
import type { Role } from '../roles/role-names.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import { ConfigError } from './config-error.ts';
import { type Env, readVariables } from './read-variables.ts';
import { allRoles, rolesLeftOut } from './roles.ts';

/** Everything the operator can set, validated. */
export interface Config {
  /** npub, nprofile, 64 hex digits, or a NIP-05 address; resolved at start. */
  readonly author: string;
  readonly relays: readonly string[];
  /** The bot's own secret key, as `botKeyFrom` takes it. */
  readonly botKey?: string;
  /** Each platform by its name. `pace` has no variable: stand-in servers that allow higher rates set it. */
  readonly discord?: Pick<DiscordOptions, 'token' | 'apiUrl' | 'pace'> & {
    /** IDs of destinations to subscribe, without the platform's prefix. */
    readonly destinations: readonly string[];
    readonly style: DiscordStyle;
  };
  readonly telegram?: Pick<TelegramOptions, 'token' | 'apiUrl' | 'rate' | 'pace'> & {
    readonly destinations: readonly string[];
    readonly style: TelegramStyle;
  };
  readonly longNotes: LongTextMode;
  /** A destination with more than this many posts waiting after an absence gets one digest instead; 0: never. */
  readonly catchUpAfter: number;
  /** The hashtag of breaking news, normalized by `hashtagKey`. */
  readonly breakingHashtag?: string;
  /** Address template of a web client for Nostr; `{code}` stands for the NIP-19 code. */
  readonly viewer: string;
  /** Whether protected notes (NIP-70) are delivered, too. */
  readonly relayProtected: boolean;
  readonly database: DatabaseAddress;
  /** What this process does as long as no other does. */
  readonly roles: readonly Role[];
  readonly host: string;
  readonly port: number;
  /** What the status page asks for. */
  readonly statusPassword?: string;
  /** The public site: its base address, with a slash at the end, and the port on which it listens. Off if absent. */
  readonly site?: { readonly url: string; readonly port: number };
  /** Who is alerted, in order: `discord:<user id>` or `telegram:<user id>`. */
  readonly operators: readonly string[];
  readonly logLevel: LogLevel;
  readonly logFormat: 'json' | 'pretty';
}

/**
 * Reads the configuration from environment variables; empty ones count as absent. Throws one `ConfigError` for all
 * problems. `ownNames`: names from a file meant only for this program, where a misspelled name is a problem, too.
 */
export function readConfig(env: Env, isTerminal: boolean, ownNames: readonly string[] = []): Config {
  const read = readVariables(env, ownNames);
  if (read.status === 'invalid')
    throw new ConfigError(read.problems, 'All settings: .env.example, explained in docs/configuration.md');
  const { values } = read;
  const { DISCORD_TOKEN, DISCORD_API_URL, TELEGRAM_TOKEN, TELEGRAM_API_URL } = values;
  const platforms = PLATFORM_NAMES.filter((name) => values[PLATFORMS[name].tokenVariable] !== undefined);
  return {
    author: values.AUTHOR,
    relays: values.RELAYS?.length ? values.RELAYS : DEFAULT_RELAYS,
    ...(values.BOT_KEY !== undefined && { botKey: values.BOT_KEY }),
    ...(DISCORD_TOKEN !== undefined && {
      discord: {
        token: DISCORD_TOKEN,
        ...(DISCORD_API_URL !== undefined && { apiUrl: DISCORD_API_URL }),
        destinations: values.DISCORD_CHANNELS ?? [],
        style: values.DISCORD_STYLE,
      },
    }),
    ...(TELEGRAM_TOKEN !== undefined && {
      telegram: {
        token: TELEGRAM_TOKEN,
        ...(TELEGRAM_API_URL !== undefined && { apiUrl: TELEGRAM_API_URL }),
        rate: values.TELEGRAM_RATE,
        destinations: values.TELEGRAM_CHATS ?? [],
        style: values.TELEGRAM_STYLE,
      },
    }),
    longNotes: values.LONG_NOTES,
    catchUpAfter: values.CATCH_UP_AFTER,
    ...(values.BREAKING_HASHTAG !== undefined && { breakingHashtag: values.BREAKING_HASHTAG }),
    viewer: values.VIEWER,
    relayProtected: values.RELAY_PROTECTED === 'yes',
    database: values.DATABASE_URL,
    roles: rolesFor(values.ROLES, platforms, values.DATABASE_URL),
    host: values.HOST,
    port: values.PORT,
    ...(values.STATUS_PASSWORD !== undefined && { statusPassword: values.STATUS_PASSWORD }),
    ...(values.PUBLIC_URL !== undefined && { site: { url: values.PUBLIC_URL, port: values.PUBLIC_PORT } }),
    operators: values.OPERATOR ?? [],
    logLevel: values.LOG_LEVEL,
    logFormat: values.LOG_FORMAT ?? (isTerminal ? 'pretty' : 'json'),
  };
}

/** SQLite is for one process, so nobody would do what it leaves out. */
function rolesFor(
  chosen: readonly Role[] | undefined,
  platforms: readonly PlatformName[],
  { engine }: DatabaseAddress,
): readonly Role[] {
  if (!chosen) return allRoles(platforms);
  const missing = rolesLeftOut(chosen, platforms);
  if (missing.length > 0 && engine === 'sqlite')
    throw new ConfigError([
      `ROLES: leaves out ${missing.join(' and ')}, but SQLite is for one process, which does everything. Remove ROLES, or use PostgreSQL`,
    ]);
  return chosen;
}

/**
 * Reads where the database is, for sub-commands that need no more; nothing else has to be set. Throws `ConfigError`; `ownNames` as
 * above.
 */
export function readDatabaseAddress(env: Env, ownNames: readonly string[]): DatabaseAddress {
  const read = readVariables(env, ownNames, ['DATABASE_URL']);
  if (read.status === 'invalid') throw new ConfigError(read.problems);
  return read.values.DATABASE_URL;
}
