import { isIP } from 'node:net';
import { findSecret, quoteIfSafe } from '../lib/secret-patterns.ts';

/** A rule, and the words for it: “… is not <expected>”. */
export interface Rule {
  readonly expected: string;
  isValid(value: string): boolean;
}

/** What breaks the rule; `name` stands in for a value that can't be quoted. */
export function violation(
  { expected, isValid }: Rule,
  value: string,
  name = 'the value',
): string | undefined {
  if (isValid(value)) return undefined;
  return `${quoteIfSafe(value) ?? `${name} (not shown, it may be secret)`} is not ${expected}`;
}

/** Complains about a secret where none belongs: it would get into logs and posts. */
export function misplacedSecret(value: string): string | undefined {
  const secret = findSecret(value);
  if (secret === undefined) return undefined;
  const home = secret.belongsIn ? `; move it to ${secret.belongsIn}` : '';
  return `contains ${secret.name}, which doesn't belong here (it's neither used nor shown)${home}`;
}

/** An integer from 0 to `max`. */
export const numberUpTo = (max: number, expected: string, min = 0): Rule => ({
  expected,
  isValid: (value) => /^\d+$/u.test(value) && Number(value) >= min && Number(value) <= max,
});

export const isHost = (value: string): boolean =>
  isIP(value) !== 0 || (value.length <= 253 && /^[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})*$/iu.test(value));
