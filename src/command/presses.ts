import { createHash } from 'node:crypto';

/** Telegram's `callback_data` holds 64 bytes, the least of both platforms; two go to the version and the manner. */
export const MAX_PRESS_BYTES = 62;

/** The small part of a key-value store that is needed here. */
export interface Shelf {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlMs: number): Promise<unknown>;
}

export interface Presses {
  /** A command line that fits a button: as it is, or with the words behind the command kept on the shelf. */
  shorten(line: string): Promise<string>;
  /** The words behind the command that `shorten` put away; others as they are; `undefined` where they have expired. */
  recall(words: string): Promise<string | undefined>;
}

/** A button on an old message still works this long. */
const KEPT_MS = 90 * 86_400_000;

/**
 * Buttons that survive restarts though their command line is longer than a button holds. The short name is derived
 * from the line, so that the same line takes one place however often it is shown.
 */
export function createPresses(shelf: Shelf): Presses {
  return {
    async shorten(line) {
      if (Buffer.byteLength(line) <= MAX_PRESS_BYTES) return line;
      const [command = '', ...words] = line.split(' ');
      const name = `~${createHash('sha256').update(line).digest('hex').slice(0, 24)}`;
      await shelf.set(name, words.join(' '), KEPT_MS);
      return `${command} ${name}`;
    },
    async recall(words) {
      return /^~[0-9a-f]{24}$/u.test(words) ? shelf.get(words) : words;
    },
  };
}
