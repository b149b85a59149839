/** A kind of secret, by what it looks like. */
export interface SecretPattern {
  /** What it is called in a message. */
  readonly name: string;
  /** The one variable in which it stands rightly. */
  readonly belongsIn?: 'DISCORD_TOKEN' | 'TELEGRAM_TOKEN';
  /** What is no secret may look like this, too. */
  readonly mayBeHarmless?: true;
  readonly pattern: RegExp;
}

const NOSTR_KEY = /n(?:crypt)?sec1[a-z0-9]/iu;
/** Of an address, also of one that can't be parsed: whatever stands before its first `@`, if that is not in a path. */
const CREDENTIALS =
  /^[a-z][a-z\d+.-]*:[/\\]{2,}[^\s/\\?#@]*@|^(?![a-z][a-z\d+.-]*:[/\\]{2})[^\s/\\?#@]{2,}:[^@]+@/iu;

/** From the particular to the general: the first that fits gives the name. */
const SHAPES: readonly SecretPattern[] = [
  { name: 'a Nostr secret key', pattern: NOSTR_KEY },
  {
    name: 'the address of a remote signer or wallet',
    pattern: /(?:bunker|nostrconnect|nostr\+walletconnect):/iu,
  },
  { name: 'a Telegram token', belongsIn: 'TELEGRAM_TOKEN', pattern: /\d{6,}:[\w-]{30,}/u },
  {
    name: 'a Discord token',
    belongsIn: 'DISCORD_TOKEN',
    pattern: /(?:^|[^\w-])[\w-]{23,28}\.[\w-]{5,7}\.[\w-]{27,}/u,
  },
  { name: 'an address with a name or password in it', pattern: CREDENTIALS },
  {
    name: 'an address with a password or token in it',
    pattern: /(?:^|[?&#;])(?:pass(?:word|wd|phrase)?|pwd|secret|token|auth|(?:api[_-]?)?key)=[^&{]/iu,
  },
  { name: '64 hex digits, as a secret key has them', mayBeHarmless: true, pattern: /[0-9a-f]{64}/iu },
  {
    name: 'a long row of letters and digits, as secrets have them',
    mayBeHarmless: true,
    pattern: /(?<![a-z\d])(?!n(?:pub|profile|event|addr|ote)1)(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{24,}/iu,
  },
];

/** What a text seems to hold that must not be repeated, written plainly, in wide letters or percent-encoded; `undefined`: nothing. */
export function findSecret(text: string): SecretPattern | undefined {
  const forms = [text, decoded(text), decoded(decoded(text))].flatMap((form) => [
    form,
    form.normalize('NFKC'),
  ]);
  return SHAPES.find(({ pattern }) => forms.some((form) => pattern.test(form)));
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/giu, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
}

/** Up to three short pieces, together no longer than a word, none like `hunter2`: a mistyped word can be seen. */
const WORDS =
  /^(?!.{17})(?!.*(?<![\p{L}\p{N}])(?=\p{L}*\p{N})(?=\p{N}*\p{L})[\p{L}\p{N}]{6})[#@{-]{0,2}[\p{L}\p{N}]{1,7}(?:[ ._/@#-][\p{L}\p{N}]{1,7}){0,2}[}/]?$/u;
/** The beginning of an address: nobody is given a password that looks like the name of a host. */
const HOST =
  /^(?:https?|wss?):\/\/(?:(?:[a-z]{1,12}|[a-z\d-]{1,7})\.)+(?:[a-z]{2,12}|\d{1,3})(?::\d{1,5})?(?=[/?#]|$)/iu;

/**
 * A value as a message may repeat it: only what can be no secret, in quotes, and of an address no more than its host.
 * `undefined` for all else. Every message about what an operator wrote quotes by this.
 */
export function quoteIfSafe(value: string): string | undefined {
  if (findSecret(value)) return undefined;
  if (WORDS.test(value)) return `"${value}"`;
  const [host] = value.includes('@') ? [] : (HOST.exec(value) ?? []);
  return host === undefined ? undefined : `"${host}${host === value ? '' : '/…'}"`;
}

/** The text without what is secret by its mere form: credentials in addresses, Nostr's secret keys. */
export function redactPatterns(text: string): string {
  return text
    .replace(/:\/\/[^\s/?#@"'<>\\]+@/gu, '://[secret]@')
    .replace(/n(?:crypt)?sec1[a-z\d]{8,}/giu, '[secret]');
}
