import type { LogLevel } from '../lib/log.ts';
import type { DiscordOptions } from '../platform/discord/discord.ts';
import type { DiscordStyle } from '../platform/discord/styles.ts';
import type { LongTextMode } from '../platform/style-spec.ts';
import type { TelegramStyle } from '../platform/telegram/styles.ts';
import type { TelegramOptions } from '../platform/telegram/telegram.ts';
import { DEFAULT_RELAYS } from '../relays/public-relays.ts';
import { type Env, readVariables } from './read-variables.ts';

/** Everything the operator decides, checked. */
export interface Config {
  /** npub, nprofile, 64 hex digits, or a NIP-05 address; resolved at start. */
  readonly author: string;
  readonly relays: readonly string[];
  /** The bot's own secret key, as `botKeyFrom` takes it. */
  readonly botKey?: string;
  /** No variable sets `pace`: it is for stand-ins of a platform that allow more. */
  readonly discord?: Pick<DiscordOptions, 'token' | 'apiUrl' | 'pace'> & {
    readonly channels: readonly string[];
    readonly style: DiscordStyle;
  };
  readonly telegram?: Pick<TelegramOptions, 'token' | 'apiUrl' | 'pace'> & {
    readonly chats: readonly string[];
    readonly style: TelegramStyle;
  };
  readonly longNotes: LongTextMode;
  /** Who has more than so many posts waiting after an absence gets one card for them; 0: nobody ever. */
  readonly catchUpAfter: number;
  /** The hashtag by which the author marks breaking news, as `hashtagKey` makes it. */
  readonly breakingHashtag?: string;
  /** Address of a web client that shows what a NIP-19 code names; `{code}` stands for the code. */
  readonly viewer: string;
  /** Whether notes that their author marked as not to be passed on (NIP-70) are passed on all the same. */
  readonly relayProtected: boolean;
  readonly databasePath: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly logFormat: 'json' | 'pretty';
}

/** The operator's mistakes, all at once, each naming its variable. `main` prints them and exits with 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  /** Where to read on, a sentence; empty: the problems say it all. */
  readonly hint: string;
  constructor(problems: readonly string[], advice = '') {
    super(problems.join('\n'));
    this.problems = problems;
    this.hint = advice;
  }
}

/**
 * Configuration from environment variables; empty ones count as absent. Throws `ConfigError` with every problem. `ours`:
 * names that stand in a file for this program alone, where a name that is none of ours but nearly so is a problem, too.
 */
export function readConfig(env: Env, isTerminal: boolean, ours: readonly string[] = []): Config {
  const { values, problems } = readVariables(env, ours);
  if (problems.length > 0)
    throw new ConfigError(problems, 'All settings: .env.example, explained in docs/configuration.md');
  const { DISCORD_TOKEN, DISCORD_API_URL, TELEGRAM_TOKEN, TELEGRAM_API_URL } = values;
  return {
    author: values.AUTHOR ?? '',
    relays: values.RELAYS?.length ? values.RELAYS : DEFAULT_RELAYS,
    ...(values.BOT_KEY !== undefined && { botKey: values.BOT_KEY }),
    ...(DISCORD_TOKEN !== undefined && {
      discord: {
        token: DISCORD_TOKEN,
        ...(DISCORD_API_URL !== undefined && { apiUrl: DISCORD_API_URL }),
        channels: values.DISCORD_CHANNELS ?? [],
        style: values.DISCORD_STYLE,
      },
    }),
    ...(TELEGRAM_TOKEN !== undefined && {
      telegram: {
        token: TELEGRAM_TOKEN,
        ...(TELEGRAM_API_URL !== undefined && { apiUrl: TELEGRAM_API_URL }),
        chats: values.TELEGRAM_CHATS ?? [],
        style: values.TELEGRAM_STYLE,
      },
    }),
    longNotes: values.LONG_NOTES,
    catchUpAfter: values.CATCH_UP_AFTER,
    ...(values.BREAKING_HASHTAG !== undefined && { breakingHashtag: values.BREAKING_HASHTAG }),
    viewer: values.VIEWER,
    relayProtected: values.RELAY_PROTECTED === 'yes',
    databasePath: values.DATABASE_URL,
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    logFormat: values.LOG_FORMAT ?? (isTerminal ? 'pretty' : 'json'),
  };
}
