import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError } from '../config/config-error.ts';

/** The file with the operator's variables, in the working directory. */
export const ENV_FILE = '.env';

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
export function envFileText(): string | undefined {
  if (!lstatSync(ENV_FILE, { throwIfNoEntry: false })) return undefined;
  const bytes = bytesOf(ENV_FILE);
  if (!isUtf8(bytes) || bytes.includes(0))
    throw new ConfigError([`${ENV_FILE}: not UTF-8 text; save it as UTF-8`]);
  // Windows editors write a byte order mark, which would become part of the first name.
  return bytes.toString().replace(/^\ufeff/u, '');
}

/**
 * Replaces `.env`, or the file that it's a link to, at once: another process sees either text. Only its owner can read it. Throws
 * `ConfigError` if it can't be written.
 */
export function writeEnvFile(text: string): void {
  const path = lstatSync(ENV_FILE, { throwIfNoEntry: false }) ? realpathSync(ENV_FILE) : ENV_FILE;
  const partial = `${path}.partial-${process.pid}`;
  try {
    const descriptor = openSync(partial, 'wx', 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${ENV_FILE}: can't be written (${code})`]);
  }
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${path}: can't be read (${code})`]);
  }
}
