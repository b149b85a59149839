import { hashtagKey } from '../note/hashtag.ts';
import { DEFAULT_WEB_CLIENT } from '../note/links/web-client-links.ts';
import { DISCORD_STYLES } from '../platform/discord/styles.ts';
import { LONG_TEXT_MODES } from '../platform/style-spec.ts';
import { normalizeChatName } from '../platform/telegram/chat-target.ts';
import { TELEGRAM_STYLES } from '../platform/telegram/styles.ts';
import { authorIdentifierProblem } from '../relays/author/author-identifier.ts';
import { botKeyProblem } from '../relays/bot-key.ts';
import { normalizeRelayUrl } from '../relays/relay-url.ts';
import {
  database,
  isHost,
  isUrl,
  judged,
  type Kind,
  listOf,
  misplaced,
  oneOf,
  text,
  textAs,
  token,
  upTo,
} from './value-types.ts';

/** One variable that the operator may set. */
export interface Variable<T> {
  readonly kind: Kind<T>;
  readonly group: Group;
  /** What it is, in a clause or two. */
  readonly short: string;
  /** What else is worth knowing, in sentences. */
  readonly long?: string;
  /** What counts where it is left out, written as the operator would. */
  readonly default?: string;
  /** The same where it can't be written so. */
  readonly defaultSaid?: string;
  readonly example: string;
  /** Its value is shown nowhere. */
  readonly secret?: true;
  /** Nothing works without it; the words say what to give. */
  readonly required?: string;
  /** Means nothing without that other one. */
  readonly needs?: 'DISCORD_TOKEN' | 'TELEGRAM_TOKEN';
  /** One of the few that most people need: those are in the README. */
  readonly common?: true;
}

const GROUPS = ['Author', 'Discord', 'Telegram', 'Posts', 'Storage', 'Status server', 'Logging'] as const;
type Group = (typeof GROUPS)[number];

const EXPECTED_AUTHOR = 'an npub, nprofile, hex key (64 digits), or NIP-05 address (name@example.com)';

const apiUrl = textAs(
  { expected: 'an http:// or https:// address', isRight: isUrl('http:', 'https:') },
  (url) => url.replace(/\/+$/u, ''),
);

/**
 * Every variable there is, in the order of the docs; the only list. From it come the checks (`readConfig`), `.env.example`,
 * `docs/configuration.md`, the README's table, the names that a misspelled one may mean, and what is kept out of logs.
 */
