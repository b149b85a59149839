import { isUtf8 } from 'node:buffer';
import { lstatSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError } from '../config/config-error.ts';

/** The file with the operator's variables, in the working directory. */
const ENV_FILE = '.env';

/**
 * Adds the variables of `.env` to the environment, which takes precedence. Returns the file's names. The file is optional; throws
 * `ConfigError` if it's there and can't be read.
 */
export function readEnvFile(env: Record<string, string | undefined>): readonly string[] {
  const lines = parseEnv(envFileText() ?? '');
  for (const [name, value] of Object.entries(lines)) env[name] ??= value;
  return Object.keys(lines);
}

/** The text of `.env`; `undefined` if there is none. Throws `ConfigError` if it can't be read. */
function envFileText(): string | undefined {
  if (!lstatSync(ENV_FILE, { throwIfNoEntry: false })) return undefined;
  const bytes = bytesOf(ENV_FILE);
  if (!isUtf8(bytes) || bytes.includes(0))
    throw new ConfigError([`${ENV_FILE}: not UTF-8 text; save it as UTF-8`]);
  // Windows editors write a byte order mark, which would become part of the first name.
  return bytes.toString().replace(/^\ufeff/u, '');
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${path}: can't be read (${code})`]);
  }
}
