import { isIP } from 'node:net';
import type { LogLevel } from './log.ts';
import { authorProblem } from './nostr/author.ts';
import { botKeyProblem } from './nostr/bot-key.ts';
import { DEFAULT_RELAYS } from './nostr/public-relays.ts';
import { relayUrl } from './nostr/relay-url.ts';
import { hashtagKey } from './note/hashtag.ts';
import { DEFAULT_VIEWER } from './note/viewer.ts';
import type { DiscordOptions } from './platform/discord/discord.ts';
import { DISCORD_STYLES, type DiscordStyle } from './platform/discord/styles.ts';
import { chatNamed } from './platform/telegram/chat.ts';
import type { TelegramParts } from './platform/telegram/create.ts';
import { TELEGRAM_STYLES, type TelegramStyle } from './platform/telegram/styles.ts';
import { LONGS, type Long } from './platform/variant.ts';
import { quoted, secretShape } from './secret-shapes.ts';
import type { TokenName } from './secrets.ts';

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
  readonly telegram?: Pick<TelegramParts, 'token' | 'apiUrl' | 'pace'> & {
    readonly chats: readonly string[];
    readonly style: TelegramStyle;
  };
  readonly longNotes: Long;
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
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Configuration from environment variables; empty ones count as absent. Throws `ConfigError` with every problem. Of what
 * was written, problems repeat only what can be no secret (`quoted`), since tokens get pasted into wrong lines.
 */
