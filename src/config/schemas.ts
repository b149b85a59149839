import * as z from 'zod';
import { findSecret, type SecretPattern } from '../lib/secret-patterns.ts';
import { type DatabaseAddress, parseDatabaseAddress } from '../store/database-address.ts';
import { misplacedSecret, numberUpTo, type Rule, violation } from './rules.ts';

/**
 * The kinds of values a variable can have. Every message is a clause that goes after `NAME: `, without a full stop, and
 * repeats nothing of the value that might be secret (`quoteIfSafe`): an operator pastes tokens into the wrong line, and
 * messages end up in logs and issues. zod's own messages never contain the input.
 */

/** A text checked by a function that returns what is wrong with it. */
export const checked = (problems: (value: string) => string | readonly string[] | undefined) =>
  z.string().superRefine((value, context) => {
    for (const message of [problems(value) ?? []].flat()) context.addIssue({ code: 'custom', message });
  });

/** A text that follows the rule and contains no secret. */
export const text = (rule: Rule) => checked((value) => misplacedSecret(value) ?? violation(rule, value));

/** Texts separated by commas, without duplicates. */
export const listOf = (rule: Rule, normalize: (item: string) => string = (item) => item) =>
  checked(
    (value) =>
      misplacedSecret(value) ??
      itemsIn(value).flatMap((item, index) => violation(rule, item, `entry ${index + 1}`) ?? []),
  ).transform((value): readonly string[] => [...new Set(itemsIn(value).map(normalize))]);

const itemsIn = (value: string): readonly string[] =>
  [...new Set(value.split(',').map((item) => item.trim()))].filter(Boolean);

/** One of a few words, in upper or lower case. */
export const oneOf = <const T extends string>(...words: readonly [T, ...T[]]) =>
  text({
    expected: `one of ${words.join(', ')}`,
    isValid: (value) => words.some((word) => word === value.toLowerCase()),
  })
    .transform((value) => value.toLowerCase())
    .pipe(z.enum(words));

/** An integer from `min` to `max`. */
export const upTo = (max: number, expected: string, min = 0) =>
  text(numberUpTo(max, expected, min)).transform(Number);

/** A platform's token. Its form is the platform's business, but other characters mean it was copied wrong. */
export const token = (home: NonNullable<SecretPattern['belongsIn']>) =>
  checked((value) => {
    const secret = findSecret(value);
    // It would be sent to the platform.
    if (secret && !secret.mayBeHarmless && secret.belongsIn !== home)
      return `contains ${secret.name}, which doesn't belong here`;
    return /[^\w.:-]/u.test(value) ? 'contains spaces, quotes or slashes; copy it again' : undefined;
  });

/** A password that the operator made up, of at least `minLength` characters. Anything may be in it but a secret for something else. */
export const password = (minLength: number) =>
  checked((value) => {
    const secret = findSecret(value);
    if (secret && !secret.mayBeHarmless) return `contains ${secret.name}; make up a password of its own`;
    return value.length < minLength
      ? `is too short (${value.length} characters); use at least ${minLength}`
      : undefined;
  });

/** Container engines name the folders of volumes like this. */
const CONTAINER_FOLDER = /\/[0-9a-f-]{32,64}\//gu;

/** `sqlite:<path>`, or the URL of a PostgreSQL server. */
export const database = checked((value) => {
  const address = parseDatabaseAddress(value);
  if (!address) return 'expected sqlite:<path> or postgres://user:password@host/database';
  return address.engine === 'sqlite'
    ? misplacedSecret(address.path.replaceAll(CONTAINER_FOLDER, '/'))
    : wrongPostgresUrl(address.url);
}).transform((value): DatabaseAddress => parseDatabaseAddress(value) ?? { engine: 'sqlite', path: '' });

const POSTGRES_URL =
  /^\w+:\/\/(?:[^@/?#\s]*@)?((?:[^@/?#\s:[]|\[[\da-f:.]+\])*(?::\d+)?(?:,[^@/?#\s]*)?)(?:\/[^?#\s@]*)?(?:\?([^#\s]*))?$/iu;
const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

function wrongPostgresUrl(value: string): string | undefined {
  const [whole, hosts = '', options] = POSTGRES_URL.exec(value) ?? [];
  if (whole === undefined)
    return "can't be read; write special characters of the password as URLs do, for example # as %23 and / as %2F";
  if (hosts.includes(',')) return 'names several hosts; give one';
  const mode = new URLSearchParams(options).get('sslmode');
  if (mode !== null && !SSL_MODES.some((one) => one === mode))
    return `has an unknown sslmode; use one of ${SSL_MODES.join(', ')}`;
  return undefined;
}

/** An absolute address with one of these protocols and no credentials. */
export const isUrl =
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

/** An address that pages can be below: https, or http on this machine. */
export function isPublicBase(value: string): boolean {
  const url = URL.parse(value);
  if (!url || !isUrl('https:', 'http:')(value) || /[?#]/u.test(value)) return false;
  return url.protocol === 'https:' || /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(url.hostname);
}
