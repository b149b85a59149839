import { secretForms } from '../relays/bot-key.ts';
import { variables } from './variables.ts';

const SECRETS = variables.flatMap(([name, { secret }]) => (secret ? [name] : []));

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What must never be written, wherever it turns up: the values of secret variables, in every form they may take, and the
 * credentials in the address that any other variable holds, be it a proxy's.
 */
export function secretValues(env: Env): readonly string[] {
  return [
    ...SECRETS.flatMap((name) => env[name]?.trim() || []).flatMap(secretForms),
    ...Object.values(env).flatMap((value) => credentialsIn(value ?? '')),
  ];
}

/** As it is written in the address, and as it is meant. A name alone is a token; beside a password it is only a name. */
function credentialsIn(value: string): readonly string[] {
  const address = value.trim();
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
    // Not percent-encoded after all.
    return text;
  }
}
