import { ConfigError } from './config-error.ts';
import type { Env } from './read-variables.ts';
import { isHost, text, upTo } from './schemas.ts';

/** Where the status server listens. Apart from the other variables, because `postrider health` has no time to load them. */
export const statusHost = text({
  expected: 'the address or name of an interface',
  isValid: isHost,
}).prefault('127.0.0.1');
export const statusPort = upTo(65_535, 'a port number').prefault('8787');

/** Reads `HOST` and `PORT` alone. Throws `ConfigError`. */
export function readStatusAddress(env: Env): { readonly host: string; readonly port: number } {
  const host = statusHost.safeParse(env['HOST']?.trim() || undefined);
  const port = statusPort.safeParse(env['PORT']?.trim() || undefined);
  if (host.success && port.success) return { host: host.data, port: port.data };
  throw new ConfigError([
    ...(host.error?.issues ?? []).map(({ message }) => `HOST: ${message}`),
    ...(port.error?.issues ?? []).map(({ message }) => `PORT: ${message}`),
  ]);
}
