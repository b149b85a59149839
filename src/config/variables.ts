import * as z from 'zod';
import { LOG_LEVELS } from '../lib/log.ts';
import { hashtagKey } from '../note/hashtag.ts';
import { DEFAULT_WEB_CLIENT } from '../note/links/web-client-links.ts';
import { DISCORD_STYLES } from '../platform/discord/styles.ts';
import { PLATFORM_NAMES, PLATFORMS } from '../platform/platforms.ts';
import { LONG_TEXT_MODES } from '../platform/style-spec.ts';
import { normalizeChatName } from '../platform/telegram/chat-target.ts';
import { FREE_RATE, MAX_FREE_RATE, MAX_PAID_RATE } from '../platform/telegram/send/paid-broadcast.ts';
import { TELEGRAM_STYLES } from '../platform/telegram/styles.ts';
import { authorIdentifierProblem } from '../relays/author/author-identifier.ts';
import { botKeyProblem } from '../relays/bot-key.ts';
import { normalizeRelayUrl } from '../relays/relay-url.ts';
import { parseRoles, rolesProblems, tokensFor } from './roles.ts';
import { misplacedSecret } from './rules.ts';
import {
  checked,
  database,
  isPublicBase,
  isUrl,
  listOf,
  oneOf,
  password,
  text,
  token,
  upTo,
} from './schemas.ts';
import { STATUS_ADDRESS } from './status-address.ts';
import { docs, type VariableDocs } from './variable-docs.ts';

/** Shorter ones are guessed. */
const MIN_PASSWORD = 12;

/** A person's ID; the general names of a chat, or a negative ID, would be others'. */
const OPERATOR_ADDRESS = new RegExp(`^(?:${PLATFORM_NAMES.join('|')}):[1-9]\\d{0,19}$`, 'iu');

const EXPECTED_AUTHOR = 'an npub, nprofile, hex key (64 digits), or NIP-05 address (name@example.com)';

const apiUrl = text({
  expected: 'an http:// or https:// address',
  isValid: isUrl('http:', 'https:'),
}).transform((url) => url.replace(/\/+$/u, ''));

/**
 * All environment variables, in the order of the docs. This is the only list: the checks and types of the configuration,
 * `.env.example`, `docs/configuration.md`, the README's table, the suggestions for misspelled names and what is kept out
 * of logs are derived from it. A default is written as an operator would write it and is checked like any other value.
 */
