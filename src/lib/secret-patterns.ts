import { PLATFORM_NAMES, PLATFORMS, type TokenVariable } from '../platform/platforms.ts';

/** A kind of secret, recognized by its form. */
export interface SecretPattern {
  /** Its name in messages. */
  readonly name: string;
  /** The variable it belongs in. */
  readonly belongsIn?: TokenVariable;
  /** Harmless text can look like this, too. */
  readonly mayBeHarmless?: true;
  readonly pattern: RegExp;
}

const NOSTR_KEY = /n(?:crypt)?sec1[a-z0-9]/iu;
/** Anything before the first `@` of an address outside of its path, even if the address can't be parsed. */
const CREDENTIALS =
  /^[a-z][a-z\d+.-]*:[/\\]{2,}[^\s/\\?#@]*@|^(?![a-z][a-z\d+.-]*:[/\\]{2})[^\s/\\?#@]{2,}:[^@]+@/iu;

/** From specific to general: the first match gives the name. */
const SHAPES: readonly SecretPattern[] = [
  { name: 'a Nostr secret key', pattern: NOSTR_KEY },
  {
    name: 'the address of a remote signer or wallet',
    pattern: /(?:bunker|nostrconnect|nostr\+walletconnect):/iu,
  },
  ...PLATFORM_NAMES.map((platform) => {
    const { displayName, tokenVariable, tokenPattern } = PLATFORMS[platform];
    return { name: `a ${displayName} token`, belongsIn: tokenVariable, pattern: tokenPattern };
  }),
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

/** The kind of secret that a text seems to contain, written plainly, in full-width letters or percent-encoded; `undefined` if there is none. */
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

/** Up to three short words, so that a typo can be shown. Nothing like `hunter2`. */
const WORDS =
  /^(?!.{17})(?!.*(?<![\p{L}\p{N}])(?=\p{L}*\p{N})(?=\p{N}*\p{L})[\p{L}\p{N}]{6})[#@{-]{0,2}[\p{L}\p{N}]{1,7}(?:[ ._/@#-][\p{L}\p{N}]{1,7}){0,2}[}/]?$/u;
/** The start of an address: passwords don't look like host names. */
const HOST =
  /^(?:https?|wss?):\/\/(?:(?:[a-z]{1,12}|[a-z\d-]{1,7})\.)+(?:[a-z]{2,12}|\d{1,3})(?::\d{1,5})?(?=[/?#]|$)/iu;

/**
 * The value in quotes if it can't be a secret; only the host of an address; `undefined` for everything else. Every
 * message about something the operator wrote uses this.
 */
export function quoteIfSafe(value: string): string | undefined {
  if (findSecret(value)) return undefined;
  if (WORDS.test(value)) return `"${value}"`;
  const [host] = value.includes('@') ? [] : (HOST.exec(value) ?? []);
  return host === undefined ? undefined : `"${host}${host === value ? '' : '/…'}"`;
}

/** Replaces anything secret by its form alone: credentials in addresses, Nostr's secret keys. */
export function redactPatterns(text: string): string {
  return text
    .replace(/:\/\/[^\s/?#@"'<>\\]+@/gu, '://[secret]@')
    .replace(/n(?:crypt)?sec1[a-z\d]{8,}/giu, '[secret]');
}
