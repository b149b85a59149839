import { ConfigError } from './config-error.ts';
import { isHost, misplacedSecret, numberUpTo, type Rule, violation } from './rules.ts';

/** A variable with its rule and default. */
interface Setting {
  readonly rule: Rule;
  readonly byDefault: string;
}

/**
 * Where the status server listens. Apart from the other variables and without zod, because `postrider health` has no time to load
 * them.
 */
export const STATUS_ADDRESS = {
  HOST: {
    rule: { expected: 'the address or name of an interface', isValid: isHost },
    byDefault: '127.0.0.1',
  },
  PORT: { rule: numberUpTo(65_535, 'a port number'), byDefault: '8787' },
} as const satisfies Readonly<Record<string, Setting>>;

/** Reads `HOST` and `PORT` alone, from the environment. Throws `ConfigError`. */
export function readStatusAddress(env: Readonly<Record<string, string | undefined>>): {
  readonly host: string;
  readonly port: number;
} {
  const problems: string[] = [];
  const read = (name: keyof typeof STATUS_ADDRESS): string => {
    const { rule, byDefault } = STATUS_ADDRESS[name];
    const value = env[name]?.trim() || byDefault;
    const problem = misplacedSecret(value) ?? violation(rule, value);
    if (problem !== undefined) problems.push(`${name}: ${problem}`);
    return value;
  };
  const [host, port] = [read('HOST'), Number(read('PORT'))];
  if (problems.length > 0) throw new ConfigError(problems);
  return { host, port };
}