export const environment = z.object({
  AUTHOR: checked(
    (value) => authorIdentifierProblem(value) ?? (value.includes('@') ? misplacedSecret(value) : undefined),
  ).register(docs, {
    group: 'Author',
    summary: `whose notes to post: ${EXPECTED_AUTHOR}`,
    details:
      'A NIP-05 address is looked up at the start, and its answer is remembered in case that server is down next time. The database belongs to one author: for another one, set another `DATABASE_URL`.',
    example: 'name@example.com',
    required: "the author's npub, nprofile, hex key, or NIP-05 address (name@example.com)",
    inReadme: true,
  }),
  RELAYS: listOf({
    expected: 'a ws:// or wss:// address',
    isValid: (relay) => normalizeRelayUrl(relay) !== undefined,
  })
    .optional()
    .register(docs, {
      group: 'Author',
      summary:
        "relays to read from, comma-separated; the author's own write relays (NIP-65, up to eight) are added and kept up to date",
      defaultDescription: 'a short list of large public relays',
      example: 'wss://relay.damus.io,wss://nos.lol',
      inReadme: true,
    }),
  BOT_KEY: checked(botKeyProblem).optional().register(docs, {
    group: 'Author',
    summary:
      "secret key for the bot itself, never the author's; enables `/suggest` and relay authentication (NIP-42)",
    details:
      'Create a new Nostr key for this and give it a name and picture with any client. See [author.md](author.md).',
    example: 'nsec1…',
    secret: true,
    inReadme: true,
  }),
  RELAY_PROTECTED: oneOf('yes', 'no').prefault('no').register(docs, {
    group: 'Author',
    summary: '`yes` also delivers protected notes (NIP-70). Only if you are the author',
    example: 'yes',
  }),
  DISCORD_TOKEN: token('DISCORD_TOKEN').optional().register(docs, {
    group: 'Discord',
    summary: 'bot token from the developer portal; without it, Discord is off',
    defaultDescription: 'off',
    example: '',
    secret: true,
    inReadme: true,
  }),
  DISCORD_CHANNELS: listOf({
    expected: 'a Discord channel ID (a number of 17 to 20 digits)',
    isValid: (id) => /^\d{1,20}$/u.test(id),
  })
    .optional()
    .register(docs, {
      group: 'Discord',
      summary:
        'channel IDs that always get posts, comma-separated, in addition to those subscribed with `/subscribe`',
      details:
        "Turn on *Advanced › Developer Mode* in Discord's settings, then right-click the channel and choose *Copy Channel ID*.",
      needs: 'DISCORD_TOKEN',
      example: '1101234567890123456',
      inReadme: true,
    }),
  DISCORD_STYLE: oneOf(...DISCORD_STYLES)
    .prefault('auto')
    .register(docs, {
      group: 'Discord',
      summary: 'how posts look on Discord: `auto`, `card`, `embed` or `plain`',
      details:
        "`card` is the richest (10-image galleries, video, alt text, spoilers), but its push notifications have no preview text. `embed` puts the headline above the embed, so notifications show it; it has room for four pictures, the rest are links. `plain` is text as people write it. `auto` uses cards in ordinary channels and threads, and embeds in announcement channels and where the kind of channel isn't known. A change applies from the next post on; a card that's already posted stays a card when it's edited. Every channel can pick its own style in `/settings`.",
      example: 'embed',
    }),
  DISCORD_API_URL: apiUrl.optional().register(docs, {
    group: 'Discord',
    summary: 'only for testing: another API base URL; `/v10` is added',
    defaultDescription: "Discord's",
    example: 'http://127.0.0.1:4000/api',
  }),
  TELEGRAM_TOKEN: token('TELEGRAM_TOKEN').optional().register(docs, {
    group: 'Telegram',
    summary: 'bot token from @BotFather; without it, Telegram is off',
    defaultDescription: 'off',
    example: '',
    secret: true,
    inReadme: true,
  }),
  TELEGRAM_CHATS: listOf(
    {
      expected: 'a Telegram chat ID or @name',
      isValid: (id) => /^(?:-?\d{1,20}(?:\/\d{1,20})?|@\w{4,32}(?:\/0*1)?)$/u.test(id),
    },
    normalizeChatName,
  )
    .optional()
    .register(docs, {
      group: 'Telegram',
      summary:
        'chat IDs, `id/topic`, or `@names` that always get posts, comma-separated, in addition to those subscribed with `/subscribe`',
      details:
        '`id/topic` posts to one topic of a forum group; `id/1`, the general topic, is the group itself.',
      needs: 'TELEGRAM_TOKEN',
      example: '@yourchannel',
      inReadme: true,
    }),
  TELEGRAM_STYLE: oneOf(...TELEGRAM_STYLES)
    .prefault('classic')
    .register(docs, {
      group: 'Telegram',
      summary: 'how posts look on Telegram: `classic`, or `rich` (a whole article as one rich message)',
      details:
        "`rich` needs Bot API 10.1 and recent apps; older apps show an empty message without any error. If the server doesn't know rich messages, Postrider uses classic ones.",
      example: 'rich',
    }),
  TELEGRAM_RATE: upTo(MAX_PAID_RATE, `a number of messages a second from 1 to ${MAX_PAID_RATE}`, 1)
    .prefault(String(FREE_RATE))
    .register(docs, {
      group: 'Telegram',
      summary: `messages a second to deliver at most, up to ${MAX_PAID_RATE}; **above ${MAX_FREE_RATE}, Telegram charges 0.1 Stars a message**`,
      details:
        "Needs *Paid Broadcasts* in @BotFather and a bot with many users and Stars; Postrider goes back to the free rate if Telegram doesn't grant it. Answers to commands are never paid for. See [operating.md](operating.md#faster-than-30-messages-a-second).",
      needs: 'TELEGRAM_TOKEN',
      example: '500',
    }),
  TELEGRAM_API_URL: apiUrl.optional().register(docs, {
    group: 'Telegram',
    summary: 'only for testing, or for your own Bot API server: another API base URL',
    defaultDescription: "Telegram's",
    example: 'http://127.0.0.1:8081',
  }),
  LONG_NOTES: oneOf(...LONG_TEXT_MODES)
    .prefault('auto')
    .register(docs, {
      group: 'Posts',
      summary:
        'notes that need more than one message: `split` them, `cut` them after three, send a `summary`, or `auto` (summaries for articles, notes are split)',
      example: 'summary',
    }),
  BREAKING_HASHTAG: text({
    expected: 'a hashtag',
    isValid: (tag) => /^[\p{L}\p{M}\p{N}_-]+$/u.test(hashtagKey(tag)),
  })
    .transform(hashtagKey)
    .optional()
    .register(docs, {
      group: 'Posts',
      summary: 'hashtag for breaking news: bypasses digests and quiet hours where breaking news is turned on',
      defaultDescription: 'none',
      example: 'breaking',
    }),
  CATCH_UP_AFTER: upTo(9_999, 'a number of posts from 0 (never) to 9999').prefault('10').register(docs, {
    group: 'Posts',
    summary: 'after downtime, send one digest instead if more than this many posts are waiting; `0` = never',
    example: '10',
  }),
  VIEWER: text({
    expected: `an https:// address with {code} in it, such as ${DEFAULT_WEB_CLIENT}`,
    isValid: (url) => url.includes('{code}') && isUrl('https:')(url.replaceAll('{code}', 'note1')),
  })
    .prefault(DEFAULT_WEB_CLIENT)
    .register(docs, {
      group: 'Posts',
      summary: 'web client for links to notes and people on Nostr; `{code}` stands for the NIP-19 code',
      example: DEFAULT_WEB_CLIENT,
    }),
  DATABASE_URL: database.prefault('sqlite:data/postrider.db').register(docs, {
    group: 'Storage',
    summary: 'where everything is kept: `sqlite:<path>`, or `postgres://user:password@host/database`',
    details:
      'One author per database. A file is for one Postrider, and it and its folder are readable by their owner only; a PostgreSQL database (14 or newer) is for several. A PostgreSQL address is understood as by `psql`, with the `PG*` variables for what it leaves out.',
    example: 'sqlite:/var/lib/postrider/postrider.db',
    inReadme: true,
  }),
  ROLES: checked((value) => misplacedSecret(value) ?? rolesProblems(value))
    .transform(parseRoles)
    .optional()
    .register(docs, {
      group: 'Storage',
      summary:
        'what this process does, or takes over when the process that does it ends, comma-separated: `relay` (reads from the relays and keeps the archive), `discord`, `telegram`. Needs PostgreSQL',
      details:
        '`discord:0-15/64` stands for 16 of 64 shards. Start the same command twice and the second process is a hot standby. SQLite is for one process, which does everything. See [operating.md](operating.md#several-processes).',
      defaultDescription: 'everything',
      needsFor: tokensFor,
      example: 'relay,telegram',
    }),
  HOST: text(STATUS_ADDRESS.HOST.rule).prefault(STATUS_ADDRESS.HOST.byDefault).register(docs, {
    group: 'Status server',
    summary: 'interface of the status server (status page at `/`, `GET /healthz`, `GET /metrics`)',
    details:
      "On loopback, requests must use the Host header `localhost` or `127.0.0.1`. Don't make it public: `/metrics` shows relay addresses and counts to everybody, and the status page needs `STATUS_PASSWORD` there.",
    example: '0.0.0.0',
  }),
  PORT: text(STATUS_ADDRESS.PORT.rule)
    .transform(Number)
    .prefault(STATUS_ADDRESS.PORT.byDefault)
    .register(docs, {
      group: 'Status server',
      summary: 'port of the status server; `0` = any free one',
      example: '8787',
    }),
  STATUS_PASSWORD: password(MIN_PASSWORD)
    .optional()
    .register(docs, {
      group: 'Status server',
      summary: `password of the status page, at least ${MIN_PASSWORD} characters; where \`HOST\` isn't loopback, there is no page without it`,
      details:
        "The browser asks for it; the user name can be anything. If set, it is needed on loopback, too: set it behind a reverse proxy. It travels as it is, so use HTTPS outside of your own network. `/healthz` and `/metrics` don't ask for it. See [operating.md](operating.md#status-page).",
      defaultDescription: 'none: the page is shown on loopback only',
      example: 'correct-horse-battery',
      secret: true,
    }),
  OPERATOR: listOf(
    {
      expected: 'telegram:<user ID> or discord:<user ID>',
      isValid: (address) => OPERATOR_ADDRESS.test(address),
    },
    (address) => address.toLowerCase(),
  )
    .optional()
    .register(docs, {
      group: 'Status server',
      summary:
        'who gets a private message when something needs a human, and when it is fine again: `telegram:<user ID>` or `discord:<user ID>`; comma-separated',
      details:
        "Everybody on the platform you name first gets each alert; the other platform is used if none of them can be reached there, so name both if you can. On Telegram, press *Start* in the chat with the bot first: bots can't write to strangers. On Discord, share a server with the bot and allow direct messages from its members. Your Telegram ID: any ID bot tells it. Your Discord ID: *Developer Mode*, then right-click yourself and choose *Copy User ID*. What is reported: [operating.md](operating.md#alerts).",
      defaultDescription: 'nobody',
      needsFor: (value) =>
        PLATFORM_NAMES.filter((name) => value.toLowerCase().includes(`${name}:`)).map(
          (name) => PLATFORMS[name].tokenVariable,
        ),
      example: 'telegram:123456789',
    }),
  PUBLIC_URL: text({
    expected:
      'an https:// address (or http:// on this machine) without ? and #, such as https://notes.example.org/',
    isValid: isPublicBase,
  })
    .transform((url) => (URL.parse(url)?.href ?? url).replace(/\/*$/u, '/'))
    .optional()
    .register(docs, {
      group: 'Public site',
      summary:
        'address at which your reverse proxy serves the public site and its feeds; without it, there is no public site',
      details:
        'A path is fine: `https://example.org/notes/`. *Open in browser* then leads there. It shows all archived posts to everybody; see [operating.md](operating.md#the-public-site).',
      defaultDescription: 'off',
      example: 'https://notes.example.org/',
    }),
  PUBLIC_PORT: upTo(65_535, 'a port number').prefault('8081').register(docs, {
    group: 'Public site',
    summary: 'port on which the public site listens, on the interface of `HOST`; `0` = any free one',
    details: 'Let the reverse proxy forward `PUBLIC_URL` to it.',
    example: '8081',
  }),
  LOG_LEVEL: oneOf(...LOG_LEVELS)
    .prefault('info')
    .register(docs, {
      group: 'Logging',
      summary: 'least important level to log: `debug`, `info`, `warn` or `error`',
      example: 'warn',
    }),
  LOG_FORMAT: oneOf('json', 'pretty').optional().register(docs, {
    group: 'Logging',
    summary: '`pretty` (sentences for people) or `json` (one object per line, for machines)',
    defaultDescription: 'pretty on a terminal, otherwise json',
    example: 'json',
  }),
});

export type VariableName = keyof typeof environment.shape;

export interface Variable extends VariableDocs {
  readonly schema: z.ZodType;
  readonly default?: string;
}

/** The same list as rows. */
export const variables: readonly (readonly [VariableName, Variable])[] = Object.entries(
  environment.shape,
).map(([name, schema]) => {
  const rowDocs = docs.get(schema);
  if (!rowDocs) throw new TypeError(`Cannot document ${name}: it has no docs`);
  const byDefault = schema instanceof z.ZodPrefault ? { default: schema.def.defaultValue } : {};
  return [name as VariableName, { ...rowDocs, ...byDefault, schema }];
});
