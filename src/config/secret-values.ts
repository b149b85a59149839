import { secretForms } from '../relays/bot-key.ts';
import { variables } from './variables.ts';

const SECRETS = variables.flatMap(([name, { secret }]) => (secret ? [name] : []));

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Values that must never be logged: those of secret variables, in every form they can take, and credentials in the
 * address of any other variable, such as a proxy's.
 */
export function secretValues(env: Env): readonly string[] {
  return [
    ...SECRETS.flatMap((name) => env[name]?.trim() || []).flatMap(secretForms),
    ...Object.values(env).flatMap((value) => credentialsIn(value ?? '')),
  ];
}

/** Encoded and decoded. A user name without a password is a token, except in a database's address; with one it's just a name. */
function credentialsIn(value: string): readonly string[] {
  const address = value.trim();
  if (/^postgres(?:ql)?:\/\/[^\s/:@]*@/iu.test(address)) return [];
  const secret = /^[a-z][a-z\d+.-]*:\/\/(?:[^\s/:@]*:(\S+)|([^\s/:@]+))@/iu
    .exec(address)
    ?.slice(1)
    .find(Boolean);
  return secret === undefined ? [] : [...new Set([secret, unescaped(secret)])];
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded.
    return text;
  }
}
