import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { nsecEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { secretValues } from '../../src/config/secret-values.ts';
import { createLog, redact } from '../../src/lib/log.ts';
import { findSecret, quoteIfSafe } from '../../src/lib/secret-patterns.ts';
import { startProgram } from '../e2e/program.fixture.ts';

/** Every variable there is, as operators are told of them. */
const VARIABLES = [
  ...readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').matchAll(/^#?([A-Z][A-Z_]+)=/gmu),
].map(([, name = '']) => name);

const HEX = '5f3a91c7d20b8e46'.repeat(4);
const NSEC = nsecEncode(Uint8Array.from(Buffer.from(HEX, 'hex')));
const DISCORD = 'MTE5OTk4ODc3NzY2NTU0NDMzMjI.GqWxYz.p1VtQdR7kLmNoP3sTuVwXy-ZaBcDeF_gHiJkL0';
const TELEGRAM = '7345678901:AAHq3vX9pLmN2rT5wYzB8cD1eFgK4jQs-_u';
const WIDE = Array.from(HEX, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join('');
const PASSWORD = 'Tr0ub4dor&3-xyzzy';

/** What may be pasted into a wrong line, and what of it must never be seen. */
const SECRETS: readonly (readonly [name: string, value: string, secret: string])[] = [
  ['an nsec', NSEC, NSEC],
  ['an nsec in capitals', NSEC.toUpperCase(), NSEC],
  ['a mistyped nsec', `${NSEC.slice(0, -1)}1`, NSEC.slice(0, -1)],
  ['the beginning of an nsec', NSEC.slice(0, 30), NSEC.slice(0, 30)],
  ['an nsec as a reference', `nostr:${NSEC}`, NSEC],
  ['an nsec in an address', `wss://relay.example/${NSEC}`, NSEC],
  ['an nsec for a host', `https://${NSEC}/{code}`, NSEC],
  ['an nsec, percent-encoded', `https://a.example/%6Esec1${NSEC.slice(5)}`, NSEC.slice(5)],
  ['an encrypted key', `ncryptsec1${NSEC.slice(5)}${NSEC.slice(5)}`, NSEC.slice(5)],
  ['a key in hex', HEX, HEX],
  ['a key in hex, in capitals', HEX.toUpperCase(), HEX],
  ['a key in an address', `https://a.example/${HEX}/{code}`, HEX],
  ['a Discord token', DISCORD, DISCORD],
  ['a Discord token as in a header', `Bot ${DISCORD}`, DISCORD],
  ['a Discord token in quotes', `"${DISCORD}"`, DISCORD],
  ['a Telegram token', TELEGRAM, TELEGRAM],
  ['a Telegram token in an address', `https://api.telegram.org/bot${TELEGRAM}/getMe`, TELEGRAM],
  ['a Telegram token with an @', `@${TELEGRAM.replace(':', '_')}`, TELEGRAM.slice(11)],
  ['a remote signer', `bunker://${HEX}?relay=wss%3A%2F%2Frelay.example&secret=${PASSWORD}`, PASSWORD],
  ['a wallet', `nostr+walletconnect://${HEX}?secret=${HEX}`, HEX],
  ['PostgreSQL with a password', `postgres://postrider:${PASSWORD}@db.example:5432/notes`, PASSWORD],
  ['PostgreSQL, broken', `postgresql://postrider:${PASSWORD}@db.example:port:5432/`, PASSWORD],
  ['a password with a slash', `postgres://postrider:ab/${PASSWORD}@db.example/notes`, PASSWORD],
  ['credentials of the web', `https://me:${PASSWORD}@a.example/{code}`, PASSWORD],
  [
    'credentials, percent-encoded',
    `https://me:p%40ss%3Aword-of-mine@a.example/{code}`,
    'p%40ss%3Aword-of-mine',
  ],
  ['credentials, encoded whole', `https://me%3A${PASSWORD}%40a.example/`, PASSWORD],
  ['credentials of a relay', `wss://me:${PASSWORD}@relay.example`, PASSWORD],
  ['a name alone', `https://${HEX.slice(0, 20)}@a.example/{code}`, HEX.slice(0, 20)],
  ['a key in wide letters', WIDE, WIDE],
  ['a password with a hash sign, of a file', `sqlite://me:p#${PASSWORD}@db.example/notes.db`, PASSWORD],
  ['credentials without a scheme', `me:${PASSWORD}@a.example`, PASSWORD],
  ['credentials of a file', `sqlite://me:${PASSWORD}@db.example/notes.db`, PASSWORD],
  ['a password in a query', `https://a.example/{code}?password=${PASSWORD}`, PASSWORD],
  ['a token in a query', 'wss://relay.example/?token=swordfish-swordfish', 'swordfish-swordfish'],
  ['a key of some service', 'sk_live_51HxAbCdEfGhIjKlMnOpQrStUvWx', '51HxAbCdEfGhIjKlMnOpQrStUvWx'],
  [
    'words to remember a key by',
    'legal winner thank year wave sausage worth useful legal winner thank yellow',
    'legal winner thank year',
  ],
  ['a password', PASSWORD, PASSWORD],
  ['a password of letters', 'swordfishes', 'swordfishes'],
  ['a password of three words', 'correct horse battery', 'correct horse battery'],
  ['a password, a short one', 'hunter2', 'hunter2'],
];

/** What holds a piece of eight characters of the secret, in any case, as it is or decoded. */
function leaked(text: string, secret: string): readonly string[] {
  const said = text.toLowerCase();
  return [secret, decodeURIComponent(secret)].flatMap((form) =>
    Array.from({ length: Math.max(1, form.length - 7) }, (_, at) =>
      form.slice(at, at + 8).toLowerCase(),
    ).filter((piece) => said.includes(piece)),
  );
}

const RIGHT = { AUTHOR: 'ab'.repeat(32), DISCORD_TOKEN: 'discord-token', TELEGRAM_TOKEN: 'telegram-token' };

function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env, false);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** What can't be told from what belongs there: the author's key in hex, tokens of a form that nobody promises, a path. */
const ACCEPTED: Readonly<Record<string, RegExp>> = {
  AUTHOR: /^a key in hex/u,
  BOT_KEY: /^a key in hex|^an nsec(?: in capitals| as a reference)?$/u,
  DISCORD_TOKEN:
    /^a Discord token$|^a key in hex|^a password|^a key of some|^a Telegram token with|^a token in/u,
  TELEGRAM_TOKEN:
    /^a Telegram token$|^a key in hex|^a password|^a key of some|^a Telegram token with|^a token in/u,
  BREAKING_HASHTAG: /^a password(?: of letters|, a short)/u,
  STATUS_PASSWORD:
    /^a (?:key in|password(?! in)|key of some|name alone|Telegram token with)|^words to|^PostgreSQL|^credentials/u,
  HOST: /^a password(?: of letters|, a short)/u,
  DATABASE_URL: /^PostgreSQL with a password/u,
};

describe.each(VARIABLES)('what is pasted into %s', (variable) => {
  test.each(SECRETS)('%s: is refused by the variable’s name, and not repeated', (name, value, secret) => {
    for (const written of [value, ` ${value} `, `wss://relay.example, ${value}`, `${value},12`]) {
      const problems = problemsOf({ ...RIGHT, [variable]: written });
      expect(leaked(problems.join('\n'), secret)).toEqual([]);
      if (ACCEPTED[variable]?.test(name)) continue;
      expect(problems.map((problem) => problem.split(':')[0])).toContain(variable);
    }
  });
});

/** Each secret once, each in another line. */
const LINES = Array.from({ length: Math.ceil(SECRETS.length / VARIABLES.length) }, (_, n) =>
  VARIABLES.map((variable, at) => {
    const [name = '', value = '', secret = ''] = SECRETS[(n * VARIABLES.length + at) % SECRETS.length] ?? [];
    return { variable, name, value, secret };
  }),
);

test.each(LINES.map((lines) => ({ lines })))(
  'the program itself ends with 2, names the lines, and shows nothing of what stands in them',
  async ({ lines }) => {
    const program = startProgram(Object.fromEntries(lines.map(({ variable, value }) => [variable, value])));
    expect((await program.exit).code).toBe(2);
    const said = `${program.plain()}\n${JSON.stringify(program.lines)}`;
    expect(lines.flatMap(({ secret }) => leaked(said, secret))).toEqual([]);
    const refused = lines.filter(({ variable, name }) => !ACCEPTED[variable]?.test(name));
    expect(refused.filter(({ variable }) => !said.includes(`  ${variable}: `))).toEqual([]);
    expect(said).not.toMatch(/ {4}at /u);
  },
);

describe('what may be shown of a value', () => {
  test.each([
    ['loud', '"loud"'],
    ['99999', '"99999"'],
    ['#general', '"#general"'],
    ['two words', '"two words"'],
    ['relay.damus.io', '"relay.damus.io"'],
    ['http://relay.example', '"http://relay.example"'],
    ['wss://relay.example:70000/x?y=z', '"wss://relay.example:70000/…"'],
    ['https://discord.com/channels/1/2', '"https://discord.com/…"'],
  ])('%s: %s', (value, shown) => expect(quoteIfSafe(value)).toBe(shown));

  test('is, of anything, nothing that is long enough to be secret, but the host of an address', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.base64String({ minLength: 8, maxLength: 60 }),
      fc.stringMatching(/^[a-z0-9]{8,40}$/),
      fc
        .tuple(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string())
        .map(([url, more]) => url + more),
    );
    fc.assert(
      fc.property(value, (text) => {
        const shown = quoteIfSafe(text) ?? '';
        const words = shown.replace(/^"(?:https?|wss?):\/\/[^/"]*/iu, '');
        expect(words).not.toMatch(/[\p{L}\p{N}]{8}/u);
      }),
    );
  });
});