export function readConfig(env: Env, isTerminal: boolean): Config {
  const problems: string[] = [];
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;
  /** What stands where no secret belongs. One that does all the same is a problem, and is not looked at further. */
  const read = (name: string): string | undefined => {
    const value = given(name);
    const trouble = misplaced(value ?? '');
    if (trouble === undefined) return value;
    problems.push(`${name}: ${trouble}`);
    return undefined;
  };
  const list = (name: string): readonly string[] =>
    [...new Set((read(name) ?? '').split(',').map((item) => item.trim()))].filter(Boolean);
  /** The value where `isRight` holds; otherwise a problem, and the value all the same. `what` stands for what can't be quoted. */
  const checked = (
    name: string,
    value: string,
    isRight: (value: string) => boolean,
    right: string,
    what = 'the value',
  ): string => {
    if (!isRight(value))
      problems.push(`${name}: ${quoted(value) ?? `${what} (not shown, it may be secret)`} is not ${right}`);
    return value;
  };
  /** Each item of a list, by its place in it. */
  const checkedList = (name: string, isRight: (item: string) => boolean, right: string): readonly string[] =>
    list(name).map((item, index) => checked(name, item, isRight, right, `entry ${index + 1}`));
  /** What a token looks like is the platform's business; one with other characters was copied wrong, or is something else. */
  const token = (name: TokenName): string | undefined => {
    const value = given(name);
    const shape = secretShape(value ?? '');
    // It would be sent to the platform.
    if (shape && !shape.isVague && shape.belongs !== name)
      problems.push(`${name}: this holds ${shape.name}, which is not what belongs here`);
    else if (value !== undefined && /[^\w.:-]/u.test(value))
      problems.push(`${name}: a token has no blanks, quotes or slashes in it; copy it again`);
    return value;
  };
  const url = (name: string): { readonly apiUrl?: string } => {
    const value = read(name)?.replace(/\/+$/u, '');
    if (value === undefined) return {};
    return { apiUrl: checked(name, value, isUrl('http:', 'https:'), 'an http:// or https:// address') };
  };
  const oneOf = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const value = read(name)?.toLowerCase() ?? fallback;
    checked(name, value, (given) => allowed.some((item) => item === given), `one of ${allowed.join(', ')}`);
    return allowed.find((item) => item === value) ?? fallback;
  };
  const upTo = (max: number, name: string, fallback: string, right: string): number =>
    Number(
      checked(name, read(name) ?? fallback, (given) => /^\d+$/u.test(given) && Number(given) <= max, right),
    );

  const author = given('AUTHOR') ?? '';
  const wrongAuthor = author
    ? (authorProblem(author) ?? (author.includes('@') ? misplaced(author) : undefined))
    : 'missing. Say whom to follow: an npub, an nprofile, 64 hex digits, or an address such as name@example.com.';
  if (wrongAuthor !== undefined) problems.push(`AUTHOR: ${wrongAuthor}`);

  const relays = checkedList('RELAYS', (relay) => relayUrl(relay) !== undefined, 'a ws:// or wss:// address');
  const botKey = given('BOT_KEY');
  const wrongKey = botKey === undefined ? undefined : botKeyProblem(botKey);
  if (wrongKey !== undefined) problems.push(`BOT_KEY: ${wrongKey}`);

  const discordToken = token('DISCORD_TOKEN');
  const telegramToken = token('TELEGRAM_TOKEN');
  if (!discordToken && !telegramToken)
    problems.push(
      'DISCORD_TOKEN, TELEGRAM_TOKEN: both are missing. Give at least one, so that there is somewhere to bring notes to',
    );
  const channels = checkedList(
    'DISCORD_CHANNELS',
    (id) => /^\d{1,20}$/u.test(id),
    'a Discord channel id (a number of 17 to 20 digits)',
  );
  // Telegram does not mind how a name is written, and tells it as its owner wrote it.
  const chats = checkedList(
    'TELEGRAM_CHATS',
    (id) => /^(?:-?\d{1,20}(?:\/\d{1,20})?|@\w{4,32}(?:\/0*1)?)$/u.test(id),
    'a Telegram chat id or @name',
  ).map(chatNamed);
  if (channels.length > 0 && !discordToken) problems.push('DISCORD_CHANNELS: given without DISCORD_TOKEN');
  if (chats.length > 0 && !telegramToken) problems.push('TELEGRAM_CHATS: given without TELEGRAM_TOKEN');

  const breaking = read('BREAKING_HASHTAG');
  const isHashtag = (given: string): boolean => /^[\p{L}\p{M}\p{N}_-]+$/u.test(hashtagKey(given));
  if (breaking !== undefined) checked('BREAKING_HASHTAG', breaking, isHashtag, 'a hashtag');

  const discordStyle = oneOf('DISCORD_STYLE', DISCORD_STYLES, 'auto');
  const telegramStyle = oneOf('TELEGRAM_STYLE', TELEGRAM_STYLES, 'classic');

  const config: Config = {
    author,
    relays: relays.length > 0 ? relays : DEFAULT_RELAYS,
    ...(botKey === undefined ? {} : { botKey }),
    ...(discordToken
      ? { discord: { token: discordToken, ...url('DISCORD_API_URL'), channels, style: discordStyle } }
      : {}),
    ...(telegramToken
      ? {
          telegram: {
            token: telegramToken,
            ...url('TELEGRAM_API_URL'),
            chats: [...new Set(chats)],
            style: telegramStyle,
          },
        }
      : {}),
    longNotes: oneOf('LONG_NOTES', LONGS, 'auto'),
    catchUpAfter: upTo(9_999, 'CATCH_UP_AFTER', '10', 'a number of posts from 0 (never) to 9999'),
    ...(breaking === undefined ? {} : { breakingHashtag: hashtagKey(breaking) }),
    viewer: checked(
      'VIEWER',
      read('VIEWER') ?? DEFAULT_VIEWER,
      (given) => given.includes('{code}') && isUrl('https:')(given.replaceAll('{code}', 'note1')),
      'an https:// address with {code} in it, such as https://njump.me/{code}',
    ),
    relayProtected: oneOf('RELAY_PROTECTED', ['yes', 'no'] as const, 'no') === 'yes',
    databasePath: databasePath(given('DATABASE_URL') ?? 'sqlite:data/postrider.db', problems),
    host: checked('HOST', read('HOST') ?? '127.0.0.1', isHost, 'the address or name of an interface'),
    port: upTo(65_535, 'PORT', '8787', 'a port number'),
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    logFormat: oneOf('LOG_FORMAT', ['json', 'pretty'] as const, isTerminal ? 'pretty' : 'json'),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function databasePath(url: string, problems: string[]): string {
  const path = /^sqlite:(?:\/\/)?(.+)$/u.exec(url)?.[1] ?? '';
  const trouble = path ? misplaced(path.replaceAll(CONTAINER_FOLDER, '/')) : notSqlite(url);
  if (trouble !== undefined) problems.push(`DATABASE_URL: ${trouble}`);
  return path;
}

/** Container engines call the folders of volumes so. */
const CONTAINER_FOLDER = /\/[0-9a-f-]{32,64}\//gu;

const notSqlite = (url: string): string =>
  /^postgres(?:ql)?:/iu.test(url)
    ? 'PostgreSQL is not supported yet; use sqlite:<path>'
    : 'this is not sqlite:<path>';

/** What is wrong with a value in which a secret stands where none belongs: it would get into logs and posts. */
function misplaced(value: string): string | undefined {
  const shape = secretShape(value);
  if (shape === undefined) return undefined;
  const home = shape.belongs ? ` It belongs in ${shape.belongs}.` : '';
  return `this holds ${shape.name}. None belongs here, so it is neither used nor shown.${home}`;
}

/** Of the web, and without what would stand in the way of what is put behind it. */
const isUrl =
  (...protocols: readonly string[]) =>
  (value: string): boolean => {
    const url = URL.parse(value);
    return (
      url !== null &&
      protocols.includes(url.protocol) &&
      url.hostname !== '' &&
      url.username === '' &&
      url.password === ''
    );
  };

const isHost = (value: string): boolean =>
  isIP(value) !== 0 || (value.length <= 253 && /^[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})*$/iu.test(value));