export const VARIABLES = {
  AUTHOR: {
    group: 'Author',
    kind: judged(
      EXPECTED_AUTHOR,
      (written) =>
        authorIdentifierProblem(written) ?? (written.includes('@') ? misplaced(written) : undefined),
    ),
    short: `whose notes to post: ${EXPECTED_AUTHOR}`,
    long: 'A NIP-05 address is looked up at the start, and its answer is remembered in case that server is down next time. The database belongs to one author: for another one, set another `DATABASE_URL`.',
    example: 'name@example.com',
    required: "the author's npub, nprofile, hex key, or NIP-05 address (name@example.com)",
    common: true,
  },
  RELAYS: {
    group: 'Author',
    kind: listOf({
      expected: 'a ws:// or wss:// address',
      isRight: (relay) => normalizeRelayUrl(relay) !== undefined,
    }),
    short:
      "relays to read from, comma-separated; the author's own write relays (NIP-65, up to eight) are added and kept up to date",
    defaultSaid: 'a short list of large public relays',
    example: 'wss://relay.damus.io,wss://nos.lol',
    common: true,
  },
  BOT_KEY: {
    group: 'Author',
    kind: judged('an nsec or 64 hex digits', botKeyProblem),
    short:
      "secret key for the bot itself, never the author's; enables `/suggest` and relay authentication (NIP-42)",
    long: 'Create a new Nostr key for this and give it a name and picture with any client. See [author.md](author.md).',
    example: 'nsec1…',
    secret: true,
    common: true,
  },
  RELAY_PROTECTED: {
    group: 'Author',
    kind: oneOf('yes', 'no'),
    short: '`yes` also delivers protected notes (NIP-70). Only if you are the author',
    default: 'no',
    example: 'yes',
  },

  DISCORD_TOKEN: {
    group: 'Discord',
    kind: token('DISCORD_TOKEN'),
    short: 'bot token from the developer portal; without it, Discord is off',
    defaultSaid: 'off',
    example: '',
    secret: true,
    common: true,
  },
  DISCORD_CHANNELS: {
    group: 'Discord',
    kind: listOf({
      expected: 'a Discord channel ID (a number of 17 to 20 digits)',
      isRight: (id) => /^\d{1,20}$/u.test(id),
    }),
    short:
      'channel IDs that always get posts, comma-separated, in addition to those subscribed with `/subscribe`',
    long: "Turn on *Advanced › Developer Mode* in Discord's settings, then right-click the channel and choose *Copy Channel ID*.",
    needs: 'DISCORD_TOKEN',
    example: '1101234567890123456',
    common: true,
  },
  DISCORD_STYLE: {
    group: 'Discord',
    kind: oneOf(...DISCORD_STYLES),
    short: 'how posts look on Discord: `auto`, `card`, `embed` or `plain`',
    long: "`card` is the richest (10-image galleries, video, alt text, spoilers), but its push notifications have no preview text. `embed` puts the headline above the embed, so notifications show it; it has room for four pictures, the rest are links. `plain` is text as people write it. `auto` uses cards in ordinary channels and threads, and embeds in announcement channels and where the kind of channel isn't known. A change applies from the next post on; a card that's already posted stays a card when it's edited. Every channel can pick its own style in `/settings`.",
    default: 'auto',
    example: 'embed',
  },
  DISCORD_API_URL: {
    group: 'Discord',
    kind: apiUrl,
    short: 'only for testing: another API base URL; `/v10` is added',
    defaultSaid: "Discord's",
    example: 'http://127.0.0.1:4000/api',
  },

  TELEGRAM_TOKEN: {
    group: 'Telegram',
    kind: token('TELEGRAM_TOKEN'),
    short: 'bot token from @BotFather; without it, Telegram is off',
    defaultSaid: 'off',
    example: '',
    secret: true,
    common: true,
  },
  TELEGRAM_CHATS: {
    group: 'Telegram',
    kind: listOf(
      {
        expected: 'a Telegram chat ID or @name',
        isRight: (id) => /^(?:-?\d{1,20}(?:\/\d{1,20})?|@\w{4,32}(?:\/0*1)?)$/u.test(id),
      },
      // Telegram does not mind how a name is written, and tells it as its owner wrote it.
      normalizeChatName,
    ),
    short:
      'chat IDs, `id/topic`, or `@names` that always get posts, comma-separated, in addition to those subscribed with `/subscribe`',
    long: '`id/topic` posts to one topic of a forum group; `id/1`, the general topic, is the group itself.',
    needs: 'TELEGRAM_TOKEN',
    example: '@yourchannel',
    common: true,
  },
  TELEGRAM_STYLE: {
    group: 'Telegram',
    kind: oneOf(...TELEGRAM_STYLES),
    short: 'how posts look on Telegram: `classic`, or `rich` (a whole article as one rich message)',
    long: "`rich` needs Bot API 10.1 and recent apps; older apps show an empty message without any error. If the server doesn't know rich messages, Postrider uses classic ones.",
    default: 'classic',
    example: 'rich',
  },
  TELEGRAM_API_URL: {
    group: 'Telegram',
    kind: apiUrl,
    short: 'only for testing, or for your own Bot API server: another API base URL',
    defaultSaid: "Telegram's",
    example: 'http://127.0.0.1:8081',
  },

  LONG_NOTES: {
    group: 'Posts',
    kind: oneOf(...LONG_TEXT_MODES),
    short:
      'notes that need more than one message: `split` them, `cut` them after three, send a `summary`, or `auto` (summaries for articles, notes are split)',
    default: 'auto',
    example: 'summary',
  },
  BREAKING_HASHTAG: {
    group: 'Posts',
    kind: textAs(
      { expected: 'a hashtag', isRight: (tag) => /^[\p{L}\p{M}\p{N}_-]+$/u.test(hashtagKey(tag)) },
      hashtagKey,
    ),
    short: 'hashtag for breaking news: bypasses digests and quiet hours where breaking news is turned on',
    defaultSaid: 'none',
    example: 'breaking',
  },
  CATCH_UP_AFTER: {
    group: 'Posts',
    kind: upTo(9_999, 'a number of posts from 0 (never) to 9999'),
    short: 'after downtime, send one digest instead if more than this many posts are waiting; `0` = never',
    default: '10',
    example: '10',
  },
  VIEWER: {
    group: 'Posts',
    kind: text({
      expected: `an https:// address with {code} in it, such as ${DEFAULT_WEB_CLIENT}`,
      isRight: (url) => url.includes('{code}') && isUrl('https:')(url.replaceAll('{code}', 'note1')),
    }),
    short: 'web client for links to notes and people on Nostr; `{code}` stands for the NIP-19 code',
    default: DEFAULT_WEB_CLIENT,
    example: DEFAULT_WEB_CLIENT,
  },

  DATABASE_URL: {
    group: 'Storage',
    kind: database,
    short: 'where everything is kept: `sqlite:<path>`',
    long: 'One Postrider and one author per database. The file and its folder are readable by their owner only.',
    default: 'sqlite:data/postrider.db',
    example: 'sqlite:/var/lib/postrider/postrider.db',
    common: true,
  },

  HOST: {
    group: 'Status server',
    kind: text({ expected: 'the address or name of an interface', isRight: isHost }),
    short: 'interface of the status server (`GET /healthz`, `GET /metrics`)',
    long: "On loopback, requests must use the Host header `localhost` or `127.0.0.1`. Don't make it public: it shows relay addresses and counts.",
    default: '127.0.0.1',
    example: '0.0.0.0',
  },
  PORT: {
    group: 'Status server',
    kind: upTo(65_535, 'a port number'),
    short: 'port of the status server; `0` = any free one',
    default: '8787',
    example: '8787',
  },

  LOG_LEVEL: {
    group: 'Logging',
    kind: oneOf('debug', 'info', 'warn', 'error'),
    short: 'least important level to log: `debug`, `info`, `warn` or `error`',
    default: 'info',
    example: 'warn',
  },
  LOG_FORMAT: {
    group: 'Logging',
    kind: oneOf('json', 'pretty'),
    short: '`pretty` (sentences for people) or `json` (one object per line, for machines)',
    defaultSaid: 'pretty on a terminal, otherwise json',
    example: 'json',
  },
} as const satisfies Readonly<Record<string, Variable<unknown>>>;

export type VariableName = keyof typeof VARIABLES;

/** The same as rows. */
export const variables = Object.entries(VARIABLES) as readonly (readonly [VariableName, Variable<unknown>])[];