describe('what is accepted', () => {
  test.each([
    ['RELAYS', `wss://filter.example/npub1${'q'.repeat(58)}?broadcast=true`],
    ['VIEWER', 'https://viewer.example/@me/{code}'],
    ['VIEWER', 'https://viewer.example/?key={code}'],
    ['DATABASE_URL', 'sqlite:/var/lib/docker/volumes/' + HEX + '/_data/postrider.db'],
    ['DATABASE_URL', 'sqlite:me@home.db'],
    ['HOST', 'ec2-12-34-56-78.compute-1.internal'],
    ['HOST', '::'],
    ['AUTHOR', 'Name_1.2@news.example.com'],
  ])('%s=%s is no secret', (name, value) => expect(problemsOf({ ...RIGHT, [name]: value })).toEqual([]));

  test.each(['npub1' + 'q'.repeat(58), 'nevent1' + 'q'.repeat(80), 'name@example.com', 'general'])(
    'nor is %s',
    (text) => expect(findSecret(text)).toBeUndefined(),
  );
});

test.each([
  ['HTTPS_PROXY', `http://me:${PASSWORD}@proxy.example:3128`, PASSWORD],
  ['all_proxy', 'socks5://me:p%40ss%3Aword-of-mine@proxy.example', 'p%40ss%3Aword-of-mine'],
  ['SOMETHING', `postgres://me:ab/${PASSWORD}@db.example/notes`, `ab/${PASSWORD}`],
  ['SENTRY_DSN', `https://${HEX.slice(0, 32)}@errors.example/1`, HEX.slice(0, 32)],
])('credentials in %s, which is none of ours, reach no line of the log', (name, value, secret) => {
  const lines: string[] = [];
  const log = createLog({
    level: 'debug',
    format: 'json',
    secrets: secretValues({ [name]: value }),
    write: (line) => lines.push(line),
    now: () => new Date(0),
  });
  const error = new TypeError(`Request cannot be constructed from ${value}: ${decodeURIComponent(secret)}`);
  log.error('call.failed', { error, value });
  expect(leaked(lines.join('\n'), secret)).toEqual([]);
});

test('credentials and keys that nobody told of are blacked out by their form', () => {
  const text = `connect wss://me:${PASSWORD}@relay.example/ and ${NSEC} failed, https://a.example/@me is well`;
  expect(redact(text, [])).toBe(
    'connect wss://[secret]@relay.example/ and [secret] failed, https://a.example/@me is well',
  );
});
